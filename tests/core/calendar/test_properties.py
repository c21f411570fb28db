"""What must hold for every calendar, start and span."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.core.calendar.hours import EVERY_DAY
from torg.core.calendar import Span, WorkingCalendar

UNHURRIED = settings(deadline=None, max_examples=60)
ZONES = ["UTC", "Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]


@some.composite
def calendars(draw):
    week = {}
    for day in draw(some.sets(some.sampled_from(EVERY_DAY), min_size=1)):
        cuts = sorted(draw(some.sets(some.integers(0, 95), min_size=2, max_size=4)))
        week[day] = [[clock(a), clock(b)] for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return WorkingCalendar.from_json(
        {"time_zone": draw(some.sampled_from(ZONES)), "holidays": draw(some.sampled_from(["NO", None])), "week": week}
    )


def clock(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


starts = some.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC))
spans = some.builds(Span, seconds=some.integers(1, 200 * 3600))
pauses = some.lists(
    some.tuples(starts, some.timedeltas(timedelta(), timedelta(days=5))).map(lambda p: (p[0], p[0] + p[1])), max_size=5
)


@UNHURRIED
@given(calendars(), starts, spans, pauses)
def test_the_time_used_until_due_is_the_span(calendar, start, span, off):
    answer = calendar.due(start, span, pauses=off)

    assert calendar.used(start, answer.due, pauses=off) == span.seconds == answer.used_seconds


@UNHURRIED
@given(calendars(), starts, spans, some.integers(1, 3600))
def test_more_time_is_never_due_earlier(calendar, start, span, more):
    assert calendar.due(start, Span(seconds=span.seconds + more)).due > calendar.due(start, span).due


@UNHURRIED
@given(calendars(), starts, some.timedeltas(timedelta(), timedelta(days=10)), spans)
def test_a_later_start_is_never_due_earlier(calendar, start, later, span):
    assert calendar.due(start + later, span).due >= calendar.due(start, span).due


@UNHURRIED
@given(calendars(), starts, spans, pauses)
def test_a_pause_only_delays(calendar, start, span, off):
    assert calendar.due(start, span, pauses=off).due >= calendar.due(start, span).due


@UNHURRIED
@given(calendars(), starts, some.integers(1, 10), pauses)
def test_a_pause_only_delays_days_too(calendar, start, days, off):
    assert calendar.due(start, Span(days=days), pauses=off).due >= calendar.due(start, Span(days=days)).due


@UNHURRIED
@given(calendars(), starts, spans, pauses)
def test_what_was_counted_lies_in_open_hours_and_in_order(calendar, start, span, off):
    answer = calendar.due(start, span, pauses=off)

    moments = [moment for period in answer.intervals for moment in period]
    assert moments == sorted(set(moments))
    assert moments[0] >= start and moments[-1] == answer.due
    assert all(calendar.is_open(begins) for begins, _ in answer.intervals)


@UNHURRIED
@given(
    calendars(),
    starts,
    some.timedeltas(timedelta(), timedelta(days=9)),
    some.timedeltas(timedelta(), timedelta(days=9)),
)
def test_used_time_adds_up(calendar, start, first, second):
    start = start.replace(microsecond=0)
    middle = start + timedelta(seconds=int(first.total_seconds()))
    end = middle + timedelta(seconds=int(second.total_seconds()))

    assert calendar.used(start, middle) + calendar.used(middle, end) == calendar.used(start, end)
