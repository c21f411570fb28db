"""Times on the wall and the moments they are: the plan is kept by the wall, also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from torg.publishing.types import Moment

NORWAY = ZoneInfo("Europe/Oslo")


def moment_of(wall: Moment) -> datetime:
    """The moment at which clocks in Norway show this, in UTC.

    An hour that is skipped in spring is taken as the one that comes in its place (02:30 becomes 03:30); of an hour
    that comes twice in autumn the first one counts. So everything planned happens once.
    """
    return datetime.combine(wall.day, wall.clock, tzinfo=NORWAY).astimezone(UTC)


def wall_of(at: datetime) -> Moment:
    """What clocks in Norway show at a moment, to the minute."""
    local = at.astimezone(NORWAY)
    return Moment(local.date(), time(local.hour, local.minute))


def days_of_month(year: int, month: int) -> list[list[date]]:
    """The weeks of a month from Monday to Sunday, with the days around it that fill them."""
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    day, weeks = monday_of(first), []
    while day <= last:
        weeks.append([day + timedelta(days=offset) for offset in range(7)])
        day += timedelta(days=7)
    return weeks


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
