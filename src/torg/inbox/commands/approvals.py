"""Approving an answer that waits, or sending it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition
from torg.inbox import answering, audit, events, loading, policies, queries
from torg.inbox.models import Answer
from torg.inbox.types import AnswerKind, AnswerState, Change, WaitingFor
from torg.people.models import Person


@transaction.atomic
def approve_answer(*, answer_id: UUID, seen_version: int, by: Person, at: datetime) -> Answer:
    """Approve a waiting answer, as somebody other than its writer; it is sent as it stands.

    Raises NotAllowed, InvalidTransition when it no longer waits, Stale, WayClosed.
    """
    enquiry, waiting = loading.answer_for_change(answer_id=answer_id, by=by, at=at)
    setting = queries.setting_for(enquiry.scope_id)
    policies.check_can_decide(by, waiting, setting=setting, at=at)
    _check_waits(waiting)
    loading.check_seen(enquiry, seen_version)
    answering.check_way(answering.way_for(enquiry, AnswerKind(waiting.kind), waiting.item, at=at))
    waiting.decided_by, waiting.decided_at = by, at
    answering.send(waiting, enquiry, setting=setting, at=at)
    loading.save(enquiry, Change.ANSWER)
    audit.record(events.ANSWER_APPROVED, actor=by, scope=enquiry.scope_id, target=waiting, at=at)
    return waiting


@transaction.atomic
def reject_answer(*, answer_id: UUID, because: str, by: Person, at: datetime) -> Answer:
    """Send a waiting answer back with a reason; it is not edited, its writer writes a new one.

    Raises NotAllowed, InvalidTransition when it no longer waits, Invalid without a reason.
    """
    enquiry, waiting = loading.answer_for_change(answer_id=answer_id, by=by, at=at)
    policies.check_can_decide(by, waiting, setting=queries.setting_for(enquiry.scope_id), at=at)
    _check_waits(waiting)
    if not because.strip():
        raise Invalid(_("Say what should be different, so that your colleague can rewrite it."), field="because")
    waiting.move_to(AnswerState.REJECTED)
    waiting.decided_by, waiting.decided_at, waiting.rejected_because = by, at, because.strip()
    waiting.save()
    enquiry.waiting_for = WaitingFor.US
    loading.save(enquiry, Change.ANSWER)
    audit.record(events.ANSWER_REJECTED, actor=by, scope=enquiry.scope_id, target=waiting, at=at)
    return waiting


def _check_waits(waiting: Answer) -> None:
    if waiting.state != AnswerState.WAITING:
        raise InvalidTransition(_("This answer no longer waits for approval. Load the page again."))
