"""Calendars that several tests use."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from torg.core.calendar import WorkingCalendar

OSLO = ZoneInfo("Europe/Oslo")
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WORKDAYS, "sat", "sun")


def daily(opens: str, closes: str, *, days=WORKDAYS, zone="Europe/Oslo", **more) -> WorkingCalendar:
    return WorkingCalendar.from_json({"time_zone": zone, "week": {day: [[opens, closes]] for day in days}, **more})


def municipality(**more) -> WorkingCalendar:
    """Monday to Friday 08:00–15:30, public holidays, a short Wednesday before Easter, closed Christmas Eve."""
    dates = {"2026-04-01": [["08:00", "12:00"]], "2026-12-24": []}
    return daily("08:00", "15:30", **{"holidays": "NO", "dates": dates, **more})


def z(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)
