"""Cases that other products' suites, and the Norwegian year, have taught us."""

from datetime import timedelta

import pytest

from tests.core.calendar.hours import EVERY_DAY, daily, municipality, oslo, z
from torg.core.calendar import WorkingCalendar, parse_span

BERLIN = "Europe/Berlin"
NINE_TO_FIVE = daily("09:00", "17:00", zone=BERLIN)
NINE_TO_FIVE_UTC = daily("09:00", "17:00", zone="UTC")
EIGHT_TO_EIGHT = daily("08:00", "20:00", zone=BERLIN, dates={"2016-11-01": []})
HOLIDAY_2015 = daily("09:00", "17:00", zone=BERLIN, dates={"2015-09-22": []})
DAILY_9_18 = daily("09:00", "18:00", zone=BERLIN, days=EVERY_DAY)
MON_SHORT_TUE_LONG = WorkingCalendar.from_json(
    {"time_zone": "UTC", "week": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "20:00"]]}}
)
NEW_YORK = daily("09:00", "17:00", zone="America/New_York")
SATURDAY = daily("00:00", "24:00", zone="UTC", days=("sat",))
TWO_PAUSES = [
    (z("2013-06-04T09:30"), z("2013-06-04T09:45")),
    (z("2013-06-04T10:00"), z("2013-06-04T10:30")),
]
LONG_PAUSE = [(z("2013-06-04T10:00"), z("2013-06-04T15:00"))]


@pytest.mark.parametrize(
    ("calendar", "start", "span", "due"),
    [
        pytest.param(NINE_TO_FIVE, "2013-03-21T09:30", "60m", "2013-03-21T10:30", id="Z1-60"),
        pytest.param(NINE_TO_FIVE, "2013-03-21T09:30", "180m", "2013-03-21T12:30", id="Z1-180"),
        pytest.param(NINE_TO_FIVE, "2013-03-21T09:30", "240m", "2013-03-21T13:30", id="Z1-240"),
        pytest.param(NINE_TO_FIVE, "2013-10-21T05:30", "120m", "2013-10-21T09:00", id="Z2-from-9"),
        pytest.param(daily("08:00", "17:00", zone=BERLIN), "2013-10-21T05:30", "120m", "2013-10-21T08:00", id="Z2-8"),
        pytest.param(HOLIDAY_2015, "2015-09-21T14:30", "120m", "2015-09-23T08:30", id="Z3-120"),
        pytest.param(HOLIDAY_2015, "2015-09-21T14:30", "240m", "2015-09-23T10:30", id="Z3-240"),
        pytest.param(EIGHT_TO_EIGHT, "2016-11-01T13:56:21", "120m", "2016-11-02T09:00", id="Z4-120"),
        pytest.param(EIGHT_TO_EIGHT, "2016-11-01T13:56:21", "1200m", "2016-11-03T15:00", id="Z4-1200"),
        pytest.param(EIGHT_TO_EIGHT, "2016-11-07T13:26:36", "120m", "2016-11-07T15:26:36", id="Z5-120"),
        pytest.param(EIGHT_TO_EIGHT, "2016-11-07T13:26:36", "1200m", "2016-11-09T09:26:36", id="Z5-1200"),
        pytest.param(NINE_TO_FIVE_UTC, "2024-01-17T10:00", "2h", "2024-01-17T12:00", id="C1"),
        pytest.param(NINE_TO_FIVE_UTC, "2024-01-17T07:00", "2h", "2024-01-17T11:00", id="C2"),
        pytest.param(NINE_TO_FIVE_UTC, "2024-01-17T18:00", "2h", "2024-01-18T11:00", id="C3"),
        pytest.param(NINE_TO_FIVE_UTC, "2024-01-19T16:00", "2h", "2024-01-22T10:00", id="C4"),
        pytest.param(NINE_TO_FIVE_UTC, "2024-01-20T10:00", "2h", "2024-01-22T11:00", id="C5"),
        pytest.param(NINE_TO_FIVE_UTC, "2024-01-15T16:00", "10h", "2024-01-17T10:00", id="C6"),
        pytest.param(MON_SHORT_TUE_LONG, "2024-01-15T18:00", "10h", "2024-01-16T19:00", id="C7-10h"),
        pytest.param(MON_SHORT_TUE_LONG, "2024-01-15T16:00", "12h", "2024-01-16T20:00", id="C7-12h-at-closing"),
        pytest.param(NEW_YORK, "2024-01-19T21:00", "2h", "2024-01-22T15:00", id="C8"),
        pytest.param(SATURDAY, "2024-01-20T00:00", "24h", "2024-01-21T00:00", id="C9"),
        pytest.param(NINE_TO_FIVE_UTC, "2024-01-19T16:45", "30m", "2024-01-22T09:15", id="H1"),
    ],
)
def test_a_span_is_due_where_other_suites_say(calendar, start, span, due):
    answer = calendar.due(z(start), parse_span(span))

    assert answer.due == z(due)
    assert answer.used_seconds == parse_span(span).seconds


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        pytest.param(TWO_PAUSES, "2013-06-04T11:45", id="Z6"),
        pytest.param(LONG_PAUSE, "2013-06-04T16:00", id="Z7-at-closing"),
    ],
)
def test_a_pause_moves_the_due_time(pauses, due):
    answer = DAILY_9_18.due(z("2013-06-04T09:00"), parse_span("120m"), pauses=pauses)

    assert answer.due == z(due)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        pytest.param("2013-03-28T23:49", "2013-03-29T07:00:03", 0, id="Z8-answered-at-opening"),
        pytest.param("2013-03-21T09:30", "2013-03-21T14:00", 270, id="Z9-over-by-210"),
        pytest.param("2013-03-21T14:00", "2013-03-21T09:30", 0, id="Z11-never-negative"),
    ],
)
def test_used_time_counts_open_minutes_only(start, end, minutes):
    calendar = daily("08:00", "18:00", zone=BERLIN)

    assert calendar.used(z(start), z(end)) // 60 == minutes


def test_z11_time_spent_pending_is_not_used():
    pending = [(z("2013-06-04T08:00"), z("2013-06-04T10:30"))]

    assert DAILY_9_18.used(z("2013-06-04T08:00"), z("2013-06-04T11:00"), pauses=pending) == 30 * 60


def test_z12_a_pause_over_midnight_takes_from_both_days():
    always = daily("00:00", "24:00", zone="UTC", days=EVERY_DAY)
    pause = [(z("2024-01-15T23:45"), z("2024-01-16T00:45"))]

    assert always.used(z("2024-01-15T00:00"), z("2024-01-16T00:00"), pauses=pause) == 23 * 3600 + 45 * 60
    assert always.used(z("2024-01-16T00:00"), z("2024-01-17T00:00"), pauses=pause) == 23 * 3600 + 15 * 60


def test_z12_a_pause_of_several_days_takes_all_of_them():
    pause = [(z("2024-01-15T16:00"), z("2024-01-18T10:00"))]

    answer = NINE_TO_FIVE_UTC.due(z("2024-01-15T15:00"), parse_span("2h"), pauses=pause)

    assert answer.due == z("2024-01-18T11:00")


def test_c10_a_week_has_five_working_days():
    assert NINE_TO_FIVE_UTC.used(z("2022-03-20T00:00"), z("2022-03-26T23:59")) == 144_000


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        pytest.param("2026-03-10T10:00", "2h", "2026-03-10T12:00", id="N1-plain"),
        pytest.param("2026-03-10T06:00", "2h", "2026-03-10T10:00", id="N2-before-opening"),
        pytest.param("2026-03-10T16:00", "2h", "2026-03-11T10:00", id="N3-after-closing"),
        pytest.param("2026-03-10T15:30", "2h", "2026-03-11T10:00", id="N4-at-closing"),
        pytest.param("2026-03-10T08:00", "7h30m", "2026-03-10T15:30", id="N5-exactly-the-day"),
        pytest.param("2026-03-10T08:00", "7h31m", "2026-03-11T08:01", id="N5-a-minute-more"),
        pytest.param("2026-03-13T15:00", "1h", "2026-03-16T08:30", id="N7-weekend"),
        pytest.param("2026-03-14T10:00", "2h", "2026-03-16T10:00", id="N8-on-a-closed-day"),
        pytest.param("2026-04-01T11:30", "1h", "2026-04-07T08:30", id="N9-easter"),
        pytest.param("2026-04-30T15:00", "1h", "2026-05-04T08:30", id="N10-first-of-may"),
        pytest.param("2026-05-13T15:00", "1h", "2026-05-15T08:30", id="N11-ascension-day"),
        pytest.param("2026-05-15T15:00", "1h", "2026-05-18T08:30", id="N12-constitution-day-on-a-sunday"),
        pytest.param("2026-05-22T15:00", "1h", "2026-05-26T08:30", id="N13-whit-monday"),
        pytest.param("2026-03-27T15:00", "1h", "2026-03-30T08:30", id="N14-summer-time-begins"),
        pytest.param("2026-10-23T15:00", "1h", "2026-10-26T08:30", id="N15-summer-time-ends"),
        pytest.param("2026-12-23T15:00", "1h", "2026-12-28T08:30", id="N20-christmas"),
        pytest.param("2026-12-30T15:00", "1h", "2026-12-31T08:30", id="N21-new-years-eve-is-open-unless-set"),
    ],
)
def test_a_span_is_due_by_the_norwegian_year(start, span, due):
    assert municipality().due(oslo(start), parse_span(span)).due == oslo(due)


def test_n14_and_n15_are_right_in_utc_too():
    after_spring = municipality().due(oslo("2026-03-27T15:00"), parse_span("1h"))
    after_autumn = municipality().due(oslo("2026-10-23T15:00"), parse_span("1h"))

    assert after_spring.due == z("2026-03-30T06:30")
    assert after_autumn.due == z("2026-10-26T07:30")


def test_n18_lunch_is_not_counted():
    calendar = daily("08:00", "12:00", week={"tue": [["08:00", "12:00"], ["13:00", "15:30"]]})

    answer = calendar.due(oslo("2026-03-10T11:30"), parse_span("1h"))

    assert answer.due == oslo("2026-03-10T13:30")
    assert answer.intervals == (
        (z("2026-03-10T10:30"), z("2026-03-10T11:00")),
        (z("2026-03-10T12:00"), z("2026-03-10T12:30")),
    )


def test_n22_a_pause_in_the_day():
    pause = [(oslo("2026-03-10T10:30"), oslo("2026-03-10T13:00"))]

    answer = municipality().due(oslo("2026-03-10T10:00"), parse_span("2h"), pauses=pause)

    assert answer.due == oslo("2026-03-10T14:30")


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        pytest.param("2026-03-14T10:00", "2026-03-14T11:00", 0, id="N24-saturday"),
        pytest.param("2026-03-13T15:00", "2026-03-16T08:20", 50, id="N24-over-the-weekend"),
        pytest.param("2026-04-01T11:00", "2026-04-07T09:00", 120, id="N24-over-easter"),
    ],
)
def test_n24_used_minutes(start, end, minutes):
    assert municipality().used(oslo(start), oslo(end)) == timedelta(minutes=minutes).total_seconds()
