"""Figures that tell of work and of nobody: what is counted for fewer than five is neither told nor to be derived."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One count; None where it is between one and four, or would give such a one away."""

    code: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one kind. `total` is None where it would tell what a cell does not."""

    code: str
    title: str
    cells: Sequence[Cell]
    total: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period, from `since` up to and with the day `until`, as everybody may read them."""

    title: str
    since: date
    until: date
    tables: Sequence[Table]


def table(code: str, title: str, counts: Mapping[str, int], labels: Mapping[str, object] | None = None) -> Table:
    """A table that tells nothing of fewer than five; the largest first. What was counted as none is left out."""
    known = labels or {}
    rows = sorted(((key, count) for key, count in counts.items() if count), key=lambda row: (-row[1], row[0]))
    hidden = withheld(counts)
    cells = [Cell(key, str(known.get(key, key)), None if key in hidden else count) for key, count in rows]
    total = sum(counts.values())
    return Table(code, title, cells, None if _gives_away(counts, hidden, total) else total)


def withheld(counts: Mapping[str, int]) -> set[str]:
    """The counts that are not told: those of one to four, and as many of the next that no sum gives them away.

    With a total beside them, a single hidden count is what the others lack of it, and two that make three together
    can be guessed; so the smallest of the others are hidden too, until there are two and they make five.
    """
    rows = sorted(((count, key) for key, count in counts.items() if count))
    hidden = [row for row in rows if row[0] < FEWEST]
    if not hidden:
        return set()
    for row in rows[len(hidden) :]:
        if len(hidden) > 1 and sum(count for count, _key in hidden) >= FEWEST:
            break
        hidden.append(row)
    return {key for _count, key in hidden}


def _gives_away(counts: Mapping[str, int], hidden: set[str], total: int) -> bool:
    """Whether the total must be hidden: it is small itself, or all that it would say is one hidden count."""
    return 0 < total < FEWEST or len(hidden) == 1 or (bool(hidden) and sum(counts[key] for key in hidden) < FEWEST)


def share(part: int, whole: int) -> int | None:
    """Of a hundred, rounded; None where either side of it would tell of fewer than five."""
    if whole < FEWEST or 0 < part < FEWEST or 0 < whole - part < FEWEST:
        return None
    return round(100 * part / whole)


def single(code: str, title: str, told: Iterable[tuple[str, str, int | None]]) -> Table:
    """A table of figures that are no counts: shares and hours, which are None where they rest on too little."""
    return Table(code, title, [Cell(key, label, value) for key, label, value in told], None)


def lines(figures: Figures) -> Iterator[tuple[str, str, str]]:
    """Every figure as table, row, value; what is not told says so."""
    for each in figures.tables:
        for cell in each.cells:
            yield each.title, cell.label, _told(cell.count)
        if each.total is not None:
            yield each.title, _("Total"), str(each.total)


def as_csv(figures: Figures) -> str:
    """For spreadsheets: UTF-8 with its mark, semicolons, one figure a line."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Table"), _("Row"), _("Count")])
    writer.writerows(lines(figures))
    return out.getvalue()


def as_text(figures: Figures) -> str:
    """For the document: each table with its rows."""
    parts = []
    for each in figures.tables:
        rows = [f"{cell.label}: {_told(cell.count)}" for cell in each.cells] or [_("None")]
        total = [] if each.total is None else [": ".join((_("Total"), str(each.total)))]
        parts.append("\n".join([each.title.upper(), *rows, *total]))
    return "\n\n".join(parts)


def _told(count: int | None) -> str:
    return _("not shown") if count is None else str(count)
