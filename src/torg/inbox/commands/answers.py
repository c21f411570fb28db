"""Answering: sending, asking for approval, approving, sending back, taking back, and what became of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.inbox import answering, clocks, events, live, loading, outcomes, policies, promising, queries
from torg.inbox.models import Answer, ClockFact, Enquiry
from torg.inbox.types import (
    SENDING,
    AnswerKind,
    AnswerState,
    Change,
    FactKind,
    OfflineMeans,
    Reply,
    WaitingFor,
)
from torg.outbox import commands as outbox
from torg.outbox.types import Sent
from torg.people.models import Person


@transaction.atomic
def answer(*, enquiry_id: UUID, reply: Reply, by: Person, at: datetime) -> Answer:
    """Answer on behalf of the municipality (svare), or ask for approval where the person may not answer alone.

    Nothing is sent here: the outbox does it, and the clock stops when the platform has confirmed.

    Raises NotAllowed for those who only read, Stale when the enquiry is not as the person saw it, WayClosed when
    the window has closed or the connection is lost, NeedsConfirmation for what the check found.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_submit(by, scope_id=enquiry.scope_id, at=at)
    loading.check_not_merged(enquiry)
    loading.check_seen(enquiry, reply.seen_version)
    item = answering.target_of(enquiry, reply)
    way = answering.way_for(enquiry, reply.kind, item, at=at)
    answering.check_way(way)
    answering.check_text(enquiry, reply, way, by=by, at=at)
    _check_new_date(reply, at)

    setting = queries.setting_for(enquiry.scope_id)
    if policies.needs_approval(by, scope_id=enquiry.scope_id, setting=setting, at=at):
        written = answering.write(enquiry, reply, item, state=AnswerState.WAITING, by=by, at=at)
        enquiry.waiting_for, event = WaitingFor.APPROVAL, events.ANSWER_SUBMITTED
    else:
        written = answering.write(enquiry, reply, item, state=AnswerState.PLANNED, by=by, at=at)
        answering.send(written, enquiry, setting=setting, at=at)
        event = events.ANSWER_PLANNED
    loading.save(enquiry, Change.ANSWER)
    role = queries.role_of(by, enquiry.scope_id, at=at)
    facts: dict[str, int | str] = {"kind": written.kind, "remarks": len(reply.confirmed), "role": role}
    audit.record(
        event,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=written,
        at=at,
        facts=facts,
    )
    return written


@transaction.atomic
def approve_answer(*, answer_id: UUID, seen_version: int, by: Person, at: datetime) -> Answer:
    """Approve a waiting answer, as somebody other than its writer; it is sent as it stands.

    Raises NotAllowed, InvalidTransition when it no longer waits, Stale, WayClosed.
    """
    enquiry, waiting = _locked(answer_id, by=by, at=at)
    setting = queries.setting_for(enquiry.scope_id)
    policies.check_can_decide(by, waiting, setting=setting, at=at)
    _check_waits(waiting)
    loading.check_seen(enquiry, seen_version)
    answering.check_way(answering.way_for(enquiry, AnswerKind(waiting.kind), waiting.item, at=at))
    waiting.decided_by, waiting.decided_at = by, at
    answering.send(waiting, enquiry, setting=setting, at=at)
    loading.save(enquiry, Change.ANSWER)
    audit.record(
        events.ANSWER_APPROVED,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=waiting,
        at=at,
    )
    return waiting


@transaction.atomic
def reject_answer(*, answer_id: UUID, because: str, by: Person, at: datetime) -> Answer:
    """Send a waiting answer back with a reason; it is not edited, its writer writes a new one.

    Raises NotAllowed, InvalidTransition when it no longer waits, Invalid without a reason.
    """
    enquiry, waiting = _locked(answer_id, by=by, at=at)
    policies.check_can_decide(by, waiting, setting=queries.setting_for(enquiry.scope_id), at=at)
    _check_waits(waiting)
    if not because.strip():
        raise Invalid(_("Say what should be different, so that your colleague can rewrite it."), field="because")
    waiting.move_to(AnswerState.REJECTED)
    waiting.decided_by, waiting.decided_at, waiting.rejected_because = by, at, because.strip()
    waiting.save()
    enquiry.waiting_for = WaitingFor.US
    loading.save(enquiry, Change.ANSWER)
    audit.record(
        events.ANSWER_REJECTED,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=waiting,
        at=at,
    )
    return waiting


@transaction.atomic
def withdraw_answer(*, answer_id: UUID, by: Person, at: datetime) -> Answer:
    """Take an answer back before it is sent (angre), or one that waits for approval.

    Raises InvalidTransition once it is on its way.
    """
    enquiry, taken = _locked(answer_id, by=by, at=at)
    policies.check_can_withdraw(by, taken, at=at)
    if taken.state == AnswerState.WAITING:
        taken.move_to(AnswerState.SUPERSEDED)
        enquiry.waiting_for = WaitingFor.US
    else:
        taken.move_to(AnswerState.WITHDRAWN)
        if taken.act_id is not None:
            outbox.withdraw(act_id=taken.act_id, by=by, at=at)
    taken.save()
    promising.cancel_of(taken, at=at)
    loading.save(enquiry, Change.ANSWER)
    audit.record(
        events.ANSWER_WITHDRAWN,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=taken,
        at=at,
    )
    return taken


@transaction.atomic
def retry_answer(*, answer_id: UUID, by: Person, at: datetime) -> Answer:
    """Try an answer again that could not be sent; where nobody knows what became of it, the outbox looks first.

    Raises NotAllowed, WayClosed when the way has closed meanwhile, InvalidTransition when it is on its way or sent.
    """
    enquiry, failed = _locked(answer_id, by=by, at=at)
    policies.check_can_answer(by, scope_id=enquiry.scope_id, at=at)
    if failed.act_id is None:
        raise InvalidTransition(_("This answer was never sent. Write a new one."))
    # A comment keeps the way that it had; a message's window may have closed.
    if failed.kind == AnswerKind.MESSAGE:
        answering.check_way(answering.way_for(enquiry, AnswerKind.MESSAGE, failed.item, at=at))
    outbox.retry(act_id=failed.act_id, by=by, at=at)
    loading.save(enquiry, Change.ANSWER)
    audit.record(
        events.ANSWER_RETRIED,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=failed,
        at=at,
    )
    return failed


@transaction.atomic
def settle_answer(*, answer_id: UUID, external_id: str | None, by: Person, at: datetime) -> Answer:
    """Say what a person found on the platform, of an answer that nobody knows the end of.

    Args:
        answer_id: the answer's public id.
        external_id: what it became there; None when it is not there, and may be sent again.
        by: who looked.
        at: now.

    Raises NotAllowed, InvalidTransition when it is not uncertain.
    """
    enquiry, unsure = _locked(answer_id, by=by, at=at)
    policies.check_can_answer(by, scope_id=enquiry.scope_id, at=at)
    if unsure.act_id is None or unsure.state != AnswerState.UNCONFIRMED:
        raise InvalidTransition(_("What became of this answer is known. Load the page again."))
    outbox.settle(act_id=unsure.act_id, external_id=external_id, by=by, at=at)
    audit.record(
        events.ANSWER_SETTLED,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=unsure,
        at=at,
        facts={"is_there": int(external_id is not None)},
    )
    return unsure


@transaction.atomic
def note_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = SENDING) -> None:
    """Note what the outbox tells of an answer; a confirmed one stops the clock, at the time it was sent.

    Args:
        subject_id: the answer's public id.
        act: the act as the outbox has it now.
        at: now.
        by: the rule that acts.
    """
    found = Answer.objects.filter(public_id=subject_id).first()
    if found is None:
        return
    rows = Enquiry.objects.select_related("thread").select_for_update(of=("self",))
    enquiry = rows.get(pk=found.enquiry_id)
    told = Answer.objects.select_for_update().get(pk=found.pk)
    if not outcomes.note(told, act):
        return
    if told.state == AnswerState.CONFIRMED and not told.is_automatic:
        outcomes.answered(told, enquiry, at=at)
    elif told.state == AnswerState.WITHDRAWN:
        promising.cancel_of(told, at=at)
    enquiry.place()
    enquiry.save()
    live.tell(enquiry)
    facts = {"state": told.state}
    audit.record(
        events.ANSWER_OUTCOME,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=told,
        at=at,
        facts=facts,
    )


@transaction.atomic
def answer_offline(
    *,
    enquiry_id: UUID,
    means: OfflineMeans,
    text: str = "",
    answered_at: datetime | None = None,
    by: Person,
    at: datetime,
) -> Answer:
    """Note that somebody was answered by phone, letter or in person (`answered_at`, else now); it stops the clock.

    Raises NotAllowed, Invalid for a time in the future or before the question.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_answer(by, scope_id=enquiry.scope_id, at=at)
    loading.check_not_merged(enquiry)
    when = answered_at or at
    if when > at or (enquiry.first_unanswered_at is not None and when < enquiry.first_unanswered_at):
        raise Invalid(_("Give a time between the question and now."), field="answered_at")
    reply = Reply(AnswerKind.OFFLINE, text, enquiry.version)
    given = answering.write(enquiry, reply, None, state=AnswerState.CONFIRMED, by=by, at=at)
    given.means, given.sent_at = means, when
    given.save(update_fields=["means", "sent_at"])
    ClockFact.objects.create(enquiry=enquiry, kind=FactKind.OFFLINE, at=when, known_at=at, answer_id=given.public_id)
    clocks.settle([enquiry], at=at)
    enquiry.waiting_for = WaitingFor.THEM
    loading.save(enquiry, Change.ANSWER)
    facts = {"means": means.value}
    audit.record(
        events.ANSWERED_OFFLINE,
        actor=by,
        scope=enquiry.scope_id,
        is_sealed=queries.is_secret(enquiry.scope_id),
        target=given,
        at=at,
        facts=facts,
    )
    return given


def _locked(answer_id: UUID, *, by: Person, at: datetime) -> tuple[Enquiry, Answer]:
    """The answer with its enquiry, locked in the order that all commands lock in: the enquiry first."""
    found = Answer.objects.visible_to(by, at=at).filter(public_id=answer_id).select_related("enquiry").first()
    if found is None:
        raise NotFound(_("There is no such answer."))
    enquiry = loading.enquiry_for_change(enquiry_id=found.enquiry.public_id, by=by, at=at)
    return enquiry, Answer.objects.select_for_update(of=("self",)).select_related("item", "written_by").get(pk=found.pk)


def _check_waits(waiting: Answer) -> None:
    if waiting.state != AnswerState.WAITING:
        raise InvalidTransition(_("This answer no longer waits for approval. Load the page again."))


def _check_new_date(reply: Reply, at: datetime) -> None:
    if reply.new_due_at is not None and reply.new_due_at <= at:
        raise Invalid(_("The new date must lie ahead."), field="new_due_at")
