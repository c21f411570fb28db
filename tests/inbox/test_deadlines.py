"""The rules of the deadline clock, on facts alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from torg.core.calendar import WorkingCalendar
from torg.inbox.deadlines import Fact, Terms, fold
from torg.inbox.types import ClockReason, FactKind, Outcome

WEEK = {day: [["08:00", "15:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDAR = {"time_zone": "Europe/Oslo", "holidays": "NO", "week": WEEK}
LATER_CALENDAR = {**CALENDAR, "week": {day: [["12:00", "15:30"]] for day in WEEK}}


class Book:
    """Two hours for all, one hour for unit 2; a rule can count closed time."""

    def __init__(self, definition=CALENDAR, within="2h", counts_closed_time=False):
        self.definition, self.within, self.counts = definition, within, counts_closed_time

    def terms(self, *, unit_id, asked_at):
        if self.within is None:
            return None
        within = "1h" if unit_id == 2 else self.within
        calendar = WorkingCalendar.from_json(self.definition)
        return Terms(within, calendar, self.definition, counts_closed_time=self.counts)


def clock(text, day=10):
    """A time on a day in March 2026, in Norway (winter time)."""
    hour, minute = text.split(":")
    return datetime(2026, 3, day, int(hour) - 1, int(minute), tzinfo=UTC)


def asked(at, item=1, known=None):
    return Fact(FactKind.ASKED, at, known or at, item_id=item)


def answered(at, written=None, item=None):
    return Fact(FactKind.ANSWERED, at, written or at, item_id=item)


def run(*facts, book=None, unit=1, kept=None):
    return fold(facts, book or Book(), unit_id=unit, kept=kept)


@pytest.mark.strategy("B8")
def test_a_question_is_due_after_working_time():
    [wait] = run(asked(clock("10:00"))).waits

    assert (wait.due_at, wait.outcome) == (clock("12:00"), Outcome.RUNNING)


def test_later_messages_do_not_move_the_deadline():
    folded = run(asked(clock("10:00")), asked(clock("11:00"), item=2), asked(clock("11:30"), item=3))

    assert [wait.due_at for wait in folded.waits] == [clock("12:00")]
    assert folded.unanswered_since == clock("10:00")


@pytest.mark.parametrize("kind", [FactKind.ANSWERED, FactKind.OUTSIDE, FactKind.OFFLINE])
def test_every_kind_of_answer_stops_the_clock_and_is_named(kind):
    [wait] = run(asked(clock("10:00")), Fact(kind, clock("11:00"), clock("11:00"))).waits

    assert (wait.outcome, wait.stopped_by, wait.used_seconds) == (Outcome.MET, kind, 3600)


def test_answered_exactly_at_the_deadline_is_in_time():
    [wait] = run(asked(clock("10:00")), answered(clock("12:00"))).waits

    assert wait.outcome == Outcome.MET


def test_a_minute_past_the_deadline_is_too_late():
    [wait] = run(asked(clock("10:00")), answered(clock("12:01"))).waits

    assert (wait.outcome, wait.used_seconds) == (Outcome.MISSED, 121 * 60)


def test_missed_and_answered_between_two_looks_is_still_missed():
    facts = [asked(clock("10:00")), answered(clock("12:01")), asked(clock("12:02"), item=2)]

    assert [wait.outcome for wait in run(*facts).waits] == [Outcome.MISSED, Outcome.RUNNING]


def test_a_question_that_its_author_deletes_is_withdrawn_and_neither_met_nor_missed():
    folded = run(asked(clock("10:00")), Fact(FactKind.WITHDRAWN, clock("13:00"), clock("13:00"), item_id=1))

    assert [wait.outcome for wait in folded.waits] == [Outcome.WITHDRAWN]
    assert folded.unanswered_since is None


def test_when_the_first_question_is_withdrawn_the_next_one_counts():
    first, second = asked(clock("10:00")), asked(clock("10:30"), item=2)

    folded = run(first, second, Fact(FactKind.WITHDRAWN, clock("11:00"), clock("11:00"), item_id=1))

    assert folded.waits[1].reason == ClockReason.NEXT
    assert folded.waits[1].due_at == clock("12:30")


def test_a_late_delivery_starts_when_it_was_written_and_says_when_it_was_known():
    [wait] = run(asked(clock("10:00"), known=clock("13:00"))).waits

    assert (wait.started_at, wait.known_at, wait.due_at) == (clock("10:00"), clock("13:00"), clock("12:00"))


def test_a_platform_time_in_the_future_is_held_to_when_we_got_it():
    [wait] = run(asked(clock("18:00", day=20), known=clock("10:00"))).waits

    assert wait.started_at == clock("10:00")


def test_an_answer_earlier_than_the_question_uses_nothing():
    # The platform's clock is ahead of ours: the answer was written after the question was known.
    [wait] = run(asked(clock("10:00")), answered(clock("10:00"), written=clock("10:00"))).waits

    assert (wait.outcome, wait.used_seconds) == (Outcome.MET, 0)


def test_asked_and_answered_while_closed_uses_no_working_time():
    [wait] = run(asked(clock("20:00")), answered(clock("21:00"))).waits

    assert (wait.outcome, wait.used_seconds) == (Outcome.MET, 0)


def test_a_rule_can_count_closed_time_in_full():
    book = Book(counts_closed_time=True)

    [wait] = run(asked(clock("20:00")), answered(clock("21:00")), book=book).waits

    assert wait.used_seconds == 3600


def test_what_came_in_while_an_answer_was_on_its_way_is_not_answered_by_it():
    facts = [asked(clock("10:00")), asked(clock("10:31"), item=2), answered(clock("10:32"), written=clock("10:30"))]

    folded = run(*facts)

    assert [wait.outcome for wait in folded.waits] == [Outcome.MET, Outcome.RUNNING]
    assert folded.waits[1].started_at == clock("10:31")


def test_a_new_question_after_the_answer_gets_a_clock_of_its_own():
    folded = run(asked(clock("10:00")), answered(clock("10:30")), asked(clock("11:00"), item=2))

    assert [wait.due_at for wait in folded.waits] == [clock("12:00"), clock("13:00")]


def test_a_new_question_opens_a_closed_enquiry_with_a_new_clock():
    closed = Fact(FactKind.CLOSED, clock("10:30"), clock("10:30"))

    folded = run(asked(clock("10:00")), closed, asked(clock("11:00"), item=2))

    assert [wait.outcome for wait in folded.waits] == [Outcome.DROPPED, Outcome.RUNNING]
    assert (folded.waits[1].reason, folded.waits[1].started_at) == (ClockReason.REOPENED, clock("11:00"))


def test_closing_and_opening_again_wins_no_time():
    facts = [
        Fact(kind, clock(at), clock(at)) for kind, at in [(FactKind.CLOSED, "11:00"), (FactKind.REOPENED, "14:00")]
    ]

    folded = run(asked(clock("10:00")), *facts)

    assert (folded.waits[1].started_at, folded.waits[1].due_at) == (clock("10:00"), clock("12:00"))


def test_opened_again_after_an_answer_counts_from_then():
    reopened = Fact(FactKind.REOPENED, clock("13:00"), clock("13:00"))

    folded = run(asked(clock("10:00")), answered(clock("10:30")), reopened)

    assert (folded.waits[1].reason, folded.waits[1].due_at) == (ClockReason.REOPENED, clock("15:00"))


def test_moved_to_another_unit_takes_that_units_rule_and_keeps_the_start():
    moved = Fact(FactKind.MOVED, clock("10:30"), clock("10:30"), unit_id=2)

    folded = run(asked(clock("10:00")), moved)

    assert (folded.waits[1].reason, folded.waits[1].started_at) == (ClockReason.MOVED, clock("10:00"))
    assert folded.waits[1].due_at == clock("11:00")


def test_merging_keeps_the_earliest_start():
    merged = Fact(FactKind.MERGED_IN, clock("11:00"), clock("11:00"), start_at=clock("09:00"))

    folded = run(asked(clock("10:00")), merged)

    assert [wait.outcome for wait in folded.waits] == [Outcome.DROPPED, Outcome.RUNNING]
    assert (folded.waits[1].reason, folded.waits[1].due_at) == (ClockReason.MERGED, clock("11:00"))


def test_merging_a_later_question_leaves_the_running_clock():
    merged = Fact(FactKind.MERGED_IN, clock("11:00"), clock("11:00"), start_at=clock("10:30"))

    assert len(run(asked(clock("10:00")), merged).waits) == 1


@pytest.mark.strategy("B8")
def test_an_interim_answer_ends_the_first_clock_and_runs_to_the_new_date():
    new_date = clock("15:00", day=20)
    interim = Fact(FactKind.INTERIM, clock("11:00"), clock("11:00"), due_at=new_date)

    folded = run(asked(clock("10:00")), interim)

    assert [wait.outcome for wait in folded.waits] == [Outcome.MET, Outcome.RUNNING]
    assert (folded.waits[1].reason, folded.waits[1].due_at) == (ClockReason.INTERIM, new_date)


def test_the_final_answer_to_a_complex_question_is_measured_by_the_new_date():
    interim = Fact(FactKind.INTERIM, clock("11:00"), clock("11:00"), due_at=clock("15:00", day=20))

    folded = run(asked(clock("10:00")), interim, answered(clock("14:00", day=20)))

    assert [wait.outcome for wait in folded.waits] == [Outcome.MET, Outcome.MET]


def test_an_echo_of_our_own_answer_is_no_answer_outside():
    echo = Fact(FactKind.OUTSIDE, clock("11:00"), clock("11:01"), item_id=9)

    [wait] = run(asked(clock("10:00")), echo, answered(clock("11:00"), written=clock("10:50"), item=9)).waits

    assert wait.stopped_by == FactKind.ANSWERED


def test_no_rule_means_no_clock_but_still_somebody_unanswered():
    folded = run(asked(clock("10:00")), book=Book(within=None))

    assert (folded.waits, folded.unanswered_since) == ((), clock("10:00"))


def test_facts_in_any_order_give_the_same_waits():
    facts = [
        asked(clock("10:00")),
        asked(clock("10:30"), item=2),
        answered(clock("11:00")),
        asked(clock("13:00"), item=3),
    ]

    assert run(*facts).waits == run(*reversed(facts)).waits


def test_ended_waits_keep_the_hours_they_were_counted_by():
    facts = [asked(clock("10:00")), answered(clock("11:00")), asked(clock("13:00"), item=2)]
    kept = {1: Book().terms(unit_id=1, asked_at=clock("10:00"))}

    folded = run(*facts, book=Book(definition=LATER_CALENDAR), kept=kept)

    assert folded.waits[0].due_at == clock("12:00")
    assert folded.waits[1].due_at == clock("15:00")


def test_hours_changed_later_move_the_open_deadline():
    [wait] = run(asked(clock("10:00")), book=Book(definition=LATER_CALENDAR)).waits

    assert wait.due_at == clock("14:00")


def test_summer_hours_win_over_the_week():
    summer = {
        **CALENDAR,
        "ranges": [{"from": "2026-05-15", "to": "2026-09-14", "week": {d: [["08:00", "15:00"]] for d in WEEK}}],
    }
    asked_at = datetime(2026, 6, 2, 12, 30, tzinfo=UTC)

    [wait] = run(asked(asked_at), book=Book(definition=json.loads(json.dumps(summer)), within="1h")).waits

    assert wait.due_at == datetime(2026, 6, 3, 6, 30, tzinfo=UTC)


@pytest.mark.strategy("C2")
def test_a_day_rule_counts_working_days():
    [wait] = run(asked(clock("10:00", day=13)), book=Book(within="1d")).waits

    assert wait.due_at.date() == (clock("10:00", day=13) + timedelta(days=3)).date()


def test_a_deletion_dated_before_its_question_still_withdraws_it():
    gone = Fact(FactKind.WITHDRAWN, clock("09:59"), clock("10:05"), item_id=1)

    assert run(asked(clock("10:00")), gone).waits == ()
