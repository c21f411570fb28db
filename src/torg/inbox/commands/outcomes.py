"""What became of an answer: as the outbox tells it, and what people do where it went wrong."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.inbox import answering, audit, events, live, loading, outcomes, policies, promising
from torg.inbox.models import Answer, Enquiry
from torg.inbox.types import SENDING, AnswerKind, AnswerState, Change
from torg.outbox import commands as outbox
from torg.outbox.types import Sent
from torg.people.models import Person


@transaction.atomic
def retry_answer(*, answer_id: UUID, by: Person, at: datetime) -> Answer:
    """Try an answer again that could not be sent; where nobody knows what became of it, the outbox looks first.

    Raises NotAllowed, WayClosed when the way has closed meanwhile, InvalidTransition when it is on its way or sent.
    """
    enquiry, failed = loading.answer_for_change(answer_id=answer_id, by=by, at=at)
    policies.check_can_answer(by, scope_id=enquiry.scope_id, at=at)
    if failed.act_id is None:
        raise InvalidTransition(_("This answer was never sent. Write a new one."))
    # A comment keeps the way that it had; a message's window may have closed.
    if failed.kind == AnswerKind.MESSAGE:
        answering.check_way(answering.way_for(enquiry, AnswerKind.MESSAGE, failed.item, at=at))
    outbox.retry(act_id=failed.act_id, by=by, at=at)
    loading.save(enquiry, Change.ANSWER)
    audit.record(events.ANSWER_RETRIED, actor=by, scope=enquiry.scope_id, target=failed, at=at)
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
    enquiry, unsure = loading.answer_for_change(answer_id=answer_id, by=by, at=at)
    policies.check_can_answer(by, scope_id=enquiry.scope_id, at=at)
    if unsure.act_id is None or unsure.state != AnswerState.UNCONFIRMED:
        raise InvalidTransition(_("What became of this answer is known. Load the page again."))
    outbox.settle(act_id=unsure.act_id, external_id=external_id, by=by, at=at)
    audit.record(
        events.ANSWER_SETTLED,
        actor=by,
        scope=enquiry.scope_id,
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
    found = Answer.objects.filter(public_id=subject_id).select_related("enquiry").first()
    if found is None:
        return
    rows = Enquiry.objects.select_related("thread").select_for_update(of=("self",))
    enquiry = rows.get(pk=found.enquiry.merged_into_id or found.enquiry_id)
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
    audit.record(events.ANSWER_OUTCOME, actor=by, scope=enquiry.scope_id, target=told, at=at, facts=facts)
