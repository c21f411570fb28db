"""What is unclear in a calendar or a span is refused, with one sentence that says where."""

from datetime import date

import pytest

from torg.core.calendar import CalendarProblem, Span, WorkingCalendar, parse_span

MONDAY = {"mon": [["08:00", "15:30"]]}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"time_zone": "Mars/Olympus"}, "no time zone called “Mars/Olympus”", id="unknown-zone"),
        pytest.param({"time_zone": "../etc/passwd"}, "no time zone", id="path-as-zone"),
        pytest.param({"time_zone": None}, "lacks “time_zone”", id="no-zone"),
        pytest.param({"holidays": "XX"}, "No public holidays are known for “XX”", id="unknown-country"),
        pytest.param({"holidays": True}, "No public holidays", id="country-not-text"),
        pytest.param({"week": {"monday": []}}, "“monday” in “week” is not a weekday", id="unknown-weekday"),
        pytest.param({"week": []}, "“week” must name weekdays", id="week-is-a-list"),
        pytest.param({"week": {"mon": "08-15"}}, "“week.mon” must be a list", id="hours-as-text"),
        pytest.param({"week": {"mon": [["08:00"]]}}, "an opening and a closing time", id="one-time"),
        pytest.param({"week": {"mon": [["08:00", "25:00"]]}}, "“25:00” in “week.mon” is not a time", id="hour-25"),
        pytest.param({"week": {"mon": [["08:00", "24:30"]]}}, "“24:30” in “week.mon” is not a time", id="after-24"),
        pytest.param({"week": {"mon": [[8, 15]]}}, "“8” in “week.mon” is not a time", id="numbers"),
        pytest.param({"week": {"mon": [["24:00", "08:00"]]}}, "opens at 24:00", id="opens-at-24"),
        pytest.param({"week": {"mon": [["08:00", "08:00"]]}}, "opens and closes at the same time", id="empty"),
        pytest.param(
            {"week": {"mon": [["08:00", "12:00"], ["11:59", "15:00"]]}},
            "Two intervals of “week.mon” overlap",
            id="overlap",
        ),
        pytest.param(
            {"week": {"sun": [["22:00", "09:00"]], "mon": [["08:00", "15:00"]]}},
            "week.sun run past midnight into those of the next day",
            id="overlap-past-midnight",
        ),
        pytest.param({"dates": {"2026-02-30": []}}, "“2026-02-30” in “dates” is not a date", id="no-such-date"),
        pytest.param({"dates": {"24.12.2026": []}}, "is not a date such as", id="date-written-otherwise"),
        pytest.param({"dates": {"2026-12-24": None}}, "“dates.2026-12-24” must be a list", id="date-is-null"),
        pytest.param({"ranges": {}}, "“ranges” must be a list", id="ranges-not-a-list"),
        pytest.param({"ranges": [{"from": "2026-05-15"}]}, "must have “from”, “to” and “week”", id="half-a-range"),
        pytest.param(
            {"ranges": [{"from": "2026-05-15", "to": "2026-05-14", "week": {}}]},
            "ends before it begins",
            id="backwards",
        ),
        pytest.param(
            {
                "ranges": [
                    {"from": "2026-05-01", "to": "2026-06-01", "week": {}},
                    {"from": "2026-06-01", "to": "2026-07-01", "week": {}},
                ]
            },
            "Two ranges both cover 2026-06-01",
            id="ranges-overlap",
        ),
        pytest.param({"week": {}}, "no open hours at all", id="never-open"),
        pytest.param({"weeks": {}}, "nothing reads: “weeks”", id="misspelt-part"),
        pytest.param({"after_closing_is_next_day": "yes"}, "must be true or false", id="not-a-boolean"),
    ],
)
def test_a_calendar_that_is_unclear_is_refused(change, sentence):
    with pytest.raises(CalendarProblem, match=sentence):
        WorkingCalendar.from_json({"time_zone": "Europe/Oslo", "holidays": "NO", "week": MONDAY, **change})


@pytest.mark.parametrize("definition", [None, [], "{}", 7])
def test_what_is_not_an_object_is_refused(definition):
    with pytest.raises(CalendarProblem, match="must be a JSON object"):
        WorkingCalendar.from_json(definition)


def test_other_countries_and_their_parts_have_holidays_too():
    bavaria = WorkingCalendar.from_json(
        {"time_zone": "Europe/Berlin", "holidays": "DE-BY", "week": {"tue": [["08:00", "09:00"]]}}
    )

    assert not bavaria.is_working_day(date(2026, 1, 6))
    assert bavaria.is_working_day(date(2026, 1, 13))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90m", Span(seconds=5400)),
        ("2h", Span(seconds=7200)),
        ("1h30m", Span(seconds=5400)),
        ("1H 30M", Span(seconds=5400)),
        ("45s", Span(seconds=45)),
        ("1d", Span(days=1)),
        ("0m", Span()),
        ("0", Span()),
        ("", Span()),
    ],
)
def test_a_span_is_read(text, span):
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["-1h", "1d2h", "2", "h", "1.5h", "30m1h", "to timer", "1h-30m", "99999d", "999999h"])
def test_what_is_not_a_span_is_refused(text):
    with pytest.raises(CalendarProblem):
        parse_span(text)


def test_a_span_of_nothing_has_no_due_time(at):
    calendar = WorkingCalendar.from_json({"time_zone": "UTC", "week": MONDAY})

    assert parse_span("0h").is_none
    with pytest.raises(CalendarProblem, match="no due time"):
        calendar.due(at, parse_span("0h"))


def test_a_moment_far_outside_known_time_is_refused(at):
    calendar = WorkingCalendar.from_json({"time_zone": "UTC", "week": MONDAY})

    with pytest.raises(CalendarProblem, match="outside the years"):
        calendar.is_open(at.replace(year=9999))
