"""Duties as values: what happened goes in, how each stands comes out; no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from torg.core.calendar import WorkingCalendar
from torg.oversight import advising
from torg.oversight.measuring import Asked, Away, Facts, Held, Measure, Moment, Terms, Week, measure
from torg.oversight.types import AlarmStep, DutyCode, Standing

OSLO = ZoneInfo("Europe/Oslo")
WEEK = {day: [["08:00", "15:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDAR = WorkingCalendar.from_json({"time_zone": "Europe/Oslo", "holidays": "NO", "week": WEEK})
OPENED = datetime(2025, 1, 1, tzinfo=UTC)
QUIET = Facts(opened_at=OPENED)
# Week 10 of 2026 is an ordinary one; in week 14 Thursday and Friday are holidays.
ORDINARY, EASTER = date(2026, 3, 2), date(2026, 3, 30)


def on(day: int, hour: int = 12, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=OSLO)


def stands(duty: DutyCode, facts: Facts, at: datetime, *, amount: int = 1, monday: date = ORDINARY) -> Measure:
    return measure(Terms(duty, amount, 4), facts, Moment(at, Week(monday, OSLO), CALENDAR))


def posted(*moments: datetime) -> Facts:
    return replace(QUIET, posts=moments)


@pytest.mark.strategy("C2")
@pytest.mark.parametrize(
    ("facts", "at", "amount", "standing", "done"),
    [
        (posted(on(4)), on(4, 13), 1, Standing.MET, 1),
        (posted(on(4)), on(4, 13), 2, Standing.RUNNING, 1),
        (QUIET, on(6, 13), 1, Standing.SOON, 0),
        (QUIET, on(9, 0), 1, Standing.BREACHED, 0),
        (posted(on(1, 23), on(9, 0)), on(10), 1, Standing.BREACHED, 0),
        (posted(on(2, 0), on(8, 23)), on(10), 2, Standing.MET, 2),
        (posted(on(4)), on(4, 11), 1, Standing.RUNNING, 0),
        (replace(QUIET, sees_posts=False), on(9), 1, Standing.UNMEASURED, 0),
        (replace(QUIET, opened_at=on(3)), on(10), 1, Standing.UNMEASURED, 0),
        (replace(QUIET, closed_at=on(5)), on(10), 1, Standing.UNMEASURED, 0),
    ],
    ids=["met", "running", "soon", "over", "edges-outside", "edges-inside", "not-yet", "unseen", "new-page", "closed"],
)
def test_posts_are_counted_in_the_local_week(facts, at, amount, standing, done):
    found = stands(DutyCode.POSTS, facts, at, amount=amount)

    assert (found.standing, found.done) == (standing, done)


def test_the_last_working_day_before_easter_is_when_posts_are_due():
    found = stands(DutyCode.POSTS, QUIET, on(1, 13, month=4), monday=EASTER)

    assert found.standing == Standing.SOON
    assert found.due_at == on(1, 15, month=4) + timedelta(minutes=30)


def test_a_week_without_a_working_day_asks_for_nothing():
    holiday = Moment(on(9), Week(ORDINARY, OSLO), replace(CALENDAR, week=((),) * 7))

    assert measure(Terms(DutyCode.POSTS), QUIET, holiday).standing == Standing.IDLE


@pytest.mark.strategy("C2")
@pytest.mark.parametrize(
    ("asked", "standing", "done", "wanted"),
    [
        ([], Standing.IDLE, 0, 0),
        ([Asked(on(3, 15), True)], Standing.MET, 1, 1),
        ([Asked(on(3, 15), True), Asked(on(3, 15), False)], Standing.BREACHED, 1, 2),
        ([Asked(on(4, 11), None)], Standing.BREACHED, 0, 1),
        ([Asked(on(4, 15), None)], Standing.SOON, 0, 1),
        ([Asked(on(6, 15), None)], Standing.RUNNING, 0, 1),
        ([Asked(on(9, 15), None)], Standing.IDLE, 0, 0),
    ],
    ids=["none", "met", "one-missed", "overdue", "soon", "later", "next-week"],
)
def test_answers_belong_to_the_week_of_their_deadline(asked, standing, done, wanted):
    found = stands(DutyCode.ANSWERS, replace(QUIET, asked=tuple(asked)), on(4))

    assert (found.standing, found.done, found.wanted) == (standing, done, wanted)


@pytest.mark.strategy("B7")
@pytest.mark.parametrize(
    ("rounds", "amount", "at", "standing", "done", "wanted"),
    [
        ([on(day, 9) for day in range(2, 7)], 1, on(9), Standing.MET, 5, 5),
        ([on(day, 9) for day in (2, 3, 5, 6)], 1, on(9), Standing.BREACHED, 4, 5),
        ([on(2, 9)], 1, on(3, 13), Standing.SOON, 1, 1),
        ([on(2, 9)], 3, on(9), Standing.BREACHED, 3, 5),
        ([on(27, 9, month=2), on(4, 9)], 3, on(9), Standing.MET, 5, 5),
        ([], 1, on(3, 9), Standing.BREACHED, 0, 1),
        ([], 1, on(2, 9), Standing.BREACHED, 0, 0),
    ],
    ids=["daily", "one-day-missed", "soon", "too-seldom", "often-enough", "never", "never-on-monday-morning"],
)
def test_a_page_is_looked_in_on_by_its_schedule(rounds, amount, at, standing, done, wanted):
    found = stands(DutyCode.ROUNDS, replace(QUIET, rounds=tuple(rounds)), at, amount=amount)

    assert (found.standing, found.done, found.wanted) == (standing, done, wanted)


OFFICER, DEPUTY, STAND_IN, OTHER = 1, 2, 3, 4
OFFICES = (Held(OFFICER, OPENED), Held(DEPUTY, OPENED))
ON_LEAVE = Away(OFFICER, STAND_IN, on(1), on(20))


@pytest.mark.strategy("C3", "C7")
@pytest.mark.parametrize(
    ("access", "away", "standing"),
    [
        ([OFFICER], [], Standing.MET),
        ([DEPUTY], [], Standing.MET),
        ([OTHER], [], Standing.BREACHED),
        ([OFFICER], [ON_LEAVE], Standing.SOON),
        ([OFFICER, DEPUTY], [ON_LEAVE], Standing.MET),
        ([STAND_IN], [ON_LEAVE], Standing.MET),
        ([STAND_IN], [replace(ON_LEAVE, until_at=on(3))], Standing.BREACHED),
    ],
    ids=["officer", "deputy", "nobody", "only-one-is-away", "deputy-is-there", "stand-in", "stand-in-no-more"],
)
def test_an_officer_away_never_blocks(access, away, standing):
    held = tuple(Held(person, OPENED) for person in access)
    facts = replace(QUIET, access=held, offices=OFFICES, away=tuple(away))

    assert stands(DutyCode.OFFICER, facts, on(5)).standing == standing


def test_access_counts_as_it_was_when_the_week_ended():
    ended = replace(QUIET, access=(Held(OFFICER, OPENED, on(10)),), offices=OFFICES)

    assert stands(DutyCode.OFFICER, ended, on(20)).standing == Standing.MET
    assert stands(DutyCode.OFFICER, ended, on(20), monday=date(2026, 3, 9)).standing == Standing.BREACHED


def test_the_last_look_for_the_rules_is_the_one_that_counts():
    seen = replace(QUIET, rules_seen=((on(2), False), (on(4), True), (on(10), False)))

    assert stands(DutyCode.RULES, seen, on(3)).standing == Standing.BREACHED
    assert stands(DutyCode.RULES, seen, on(20)).standing == Standing.MET
    assert stands(DutyCode.RULES, QUIET, on(20)).standing == Standing.UNMEASURED


@pytest.mark.parametrize(
    ("at", "standing"), [(on(3, 10), Standing.MET), (on(3, 22), Standing.SOON), (on(5), Standing.BREACHED)]
)
def test_a_review_is_due_so_many_days_after_the_last(at, standing):
    reviewed = replace(QUIET, reviews=(datetime(2025, 9, 5, tzinfo=OSLO),))

    assert stands(DutyCode.REVIEW, reviewed, at, amount=180).standing == standing


def week(standing: Standing, done: int = 0) -> Measure:
    return Measure(DutyCode.POSTS, standing, done, 1)


WEEKS = [week(Standing.RUNNING), *[week(Standing.BREACHED)] * 3, week(Standing.MET, 2), week(Standing.IDLE, 1)]


@pytest.mark.strategy("C4")
def test_merging_is_advised_with_figures_after_so_many_breaches():
    main = [week(Standing.MET, 6)] * 2

    advice = advising.advise_merging(WEEKS, [], main_posts=main, limit=3)

    assert advice is not None
    assert (advice.posts.breached, advice.posts.weeks, advice.posts.per_week) == (3, 4, 0.5)
    assert advice.main_posts.per_week == 6
    assert advice.answers.share is None
    assert advising.advise_merging(WEEKS, [], main_posts=main, limit=4) is None
    assert advising.advise_merging(WEEKS, [], main_posts=main, limit=0) is None


@pytest.mark.parametrize(
    ("now", "limit", "steps"),
    [
        (week(Standing.MET), 1, []),
        (week(Standing.SOON), 1, [AlarmStep.REMINDER]),
        (week(Standing.BREACHED), 4, [AlarmStep.BREACH]),
        (week(Standing.BREACHED), 3, [AlarmStep.BREACH, AlarmStep.ESCALATION]),
        (Measure(DutyCode.ROUNDS, Standing.BREACHED, 3, 4, due_at=on(10)), 1, []),
    ],
    ids=["kept", "before", "once", "again-and-again", "mended"],
)
def test_more_are_told_the_longer_it_lasts(now, limit, steps):
    assert advising.steps(now, WEEKS, limit=limit, at=on(9)) == steps


def test_the_clocks_are_put_forward_in_the_middle_of_a_week():
    spring = Week(date(2026, 3, 23), OSLO)

    assert spring.ends_at - spring.starts_at == timedelta(days=7)
    assert spring.ends_at.astimezone(UTC) - spring.starts_at.astimezone(UTC) == timedelta(days=7, hours=-1)
