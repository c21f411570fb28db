"""From what people write to the queue: what opens, what stops a clock, what raises an alarm."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from tests.inbox.conftest import audited
from torg.dialogue.types import What
from torg.inbox.models import Alarm, Clock, ClockFact, Enquiry
from torg.inbox.types import Band, ClosedBecause, EnquiryState, FactKind, Outcome, WaitingFor


@pytest.mark.strategy("A2")
def test_a_question_opens_an_enquiry_with_a_deadline(house, at):
    enquiry = house.asked(at)

    assert (enquiry.state, enquiry.waiting_for, enquiry.unit) == (EnquiryState.OPEN, WaitingFor.US, house.unit)
    assert enquiry.due_at == at + timedelta(hours=2)


def test_a_remark_opens_an_enquiry_without_a_deadline(house, at):
    enquiry = house.asked(at, "Fint bilde!", is_question=False)

    assert (enquiry.state, enquiry.due_at, enquiry.band) == (EnquiryState.OPEN, None, Band.REST)


def test_a_private_message_always_waits_for_an_answer(house, at):
    enquiry = house.asked(at, "Hei", kind="PRIVATE", is_question=False)

    assert enquiry.due_at == at + timedelta(hours=2)


def test_the_same_batch_twice_changes_nothing(house, at):
    item = house.item(house.thread(), at)
    first = house.takes_in(item)

    second = house.takes_in(item)

    assert (second.due_at, ClockFact.objects.count(), Clock.objects.count()) == (first.due_at, 1, 1)


def test_thank_you_after_the_answer_starts_no_clock(house, at):
    enquiry = house.asked(at, kind="PRIVATE")
    own = house.item(enquiry.thread, at + timedelta(minutes=5), "Vi åpner ti.", is_own=True)
    house.takes_in(own)

    thanks = house.item(enquiry.thread, at + timedelta(minutes=9), "Takk!")
    enquiry = house.takes_in(thanks, is_question=False)

    assert (enquiry.due_at, enquiry.state) == (None, EnquiryState.OPEN)


def test_an_answer_from_elsewhere_stops_the_clock_as_outside(house, at):
    enquiry = house.asked(at)

    enquiry = house.takes_in(house.item(enquiry.thread, at + timedelta(minutes=30), "Ti.", is_own=True))

    clock = Clock.objects.get()
    assert (clock.outcome, clock.stopped_by) == (Outcome.MET, FactKind.OUTSIDE)
    assert (enquiry.waiting_for, enquiry.due_at) == (WaitingFor.THEM, None)


def test_the_echo_of_our_own_application_is_not_outside(house, at):
    enquiry = house.asked(at, kind="PRIVATE")

    house.takes_in(house.item(enquiry.thread, at + timedelta(minutes=5), is_own=True), what=What.ECHO)

    assert Clock.objects.get().outcome == Outcome.RUNNING


def test_what_its_author_deletes_before_the_answer_is_withdrawn_and_closed(house, at):
    enquiry = house.asked(at)
    item = enquiry.thread.items.get()
    item.platform_state, item.state_at = "DELETED_BY_AUTHOR", at + timedelta(minutes=5)
    item.save()

    enquiry = house.takes_in(item, what=What.REMOVED)

    assert Clock.objects.get().outcome == Outcome.WITHDRAWN
    assert (enquiry.state, enquiry.closed_because) == (EnquiryState.CLOSED, ClosedBecause.WITHDRAWN)


def test_hiding_does_not_stop_the_clock(house, at):
    enquiry = house.asked(at)
    item = enquiry.thread.items.get()
    item.platform_state = "HIDDEN_BY_US"
    item.save()

    house.takes_in(item, what=What.STATE)

    assert Clock.objects.get().outcome == Outcome.RUNNING


def test_history_raises_nothing(house, at):
    enquiry = house.takes_in(house.item(house.thread(), at), is_history=True, is_danger=True)

    assert (enquiry.state, enquiry.closed_because) == (EnquiryState.CLOSED, ClosedBecause.HISTORY)
    assert (Clock.objects.count(), Alarm.objects.count()) == (0, 0)


def test_a_new_question_opens_a_closed_enquiry_again(house, at):
    enquiry = house.asked(at)
    enquiry.close(ClosedBecause.NO_ANSWER_NEEDED, by=house.officer, at=at)
    enquiry.save()

    enquiry = house.takes_in(house.item(enquiry.thread, at + timedelta(hours=1)))

    assert (enquiry.state, enquiry.version) == (EnquiryState.OPEN, 3)


def test_our_own_comment_alone_makes_no_enquiry(house, at):
    house.takes_in(house.item(house.thread(), at, "Velkommen!", is_own=True))

    assert Enquiry.objects.count() == 0


def test_what_is_written_in_a_merged_thread_is_taken_in_where_it_lives_on(house, at):
    old, new = house.asked(at), house.asked(at)
    Enquiry.objects.filter(pk=old.pk).update(
        state="CLOSED", closed_at=at, closed_because="MERGED", merged_into=new, waiting_for="THEM"
    )

    house.takes_in(house.item(old.thread, at + timedelta(minutes=3)))

    old.refresh_from_db(), new.refresh_from_db()
    assert (old.state, new.facts.count()) == (EnquiryState.CLOSED, 2)


def test_without_answering_hours_nothing_is_lost_and_the_problem_is_shown(house, at):
    from torg.people.models import CalendarRow

    CalendarRow.objects.all().delete()

    enquiry = house.asked(at)

    assert enquiry.state == EnquiryState.OPEN
    assert enquiry.deadline_problem
    assert Clock.objects.count() == 0


def test_danger_goes_first_and_alarms_the_first_on_duty_at_any_hour(house, on_duty, at):
    night = at + timedelta(hours=14)

    enquiry = house.asked(night, "Jeg orker ikke mer", is_danger=True)
    house.takes_in(enquiry.thread.items.get(), is_danger=True)

    assert enquiry.band == Band.DANGER
    assert [alarm.person for alarm in Alarm.objects.all()] == [on_duty.first]
    assert audited("inbox.alarm.raised") == 1


def test_danger_with_nobody_on_duty_alarms_the_editors(house, at):
    house.asked(at, "Jeg orker ikke mer", is_danger=True)

    assert [alarm.person for alarm in Alarm.objects.all()] == [house.officer]


def test_browsers_are_told_once_for_a_batch_with_ids_only(house, at, django_capture_on_commit_callbacks):
    canary = "kanarifugl"
    heard = []
    with connection.execute_wrapper(
        lambda run, sql, params, many, ctx: (heard.append((sql, params)), run(sql, params, many, ctx))[1]
    ):
        house.asked(at, canary)

    told = [json.loads(params[1]) for sql, params in heard if "pg_notify" in str(sql) and params[0] == "torg_live"]
    assert told == [{"scope": str(house.scope_id), "kind": "enquiries", "count": 1}]


@pytest.mark.parametrize("text", ["\u202eabc", "a" * 60000, "😀" * 500, "<script>alert(1)</script>", "' OR 1=1 --"])
def test_any_text_is_taken_in(house, at, text):
    assert house.asked(at, text).state == EnquiryState.OPEN


def test_recomputing_from_facts_gives_the_same(house, at):
    from torg.inbox import commands

    house.asked(at)

    assert commands.recompute(at=at + timedelta(hours=5)) == []


def test_changed_hours_move_open_deadlines_and_are_logged_but_leave_ended_ones(house, at):
    from torg.inbox import commands
    from torg.people.models import CalendarRow

    open_one, done = house.asked(at), house.asked(at)
    house.takes_in(house.item(done.thread, at + timedelta(minutes=30), "Ti.", is_own=True))
    later = {"time_zone": "Europe/Oslo", "holidays": "NO", "week": {"tue": [["12:00", "15:30"]]}}
    CalendarRow.objects.update(until_at=at + timedelta(minutes=40))
    CalendarRow.objects.create(kind="ANSWERING", from_at=at + timedelta(minutes=40), definition=later)

    commands.recompute(at=at + timedelta(hours=1))

    assert Clock.objects.get(enquiry=open_one).due_at == at + timedelta(hours=4)
    assert Clock.objects.get(enquiry=done).due_at == at + timedelta(hours=2)
    assert audited("inbox.clocks.recomputed") == 1
