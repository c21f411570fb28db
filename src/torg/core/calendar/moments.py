"""Moments: from the clock on the wall to UTC, and periods that are cut and joined."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from torg.core.calendar.definition import DAY
from torg.core.calendar.problems import CalendarProblem

# Time-zone rules and holidays are known for these years; beyond them an answer would be a guess.
FIRST_YEAR, LAST_YEAR = 1950, 2199
SECOND = timedelta(seconds=1)

Period = tuple[datetime, datetime]


def to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment when the wall clock of `zone` first shows `wall`, or jumps past it (summer time begins)."""
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    while after - before > SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def on_day(day: date, seconds: int, zone: ZoneInfo) -> datetime:
    """The moment `seconds` after midnight, by the wall clock, of `day` in `zone`."""
    days, rest = divmod(seconds, DAY)
    wall = datetime.combine(day + timedelta(days=days), time()) + timedelta(seconds=rest)
    return to_utc(wall, zone)


def checked(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment` in UTC; one without a zone is read by the wall clock of `zone`. Raises CalendarProblem."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise CalendarProblem(
            "%(moment)s lies outside the years %(first)s to %(last)s.",
            moment=moment.isoformat(),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return to_utc(moment, zone) if moment.tzinfo is None else moment.astimezone(UTC)


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """A moment in ISO 8601, in UTC; without an offset it is read by the wall clock of `zone`."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise CalendarProblem("“%(text)s” is not a time such as 2026-03-10T10:00:00+01:00.", text=text) from error
    return checked(moment, zone)


def joined(periods: Iterable[Period]) -> list[Period]:
    """The periods in order, those that touch or overlap as one, empty ones left out."""
    whole: list[Period] = []
    for begins, ends in sorted(periods):
        if begins >= ends:
            continue
        if whole and begins <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], ends))
        else:
            whole.append((begins, ends))
    return whole


def without(period: Period, pauses: list[Period]) -> Iterator[Period]:
    """What is left of `period` outside `pauses`, which are joined and in order."""
    begins, ends = period
    for off, on in pauses:
        if on <= begins:
            continue
        if off >= ends:
            break
        if off > begins:
            yield begins, off
        begins = on
    if begins < ends:
        yield begins, ends
