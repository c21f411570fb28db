"""The rulebook that Torg comes with (strategy F1–F9), read from its data file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from torg.moderation.types import LANGUAGES, Basis, RuleDraft, Severity, Wording

SOURCE = Path(__file__).parent / "data" / "rulebook.toml"


@dataclass(frozen=True, slots=True)
class DefaultRule:
    """One rule of it: its stable code, the kinds of findings that can touch it, and what it says."""

    code: str
    finding_kinds: tuple[str, ...]
    draft: RuleDraft


@cache
def rules() -> tuple[DefaultRule, ...]:
    """Every rule, in the order of their numbers."""
    return tuple(_rule(given) for given in tomllib.loads(SOURCE.read_text("utf-8"))["rule"])


def _rule(given: dict[str, Any]) -> DefaultRule:
    wordings = {language: _wording(given[language]) for language in LANGUAGES}
    draft = RuleDraft(wordings, Basis(given["basis"]), Severity(given["severity"]))
    return DefaultRule(given["code"], tuple(given["findings"]), draft)


def _wording(given: dict[str, Any]) -> Wording:
    return Wording(
        title=given["title"],
        text=given["text"].strip(),
        breaches="\n".join(given.get("breaches", [])),
        allowed="\n".join(given.get("allowed", [])),
        law=given.get("law", ""),
        notice=given.get("notice", ""),
    )
