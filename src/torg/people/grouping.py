"""Figures by unit without figures of persons: units that are too small are counted together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

# In a unit of fewer, a figure is close to being one of a person.
LEAST = 5


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What was counted in one unit; `people` is how many work there."""

    unit: str
    people: int
    counts: tuple[int, ...]


def by_unit(rows: Iterable[UnitFigures], *, least: int = LEAST) -> list[UnitFigures]:
    """The units with at least `least` people, by name; the smaller ones together, if they are as many.

    When the small ones together are too few, the smallest of the others joins them, so that nobody can subtract;
    when all together are too few, nothing is told.
    """
    large = sorted((row for row in rows if row.people or any(row.counts)), key=lambda row: (row.people, row.unit))
    small = [row for row in large if row.people < least]
    large = large[len(small) :]
    while small and sum(row.people for row in small) < least and large:
        small.append(large.pop(0))
    told = sorted(large, key=lambda row: row.unit)
    if sum(row.people for row in small) >= least:
        told.append(_together(small))
    return told


def _together(rows: Sequence[UnitFigures]) -> UnitFigures:
    counts = tuple(map(sum, zip(*(row.counts for row in rows), strict=True)))
    return UnitFigures(_("Small units together"), sum(row.people for row in rows), counts)
