"""The general rules: what wins over what, days instead of hours, midnight, changes of the clocks."""

from datetime import date

import pytest

from tests.core.calendar.hours import EVERY_DAY, daily, municipality, oslo, z
from torg.core.calendar import CalendarProblem, Span, WorkingCalendar, parse_span

SUMMER = [{"from": "2026-05-15", "to": "2026-09-14", "week": {day: [["08:00", "15:00"]] for day in EVERY_DAY}}]
ALWAYS = daily("00:00", "24:00", days=EVERY_DAY)


@pytest.mark.parametrize(
    ("day", "closing"),
    [
        pytest.param("2026-05-14", None, id="ascension-day-before-summer"),
        pytest.param("2026-05-15", "15:00", id="first-summer-day"),
        pytest.param("2026-05-17", None, id="holiday-inside-summer-hours-is-closed"),
        pytest.param("2026-05-25", "11:00", id="a-date-opens-a-holiday"),
        pytest.param("2026-07-01", None, id="a-date-closes-a-summer-day"),
        pytest.param("2026-09-14", "15:00", id="last-summer-day"),
        pytest.param("2026-09-15", "15:30", id="day-after-summer"),
    ],
)
def test_a_date_wins_over_a_holiday_over_a_range_over_the_week(day, closing):
    dates = {"2026-05-25": [["10:00", "11:00"]], "2026-07-01": []}
    calendar = municipality(ranges=SUMMER, dates=dates)

    assert calendar.is_working_day(date.fromisoformat(day)) is (closing is not None)
    if closing:
        assert calendar.is_open(oslo(f"{day}T10:59:59"))
        assert not calendar.is_open(oslo(f"{day}T{closing}"))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        pytest.param("2026-03-10T10:00", 1, "2026-03-11T15:30", id="within-hours"),
        pytest.param("2026-03-10T16:00", 1, "2026-03-11T15:30", id="after-closing-is-still-that-day"),
        pytest.param("2026-03-10T06:00", 1, "2026-03-11T15:30", id="before-opening"),
        pytest.param("2026-03-13T10:00", 1, "2026-03-16T15:30", id="friday"),
        pytest.param("2026-03-14T10:00", 1, "2026-03-16T15:30", id="saturday"),
        pytest.param("2026-03-31T10:00", 1, "2026-04-01T12:00", id="a-short-day-ends-early"),
        pytest.param("2026-04-01T10:00", 2, "2026-04-08T15:30", id="over-easter"),
    ],
)
def test_days_are_counted_as_days(start, days, due):
    assert municipality().add_working_days(oslo(start), days) == oslo(due)
    assert municipality().due(oslo(start), Span(days=days)).due == oslo(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        pytest.param("2026-03-10T15:29:59", "2026-03-11T15:30", id="just-before-closing"),
        pytest.param("2026-03-10T15:30", "2026-03-12T15:30", id="at-closing"),
        pytest.param("2026-03-13T16:00", "2026-03-17T15:30", id="friday-evening-is-monday"),
        pytest.param("2026-03-14T10:00", "2026-03-17T15:30", id="saturday-is-monday"),
    ],
)
def test_after_closing_can_be_set_to_count_as_the_next_day(start, due):
    calendar = municipality(after_closing_is_next_day=True)

    assert calendar.add_working_days(oslo(start), 1) == oslo(due)


def test_a_day_that_closes_in_a_pause_does_not_count():
    pause = [(oslo("2026-03-11T14:00"), oslo("2026-03-12T09:00"))]

    answer = municipality().due(oslo("2026-03-10T10:00"), parse_span("1d"), pauses=pause)

    assert answer.due == oslo("2026-03-12T15:30")
    assert answer.used_seconds == int((5.5 + 6 + 6.5) * 3600)


def test_hours_past_midnight_reach_into_the_next_day():
    calendar = daily("22:00", "02:00", days=("fri",), zone="UTC")

    answer = calendar.due(z("2026-03-13T23:00"), parse_span("3h30m"))

    assert answer.due == z("2026-03-20T22:30")
    assert answer.intervals[0] == (z("2026-03-13T23:00"), z("2026-03-14T02:00"))
    assert calendar.is_open(z("2026-03-14T01:59:59"))
    assert not calendar.is_working_day(date(2026, 3, 14))


def test_a_closed_date_is_closed_from_midnight():
    calendar = daily("22:00", "02:00", days=EVERY_DAY, zone="UTC", dates={"2026-03-14": []})

    assert not calendar.is_open(z("2026-03-14T01:00"))
    assert calendar.next_opening(z("2026-03-14T00:00")) == z("2026-03-15T22:00")


def test_a_days_deadline_of_a_night_shift_is_when_the_shift_ends():
    calendar = daily("22:00", "02:00", days=("thu", "fri"), zone="UTC")

    assert calendar.add_working_days(z("2026-03-12T12:00"), 1) == z("2026-03-14T02:00")


def test_midnight_as_a_closing_time_is_the_end_of_the_day():
    assert daily("22:00", "00:00").week == daily("22:00", "24:00").week


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param("2026-03-29", 23, id="summer-time-begins"),
        pytest.param("2026-10-25", 25, id="summer-time-ends"),
        pytest.param("2026-10-26", 24, id="an-ordinary-day"),
    ],
)
def test_a_day_with_a_change_of_the_clocks_has_its_true_length(day, hours):
    start = oslo(f"{day}T00:00")

    assert ALWAYS.due(start, Span(seconds=hours * 3600)).due.astimezone(start.tzinfo).hour == 0
    assert ALWAYS.used(start, oslo(f"{day}T23:59")) == hours * 3600 - 60


def test_an_opening_that_the_clocks_jump_over_is_the_moment_of_the_jump():
    calendar = daily("02:30", "04:00", days=("sun",))

    assert calendar.next_opening(oslo("2026-03-29T00:00")) == z("2026-03-29T01:00")
    assert calendar.used(oslo("2026-03-29T00:00"), oslo("2026-03-29T12:00")) == 3600


def test_intervals_that_touch_are_given_as_one():
    answer = ALWAYS.due(oslo("2026-03-10T12:00"), parse_span("48h"))

    assert answer.intervals == ((z("2026-03-10T11:00"), z("2026-03-12T11:00")),)


def test_open_is_from_the_opening_moment_until_just_before_closing():
    calendar = municipality()

    assert calendar.is_open(oslo("2026-03-10T08:00"))
    assert not calendar.is_open(oslo("2026-03-10T07:59:59"))
    assert not calendar.is_open(oslo("2026-03-10T15:30"))


def test_the_next_opening_is_now_when_it_is_open():
    assert municipality().next_opening(oslo("2026-03-10T10:00")) == oslo("2026-03-10T10:00")
    assert municipality().next_opening(oslo("2026-03-13T16:00")) == oslo("2026-03-16T08:00")


def test_a_moment_without_a_zone_is_read_by_the_calendars_wall_clock():
    calendar = municipality()

    assert calendar.read_moment("2026-07-10T10:00") == z("2026-07-10T08:00")
    assert calendar.read_moment("2026-07-10T10:00Z") == z("2026-07-10T10:00")


def test_pauses_that_overlap_are_counted_once():
    pauses = [
        (oslo("2026-03-10T10:00"), oslo("2026-03-10T11:00")),
        (oslo("2026-03-10T10:30"), oslo("2026-03-10T11:30")),
    ]

    assert municipality().due(oslo("2026-03-10T09:30"), parse_span("1h"), pauses=pauses).due == oslo("2026-03-10T12:00")


def test_a_calendar_whose_last_hours_have_passed_is_a_problem_and_not_a_wall_clock():
    calendar = WorkingCalendar.from_json({"time_zone": "UTC", "dates": {"2026-03-10": [["08:00", "09:00"]]}})

    assert calendar.due(z("2026-03-10T08:00"), parse_span("1h")).due == z("2026-03-10T09:00")
    with pytest.raises(CalendarProblem, match="no open hours in the ten years after 2026-03-10"):
        calendar.due(z("2026-03-10T08:00"), parse_span("61m"))
    with pytest.raises(CalendarProblem, match="no open hours in the ten years after"):
        calendar.add_working_days(z("2026-03-10T08:00"), 1)


def test_a_pause_that_never_ends_is_a_problem_and_ends_the_search():
    pause = [(z("2026-03-10T08:00"), z("2150-01-01T00:00"))]

    with pytest.raises(CalendarProblem, match="no open hours"):
        municipality().due(z("2026-03-10T08:00"), parse_span("1h"), pauses=pause)


def test_a_pause_that_ends_before_it_begins_is_refused():
    pause = [(z("2026-03-10T09:00"), z("2026-03-10T08:00"))]

    with pytest.raises(CalendarProblem, match="ends before it begins"):
        municipality().due(z("2026-03-10T08:00"), parse_span("1h"), pauses=pause)


def test_a_calendar_is_a_value():
    assert municipality() == municipality()
    with pytest.raises(AttributeError):
        municipality().country = "SE"
