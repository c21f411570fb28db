"""Answering: sending or asking for approval, taking back, and what was answered by phone, letter or in person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.inbox import answering, audit, clocks, events, loading, policies, promising, queries
from torg.inbox.models import Answer, ClockFact
from torg.inbox.types import AnswerKind, AnswerState, Change, FactKind, OfflineMeans, Reply, WaitingFor
from torg.outbox import commands as outbox
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
    facts: dict[str, int | str] = {"kind": written.kind, "remarks": len(reply.confirmed)}
    audit.record(event, actor=by, scope=enquiry.scope_id, target=written, at=at, facts=facts)
    return written


@transaction.atomic
def withdraw_answer(*, answer_id: UUID, by: Person, at: datetime) -> Answer:
    """Take an answer back before it is sent (angre), or one that waits for approval.

    Raises InvalidTransition once it is on its way.
    """
    enquiry, taken = loading.answer_for_change(answer_id=answer_id, by=by, at=at)
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
    audit.record(events.ANSWER_WITHDRAWN, actor=by, scope=enquiry.scope_id, target=taken, at=at)
    return taken


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
    audit.record(events.ANSWERED_OFFLINE, actor=by, scope=enquiry.scope_id, target=given, at=at, facts=facts)
    return given


def _check_new_date(reply: Reply, at: datetime) -> None:
    if reply.new_due_at is not None and reply.new_due_at <= at:
        raise Invalid(_("The new date must lie ahead."), field="new_due_at")
