"""Opening and answering hours, as people read them on the public site."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import pgettext

from torg.people.models import CalendarRow

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DATES = 10
Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hours:
    """The ordinary week, periods with a week of their own, and single dates; each line is a day and its hours."""

    week: list[Line]
    periods: list[tuple[str, list[Line]]]
    dates: list[Line]


def told(row: CalendarRow | None, *, at: datetime) -> Hours | None:
    """What the calendar says from `at` on, or None when nobody has set it."""
    if row is None:
        return None
    definition, today = row.definition, at.date().isoformat()
    periods = [entry for entry in definition.get("ranges", []) if entry["to"] >= today]
    dates = sorted(day for day in definition.get("dates", {}) if day >= today)[:MOST_DATES]
    return Hours(
        week_of(definition["week"]),
        [(f"{day_told(entry['from'])} – {day_told(entry['to'])}", week_of(entry["week"])) for entry in periods],
        [(day_told(day), hours_told(definition["dates"][day])) for day in dates],
    )


def week_of(week: dict[str, Any]) -> list[Line]:
    """One line a day, Saturday and Sunday only when something is open then."""
    shown = [number for number, day in enumerate(DAYS) if number < 5 or week.get(day)]
    return [(str(WEEKDAYS[number]).capitalize(), hours_told(week.get(DAYS[number], []))) for number in shown]


def hours_told(intervals: list[list[str]]) -> str:
    """“08:00–11:30, 12:00–15:00”, or that it is closed."""
    return ", ".join(f"{start}–{end}" for start, end in intervals) or pgettext("hours", "Closed")


def day_told(day: str) -> str:
    """The date in words."""
    return date_format(date.fromisoformat(day), "j. F Y")
