"""The clauses of the strategy, read from their data file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from torg.insight.types import Clause, Figure, Page, Section, Text

SOURCE = Path(__file__).parent / "data" / "strategy.toml"


@cache
def sections() -> tuple[Section, ...]:
    """Every section with its clauses, in the strategy's order."""
    given = tomllib.loads(SOURCE.read_text("utf-8"))
    pages = {name: Page(name, _text(label)) for name, label in given["page"].items()}
    figures = {name: _figure(name, figure) for name, figure in given["figure"].items()}
    clauses = [_clause(name, clause, pages, figures) for name, clause in given["clause"].items()]
    return tuple(
        Section(letter, _text(title), tuple(each for each in clauses if each.id.startswith(letter)))
        for letter, title in given["section"].items()
    )


def clauses() -> list[Clause]:
    """Every clause."""
    return [clause for section in sections() for clause in section.clauses]


def _clause(name: str, given: dict[str, Any], pages: dict[str, Page], figures: dict[str, Figure]) -> Clause:
    return Clause(
        id=name,
        title=_text(given),
        missing=_text(given["missing"]) if "missing" in given else None,
        pages=tuple(pages[page] for page in given.get("pages", [])),
        words=tuple(given.get("words", [])),
        figures=tuple(figures[figure] for figure in given.get("figures", [])),
    )


def _figure(name: str, given: dict[str, Any]) -> Figure:
    return Figure(name, given["query"], _text(given), _text(given["how"]))


def _text(given: dict[str, Any]) -> Text:
    return Text(given["nb"], given["nn"], given["en"])
