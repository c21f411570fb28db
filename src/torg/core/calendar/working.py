"""The working calendar: a frozen value that answers when, and how much, without reading any clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from torg.core.calendar import definition
from torg.core.calendar.definition import DAY, DatedWeek, Hours, Week
from torg.core.calendar.moments import LAST_YEAR, SECOND, Period, checked, joined, on_day, read_moment, without
from torg.core.calendar.problems import CalendarProblem
from torg.core.calendar.spans import Span

ONE_DAY = timedelta(days=1)
# A search for open hours that finds none for so long will find none.
DAYS_SEARCHED = 10 * 366
DAYS_REMEMBERED = 4000
NEVER_OPEN = "The calendar has no open hours in the ten years after %(start)s."


@dataclass(frozen=True, slots=True)
class Due:
    """When a span has passed, and the open time that was counted on the way, in UTC."""

    due: datetime
    used_seconds: int
    intervals: tuple[Period, ...]


@dataclass(frozen=True)
class WorkingCalendar:
    """Opening hours (åpningstid) or answering hours (svartid).

    For a day, the first of these that says anything holds: its own date, the public holiday (closed), the range
    it lies in, the week. Hours past midnight reach into the next day unless that day has its own date or is a
    holiday. All arithmetic is done in UTC, so that a day with a change of the clocks has its true length.
    """

    zone: ZoneInfo
    week: Week
    dates: Mapping[date, Hours] = field(default_factory=dict)
    ranges: tuple[DatedWeek, ...] = ()
    country: str | None = None
    after_closing_is_next_day: bool = False
    _remembered: dict[date, tuple[Period, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, definition_read: object) -> "WorkingCalendar":
        """The calendar that the JSON object describes. Raises CalendarProblem with what is wrong, and where."""
        return cls(**definition.read(definition_read))

    def due(self, start: datetime, span: Span, *, pauses: Sequence[Period] = ()) -> Due:
        """When `span` of open time has passed since `start`, pauses not counted.

        A span of days ends when the last of them closes, see `add_working_days`. Raises CalendarProblem if the
        span is none (then no clock runs, and there is nothing to ask) or no hours are open for ten years on.
        """
        if span.is_none:
            raise CalendarProblem("A span of nothing has no due time.")
        start, off = self._moment(start), self._pauses(pauses)
        if span.days:
            return self._due_at(start, self._end_of_day(start, span.days, off), off)
        left = timedelta(seconds=span.seconds)
        counted: list[Period] = []
        for opens, closes in self._running(start, off):
            counted.append((opens, min(closes, opens + left)))
            left -= closes - opens
            if left <= timedelta():
                break
        return _due(counted[-1][1], counted)

    def used(self, start: datetime, end: datetime, *, pauses: Sequence[Period] = ()) -> int:
        """Whole seconds of open time from `start` to `end`, pauses not counted; never negative."""
        start, end = self._moment(start), self._moment(end)
        return self._due_at(start, end, self._pauses(pauses)).used_seconds

    def is_open(self, at: datetime) -> bool:
        """Whether the hours are running at `at`: from the opening moment until just before closing."""
        at = self._moment(at)
        today = at.astimezone(self.zone).date()
        return any(opens <= at < closes for opens, closes in self._periods(today))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself if it is open then, otherwise the next moment of opening, in UTC."""
        return next(self._running(self._moment(at), []))[0]

    def is_working_day(self, day: date) -> bool:
        """Whether `day` has opening hours of its own (not only a night shift's rest)."""
        return bool(self._own_hours(day))

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The closing moment, in UTC, of the working day that is the `days`th after the day of `start`.

        Days are counted, not hours: what comes after closing still counts as that day, unless the calendar
        says otherwise (`after_closing_is_next_day`).
        """
        if days < 1:
            raise CalendarProblem("Count at least one working day.")
        return self._end_of_day(self._moment(start), days, [])

    def read_moment(self, text: str) -> datetime:
        """A moment written in ISO 8601; without an offset it is read by this calendar's wall clock."""
        return read_moment(text, self.zone)

    def _moment(self, moment: datetime) -> datetime:
        return checked(moment, self.zone)

    def _pauses(self, pauses: Sequence[Period]) -> list[Period]:
        read = [(self._moment(begins), self._moment(ends)) for begins, ends in pauses]
        for begins, ends in read:
            if ends < begins:
                raise CalendarProblem("The pause from %(begins)s ends before it begins.", begins=begins.isoformat())
        return joined(read)

    def _due_at(self, start: datetime, end: datetime, off: list[Period]) -> Due:
        if end <= start:
            return Due(end, 0, ())
        last = end.astimezone(self.zone).date()
        counted: list[Period] = []
        for day in _days_until(start.astimezone(self.zone).date(), last):
            for opens, closes in self._periods(day):
                counted += without((max(opens, start), min(closes, end)), off)
        return _due(end, counted)

    def _running(self, start: datetime, off: list[Period]) -> Iterator[Period]:
        """Open, unpaused periods from `start` on, without end; raises CalendarProblem when none come."""
        fruitless = 0
        for day in _days_until(start.astimezone(self.zone).date(), date(LAST_YEAR, 12, 31)):
            fruitless += 1
            for opens, closes in self._periods(day):
                for period in without((max(opens, start), closes), off):
                    fruitless = 0
                    yield period
            if fruitless > DAYS_SEARCHED:
                break
        raise CalendarProblem(NEVER_OPEN, start=start.date())

    def _end_of_day(self, start: datetime, days: int, off: list[Period]) -> datetime:
        day = start.astimezone(self.zone).date()
        if self.after_closing_is_next_day and not (self.is_working_day(day) and start < self._closing(day)):
            day = next(self._working_days_after(day))
        for following in self._working_days_after(day):
            closing = self._closing(following)
            # A deadline cannot fall while the clock stands, so such a day does not count.
            days -= not any(begins < closing <= ends for begins, ends in off)
            if not days:
                return closing
        raise AssertionError("the search above ends by itself")

    def _working_days_after(self, day: date) -> Iterator[date]:
        fruitless = 0
        while fruitless <= DAYS_SEARCHED and day.year < LAST_YEAR:
            day += ONE_DAY
            fruitless += 1
            if self.is_working_day(day):
                fruitless = 0
                yield day
        raise CalendarProblem(NEVER_OPEN, start=day - ONE_DAY * fruitless)

    def _closing(self, day: date) -> datetime:
        seconds = self._own_hours(day)[-1][1]
        return on_day(day, seconds if self._takes_night_of_day_before(day + ONE_DAY) else min(seconds, DAY), self.zone)

    def _periods(self, day: date) -> tuple[Period, ...]:
        """The open periods of `day`, in UTC and in order."""
        known = self._remembered.get(day)
        if known is None:
            if len(self._remembered) > DAYS_REMEMBERED:
                self._remembered.clear()
            hours = [(opens, min(closes, DAY)) for opens, closes in self._own_hours(day)]
            if self._takes_night_of_day_before(day):
                hours += [(0, closes - DAY) for _, closes in self._own_hours(day - ONE_DAY) if closes > DAY]
            known = tuple(joined((on_day(day, a, self.zone), on_day(day, b, self.zone)) for a, b in hours))
            self._remembered[day] = known
        return known

    def _own_hours(self, day: date) -> Hours:
        if day in self.dates:
            return self.dates[day]
        if self._is_holiday(day):
            return ()
        week = next((period.week for period in self.ranges if period.first <= day <= period.last), self.week)
        return week[day.weekday()]

    def _takes_night_of_day_before(self, day: date) -> bool:
        return day not in self.dates and not self._is_holiday(day)

    def _is_holiday(self, day: date) -> bool:
        return self.country is not None and day in _holidays(self.country, day.year)


def _due(due: datetime, counted: list[Period]) -> Due:
    whole = tuple(joined(counted))
    return Due(due.astimezone(UTC), sum((ends - begins for begins, ends in whole), timedelta()) // SECOND, whole)


def _days_until(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


@lru_cache(maxsize=500)
def _holidays(country: str, year: int) -> frozenset[date]:
    code, _, part = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))
