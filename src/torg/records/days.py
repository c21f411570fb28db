"""Days as they are in Norway: the journal has days, not moments."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Oslo")


def day_of(at: datetime) -> date:
    """The day in Norway at a moment."""
    return at.astimezone(LOCAL).date()
