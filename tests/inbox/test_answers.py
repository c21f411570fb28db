"""Answering: what is sent, what stops it, who approves, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from tests.inbox.conftest import audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound, Stale
from torg.inbox import commands
from torg.inbox.answering import NeedsConfirmation, WayClosed
from torg.inbox.models import Answer, Clock, Draft, InboxSetting, Promise
from torg.inbox.types import (
    AnswerKind,
    AnswerState,
    EnquiryState,
    OfflineMeans,
    Outcome,
    PromiseState,
    Reply,
    WaitingFor,
)
from torg.outbox.models import OutboxAct

GOOD = "Biblioteket åpner klokka ti.\nHilsen Siri"


def reply(enquiry, text=GOOD, kind=AnswerKind.PUBLIC_REPLY, **fields):
    return Reply(kind, text, enquiry.version, **fields)


def answer(house, enquiry, at, by=None, **fields):
    return commands.answer(
        enquiry_id=enquiry.public_id, reply=reply(enquiry, **fields), by=by or house.administrator, at=at
    )


def told(given, at, state="CONFIRMED", **fields):
    act = OutboxAct.objects.get(public_id=given.act_id).as_sent()
    known = {"state": state, "sending_at": at, "finished_at": at, "external_id": "ext-1", **fields}
    commands.note_outcome(subject_id=given.public_id, act=replace(act, **known), at=at)
    given.refresh_from_db()
    return given


def test_an_answer_is_planned_into_the_outbox_and_logged(house, at):
    enquiry = house.asked(at)

    given = answer(house, enquiry, at)

    act = OutboxAct.objects.get()
    assert (given.state, act.subject_id, act.kind) == (AnswerState.PLANNED, given.public_id, "reply")
    assert act.payload["act"]["target_id"] == enquiry.thread.items.get().external_id
    assert act.next_attempt_at == at + timedelta(seconds=10)
    assert audited("inbox.answer.planned") == 1


@pytest.mark.strategy("B8")
def test_the_clock_runs_on_until_the_platform_confirms_and_stops_at_the_send_time(house, at):
    enquiry = house.asked(at)
    given = answer(house, enquiry, at + timedelta(minutes=10))
    assert Clock.objects.get().outcome == Outcome.RUNNING

    told(given, at + timedelta(minutes=11))

    clock = Clock.objects.get()
    assert (clock.outcome, clock.stopped_at) == (Outcome.MET, at + timedelta(minutes=11))
    enquiry.refresh_from_db()
    assert enquiry.waiting_for == WaitingFor.THEM


@pytest.mark.parametrize("state", ["FAILED", "REFUSED", "UNCONFIRMED"])
def test_an_answer_that_did_not_arrive_leaves_the_clock_running(house, at, state):
    enquiry = house.asked(at)

    given = told(answer(house, enquiry, at), at, state=state, error_reason="Nei", next_step="tell-a-person")

    assert (given.state, given.error_reason) == (state, "Nei")
    assert Clock.objects.get().outcome == Outcome.RUNNING


def test_an_answer_found_after_a_time_out_counts_from_when_it_was_sent(house, at):
    given = told(answer(house, house.asked(at), at), at, state="UNCONFIRMED")

    told(given, at + timedelta(minutes=5), sending_at=at + timedelta(minutes=1))

    assert Clock.objects.get().stopped_at == at + timedelta(minutes=1)


def test_an_outcome_told_twice_is_noted_once(house, at):
    given = told(answer(house, house.asked(at), at), at)

    told(given, at)

    assert audited("inbox.answer.outcome_noted") == 1


def test_the_collision_stop_says_what_changed(house, at):
    enquiry = house.asked(at)
    seen = reply(enquiry)
    commands.add_note(enquiry_id=enquiry.public_id, text="Jeg ringer henne", by=house.officer, at=at)

    with pytest.raises(Stale, match=r"notat|note"):
        commands.answer(enquiry_id=enquiry.public_id, reply=seen, by=house.administrator, at=at)

    assert not Answer.objects.exists()


def test_who_only_reads_cannot_answer(house, at):
    with pytest.raises(NotAllowed):
        answer(house, house.asked(at), at, by=house.leader)


def test_to_a_stranger_the_enquiry_does_not_exist(house, at):
    with pytest.raises(NotFound):
        answer(house, house.asked(at), at, by=house.stranger)


def test_the_text_of_an_answer_never_changes(house, at):
    given = answer(house, house.asked(at), at)

    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Answer.objects.filter(pk=given.pk).update(text="Noe annet")


def test_a_planned_answer_can_be_taken_back_and_promises_nothing(house, at):
    given = answer(house, house.asked(at), at, text="Vi svarer deg i morgen.\nHilsen Siri", confirmed={"promise"})

    commands.withdraw_answer(answer_id=given.public_id, by=house.administrator, at=at)

    given.refresh_from_db()
    assert given.state == AnswerState.WITHDRAWN
    assert OutboxAct.objects.get().state == "WITHDRAWN"
    assert Promise.objects.get().state == PromiseState.CANCELLED
    assert audited("inbox.answer.withdrawn") == 1


def test_a_sent_answer_cannot_be_taken_back(house, at):
    given = told(answer(house, house.asked(at), at), at)

    with pytest.raises(InvalidTransition):
        commands.withdraw_answer(answer_id=given.public_id, by=house.administrator, at=at)


def test_a_contributors_answer_waits_for_approval(house, at):
    enquiry = house.asked(at)

    waiting = answer(house, enquiry, at, by=house.contributor)

    enquiry.refresh_from_db()
    assert (waiting.state, enquiry.waiting_for) == (AnswerState.WAITING, WaitingFor.APPROVAL)
    assert not OutboxAct.objects.exists()
    assert audited("inbox.answer.submitted") == 1


def test_case_officers_need_approval_where_it_is_so_decided(house, at):
    InboxSetting.objects.create(scope_id=house.scope_id, case_officers_need_approval=True)

    assert answer(house, house.asked(at), at, by=house.case_officer).state == AnswerState.WAITING


def test_an_approved_answer_is_sent_as_it_stands(house, at):
    enquiry = house.asked(at)
    waiting = answer(house, enquiry, at, by=house.contributor)
    enquiry.refresh_from_db()

    sent = commands.approve_answer(
        answer_id=waiting.public_id, seen_version=enquiry.version, by=house.administrator, at=at
    )

    assert (sent.state, sent.decided_by) == (AnswerState.PLANNED, house.administrator)
    assert OutboxAct.objects.get().payload["act"]["text"] == GOOD
    assert audited("inbox.answer.approved") == 1


def test_nobody_approves_an_answer_of_their_own(house, at):
    enquiry = house.asked(at)
    waiting = answer(house, enquiry, at, by=house.contributor)

    with pytest.raises(NotAllowed):
        commands.approve_answer(answer_id=waiting.public_id, seen_version=2, by=house.contributor, at=at)


def test_a_rejected_answer_says_why_and_cannot_be_approved(house, at):
    enquiry = house.asked(at)
    waiting = answer(house, enquiry, at, by=house.contributor)

    commands.reject_answer(answer_id=waiting.public_id, because="Feil tid", by=house.administrator, at=at)

    enquiry.refresh_from_db()
    assert enquiry.waiting_for == WaitingFor.US
    with pytest.raises(InvalidTransition):
        commands.approve_answer(answer_id=waiting.public_id, seen_version=3, by=house.administrator, at=at)


def test_a_rejection_needs_a_reason(house, at):
    waiting = answer(house, house.asked(at), at, by=house.contributor)

    with pytest.raises(Invalid):
        commands.reject_answer(answer_id=waiting.public_id, because=" ", by=house.administrator, at=at)


def test_a_newer_answer_replaces_the_waiting_one_once_that_is_confirmed(house, at):
    enquiry = house.asked(at)
    waiting = answer(house, enquiry, at, by=house.contributor)
    enquiry.refresh_from_db()
    with pytest.raises(NeedsConfirmation):
        answer(house, enquiry, at)

    answer(house, enquiry, at, confirmed=frozenset({"answer_waits"}))

    waiting.refresh_from_db()
    assert waiting.state == AnswerState.SUPERSEDED


def test_the_check_stops_what_nobody_has_confirmed(house, at):
    enquiry = house.asked(at)

    with pytest.raises(NeedsConfirmation) as stopped:
        answer(house, enquiry, at, text="Vi ringer deg på 412 34 567 innen fredag.")

    codes = {remark.code for remark in stopped.value.remarks}
    assert codes == {"personal_data", "promise", "unsigned"}
    confirmed = frozenset(codes)
    assert answer(house, enquiry, at, text="Vi ringer deg på 412 34 567 innen fredag.", confirmed=confirmed)


def test_too_long_cannot_be_confirmed_away(house, at):
    with pytest.raises(NeedsConfirmation):
        answer(house, house.asked(at), at, text="å" * 8001, confirmed=frozenset({"too_long", "unsigned"}))


@pytest.mark.strategy("E1")
def test_a_promise_in_an_answer_is_remembered(house, at):
    text = "Vi kommer tilbake innen fredag.\nHilsen Siri"

    given = answer(house, house.asked(at), at, text=text, confirmed=frozenset({"promise"}))

    promise = Promise.objects.get()
    assert text[promise.passage_start : promise.passage_end] == "fredag"
    assert (promise.answer, promise.due_at.date().isoformat()) == (given, "2026-03-13")


def test_a_later_answer_keeps_the_promise(house, at):
    enquiry = house.asked(at)
    text = "Vi kommer tilbake innen fredag.\nHilsen Siri"
    told(answer(house, enquiry, at, text=text, confirmed=frozenset({"promise"})), at)
    enquiry.refresh_from_db()

    told(answer(house, enquiry, at + timedelta(days=1)), at + timedelta(days=1), external_id="ext-2")

    assert Promise.objects.get().state == PromiseState.KEPT


def test_a_closed_message_window_names_another_way(house, at):
    enquiry = house.asked(at, kind="PRIVATE")
    later = at + timedelta(days=8)

    with pytest.raises(WayClosed, match=r"."):
        answer(house, enquiry, later, kind=AnswerKind.MESSAGE)


def test_within_the_longer_window_a_person_may_still_answer(house, at):
    enquiry = house.asked(at, kind="PRIVATE")

    given = answer(house, enquiry, at + timedelta(days=3), kind=AnswerKind.MESSAGE)

    act = OutboxAct.objects.get().payload["act"]
    assert (given.state, act["is_human"], act["kind"]) == (AnswerState.PLANNED, True, "message")
    assert act["target_id"] == enquiry.thread.root_external_id


def test_a_comment_gets_one_private_reply(house, at):
    enquiry = house.asked(at)
    answer(house, enquiry, at, kind=AnswerKind.PRIVATE_REPLY)
    enquiry.refresh_from_db()

    with pytest.raises(WayClosed):
        answer(house, enquiry, at, kind=AnswerKind.PRIVATE_REPLY)


def test_a_dead_connection_blocks_sending_with_its_reason(house, at):
    enquiry = house.asked(at)
    house.connection.state = "NEEDS_RECONNECT"
    house.connection.save()

    with pytest.raises(WayClosed, match="Storvik"):
        answer(house, enquiry, at)


def test_a_message_cannot_be_sent_to_a_comment(house, at):
    with pytest.raises(WayClosed):
        answer(house, house.asked(at), at, kind=AnswerKind.MESSAGE)


def test_an_interim_answer_gives_a_new_date_and_waits_for_us(house, at):
    enquiry = house.asked(at)
    new_date = at + timedelta(days=7)

    told(answer(house, enquiry, at, new_due_at=new_date), at)

    enquiry.refresh_from_db()
    assert (enquiry.is_complex, enquiry.due_at, enquiry.waiting_for) == (True, new_date, WaitingFor.US)


def test_send_and_close_closes_when_the_platform_has_confirmed(house, at):
    enquiry = house.asked(at)

    told(answer(house, enquiry, at, closes=True), at)

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.CLOSED


def test_an_answer_by_phone_stops_the_clock(house, at):
    enquiry = house.asked(at)

    commands.answer_offline(
        enquiry_id=enquiry.public_id, means=OfflineMeans.PHONE, text="Ringt", by=house.administrator, at=at
    )

    assert Clock.objects.get().stopped_by == "OFFLINE"
    assert audited("inbox.answer.given_offline") == 1


def test_a_phone_call_before_the_question_is_refused(house, at):
    enquiry = house.asked(at)

    with pytest.raises(Invalid):
        commands.answer_offline(
            enquiry_id=enquiry.public_id,
            means=OfflineMeans.PHONE,
            answered_at=at - timedelta(hours=1),
            by=house.administrator,
            at=at,
        )


def test_the_confirmed_answers_echo_is_not_taken_for_an_answer_outside(house, at):
    enquiry = house.asked(at)
    told(answer(house, enquiry, at), at)

    house.takes_in(house.item(enquiry.thread, at, GOOD, is_own=True, external_id="ext-1"))

    assert Clock.objects.get().stopped_by == "ANSWERED"


def test_an_echo_that_comes_before_the_confirmation_is_ours_too(house, at):
    enquiry = house.asked(at)
    given = answer(house, enquiry, at)

    house.takes_in(house.item(enquiry.thread, at, GOOD, is_own=True, external_id="ext-1"))
    told(given, at)

    assert Clock.objects.get().stopped_by == "ANSWERED"


def test_a_draft_is_kept_until_the_answer_and_an_older_tab_does_not_win(house, at):
    enquiry = house.asked(at)
    draft = {"enquiry_id": enquiry.public_id, "kind": AnswerKind.PUBLIC_REPLY, "by": house.administrator, "at": at}
    commands.save_draft(text="Bib", version=0, **draft)
    commands.save_draft(text="Biblioteket", version=1, **draft)

    with pytest.raises(Stale):
        commands.save_draft(text="Noe gammelt", version=1, **draft)

    assert Draft.objects.get().text == "Biblioteket"
    assert audited("inbox.draft.begun") == 1
    answer(house, enquiry, at)
    assert not Draft.objects.exists()


def failed(house, at, state="FAILED"):
    given = answer(house, house.asked(at), at)
    fields = {"error_class": "NOT_THERE", "finished_at": at, "next_attempt_at": None}
    OutboxAct.objects.filter(public_id=given.act_id).update(state=state, attempts=1, **fields)
    return told(given, at, state=state)


def test_a_failed_answer_is_tried_again(house, at):
    given = failed(house, at)

    commands.retry_answer(answer_id=given.public_id, by=house.administrator, at=at)

    assert OutboxAct.objects.get().state == "PLANNED"
    assert audited("inbox.answer.retried") == 1


def test_what_a_person_found_settles_an_uncertain_answer(house, at):
    given = failed(house, at, state="UNCONFIRMED")
    found = {"answer_id": given.public_id, "external_id": "ext-9", "at": at}
    with pytest.raises(NotAllowed):
        commands.settle_answer(**found, by=house.leader)

    commands.settle_answer(**found, by=house.administrator)

    assert OutboxAct.objects.get().state == "CONFIRMED"
    assert audited("inbox.answer.settled") == 1
