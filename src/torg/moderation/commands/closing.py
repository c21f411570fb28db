"""Close a case when everything is there, and keep the whole of it in the records."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from torg.core.actors import Actor
from torg.files.queries import FileDamaged
from torg.moderation import audit, events, loading, policies, recording
from torg.moderation.models import Case
from torg.moderation.words import SENDING, CaseState
from torg.people.acting import person_or_none

log = structlog.get_logger(__name__)


@transaction.atomic
def close_case(*, case_id: UUID, by: Actor, at: datetime) -> Case:
    """Close a decided case and journal it: the entry holds the item with all versions, the reasons and the notice.

    Raises NotFound, NotAllowed for those who only read, InvalidTransition, with what is missing, when the decision is
    not carried out or the notice is neither sent nor given a reason for; FileDamaged when its evidence is.
    """
    case = loading.case_for_change(case_id, by=by, at=at)
    policies.check_can_close(by, case, at=at)
    recording.check_complete(case)
    case.move_to(CaseState.CLOSED)
    entry = recording.keep(case, by=by, at=at)
    case.record = entry.capture
    case.closed_at = at
    case.closed_by = person_or_none(by)
    case.bump()
    facts = {"capture": str(case.record.public_id), "entry": str(entry.public_id)}
    audit.record(events.CASE_CLOSED, actor=by, scope=case.scope_id, target=case, at=at, facts=facts)
    return case


@transaction.atomic
def close_finished(*, at: datetime, limit: int = 100, by: Actor = SENDING) -> int:
    """Close the cases that have all there is to have, each with its record; returns how many.

    One whose evidence is damaged on the disk waits for the file, and stops no other.
    """
    closed = 0
    for case in recording.finished(limit=limit):
        try:
            close_case(case_id=case.public_id, by=by, at=at)
        except FileDamaged:
            log.warning("moderation.not_closed", case=str(case.public_id))
        else:
            closed += 1
    if closed:
        audit.record_batch(events.CASES_CLOSED, actor=by, at=at, facts={"cases": closed})
    return closed
