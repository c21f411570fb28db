"""Days as they are in Norway: the journal has days, not moments."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Oslo")


def day_of(at: datetime) -> date:
    """The day in Norway at a moment."""
    return at.astimezone(LOCAL).date()


def midnight(day: date, *, days_after: int = 0) -> datetime:
    """When a day, or one so many days after it, begins in Norway."""
    return datetime.combine(day + timedelta(days=days_after), time.min, tzinfo=LOCAL)


def month_after(day: date) -> date:
    """The same day of the next month, or its last."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
