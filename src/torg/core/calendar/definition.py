"""A calendar's JSON, read strictly: what is unclear is refused, never guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from torg.core.calendar.problems import CalendarProblem

DAY = 24 * 3600
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = {"time_zone", "holidays", "week", "dates", "ranges", "after_closing_is_next_day"}
TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")

# Seconds after the day's own midnight; a closing beyond 24 hours lies in the next day.
Hours = tuple[tuple[int, int], ...]
Week = tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class DatedWeek:
    """Other hours from a date to a date, both included, such as summer hours (sommertid)."""

    first: date
    last: date
    week: Week


def read_zone(name: object) -> ZoneInfo:
    """The time zone of that name."""
    if not isinstance(name, str) or not name:
        raise CalendarProblem("The calendar lacks “time_zone”, for example “Europe/Oslo”.")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CalendarProblem("There is no time zone called “%(name)s”.", name=name) from error


def read_country(code: object) -> str | None:
    """The country (`NO`) or part of one (`DE-BY`) whose public holidays are closed days."""
    if code is None:
        return None
    if isinstance(code, str):
        country, _, part = code.partition("-")
        known = holidays.list_supported_countries(include_aliases=False)
        if country in known and (not part or part in known[country]):
            return code
    raise CalendarProblem("No public holidays are known for “%(code)s”. Use a country code such as NO.", code=code)


def read_week(week: object, place: str = "week") -> Week:
    """Hours for Monday to Sunday; a weekday that is not named is closed."""
    if not isinstance(week, Mapping):
        raise CalendarProblem("“%(place)s” must name weekdays with their hours.", place=place)
    if unknown := [name for name in week if name not in WEEKDAYS]:
        raise CalendarProblem(
            "“%(name)s” in “%(place)s” is not a weekday; write mon, tue, wed, thu, fri, sat, sun.",
            name=unknown[0],
            place=place,
        )
    read = tuple(read_hours(week.get(name, []), f"{place}.{name}") for name in WEEKDAYS)
    for number, hours in enumerate(read):
        following = (number + 1) % 7
        if hours and read[following] and hours[-1][1] - DAY > read[following][0][0]:
            raise CalendarProblem(
                "The hours of %(place)s.%(name)s run past midnight into those of the next day.",
                place=place,
                name=WEEKDAYS[number],
            )
    return read


def read_dates(dates: object) -> dict[date, Hours]:
    """Single days with hours of their own, or none."""
    if not isinstance(dates, Mapping):
        raise CalendarProblem("“dates” must name dates with their hours; an empty list is a closed day.")
    return {read_date(day, "dates"): read_hours(hours, f"dates.{day}") for day, hours in dates.items()}


def read_ranges(ranges: object) -> tuple[DatedWeek, ...]:
    """Periods with another week; two that meet are refused, since neither could win."""
    if not isinstance(ranges, list):
        raise CalendarProblem("“ranges” must be a list of periods with “from”, “to” and “week”.")
    read = sorted((_read_range(entry) for entry in ranges), key=lambda period: period.first)
    for earlier, later in pairwise(read):
        if later.first <= earlier.last:
            raise CalendarProblem("Two ranges both cover %(day)s.", day=later.first)
    return tuple(read)


def _read_range(entry: object) -> DatedWeek:
    if not isinstance(entry, Mapping) or set(entry) != {"from", "to", "week"}:
        raise CalendarProblem("Each of “ranges” must have “from”, “to” and “week”, and nothing else.")
    first, last = read_date(entry["from"], "ranges"), read_date(entry["to"], "ranges")
    if last < first:
        raise CalendarProblem("The range from %(first)s ends before it begins.", first=first)
    return DatedWeek(first, last, read_week(entry["week"], f"ranges.{first}"))


def read_date(text: object, place: str) -> date:
    """A date written as 2026-12-24."""
    try:
        if isinstance(text, str) and len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarProblem("“%(text)s” in “%(place)s” is not a date such as 2026-12-24.", text=text, place=place)


def read_hours(hours: object, place: str) -> Hours:
    """Intervals of one day, in order; one that ends before it begins runs past midnight."""
    if not isinstance(hours, list):
        raise CalendarProblem("“%(place)s” must be a list of intervals; an empty list is a closed day.", place=place)
    read = sorted(_read_interval(interval, place) for interval in hours)
    for earlier, later in pairwise(read):
        if later[0] < earlier[1]:
            raise CalendarProblem("Two intervals of “%(place)s” overlap.", place=place)
    return tuple(read)


def _read_interval(interval: object, place: str) -> tuple[int, int]:
    if not isinstance(interval, list | tuple) or len(interval) != 2:
        raise CalendarProblem("An interval of “%(place)s” must be an opening and a closing time.", place=place)
    opens, closes = (_read_time(time, place) for time in interval)
    if opens == DAY:
        raise CalendarProblem("“%(place)s” opens at 24:00; write 00:00 on the next day.", place=place)
    if opens == closes:
        raise CalendarProblem(
            "An interval of “%(place)s” opens and closes at the same time; a whole day is 00:00 to 24:00.", place=place
        )
    return opens, closes if closes > opens else closes + DAY


def _read_time(text: object, place: str) -> int:
    parts = TIME.fullmatch(text) if isinstance(text, str) and text.isascii() else None
    seconds = (
        sum(int(part or 0) * size for part, size in zip(parts.groups(), (3600, 60, 1), strict=True)) if parts else -1
    )
    if not 0 <= seconds <= DAY:
        raise CalendarProblem(
            "“%(text)s” in “%(place)s” is not a time between 00:00 and 24:00.", text=text, place=place
        )
    return seconds


def read(definition: object) -> dict[str, Any]:
    """All parts of a calendar's JSON, checked. Raises CalendarProblem, also when nothing is ever open."""
    if not isinstance(definition, Mapping):
        raise CalendarProblem("A calendar must be a JSON object with “time_zone” and “week”.")
    if unknown := sorted(set(definition) - KEYS):
        raise CalendarProblem("The calendar has a part that nothing reads: “%(name)s”.", name=unknown[0])
    after_closing = definition.get("after_closing_is_next_day", False)
    if not isinstance(after_closing, bool):
        raise CalendarProblem("“after_closing_is_next_day” must be true or false.")
    parts: dict[str, Any] = {
        "zone": read_zone(definition.get("time_zone")),
        "country": read_country(definition.get("holidays")),
        "week": read_week(definition.get("week", {})),
        "dates": read_dates(definition.get("dates", {})),
        "ranges": read_ranges(definition.get("ranges", [])),
        "after_closing_is_next_day": after_closing,
    }
    weeks = [parts["week"], *(period.week for period in parts["ranges"])]
    if not any(parts["dates"].values()) and not any(hours for week in weeks for hours in week):
        raise CalendarProblem("The calendar has no open hours at all, so no deadline can be computed.")
    return parts
