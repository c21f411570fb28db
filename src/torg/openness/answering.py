"""How an access request is answered, inside the commands that decide."""

from datetime import datetime, timedelta

from torg.openness import handing_out, letters, loading, policies
from torg.openness.models import AccessDecision, AccessRequest
from torg.openness.types import AccessOutcome, Answer, RequestState
from torg.people.models import Person
from torg.records import days
from torg.records.loading import reference_in_force
from torg.records.models import LegalReference

# Longer than the three weeks in which one can complain.
LINK_LASTS = timedelta(days=42)


def decided(request: AccessRequest, answer: Answer, person: Person, *, at: datetime) -> AccessDecision:
    """The decision with its letter and what it hands out; raises Invalid, InvalidTransition. Nobody is told yet."""
    policies.check_can_answer(request, answer)
    reference = _reference(answer, at=at)
    files = handing_out.files_for(request.entry, answer.outcome)
    told = loading.settings_now()
    body = told.complaint_body if told else "Statsforvalteren"
    decision: AccessDecision = AccessDecision.objects.create(
        scope_id=request.scope_id,
        request=request,
        outcome=answer.outcome,
        reference=reference,
        secrecy=answer.secrecy if reference else "",
        is_more_openness_considered=answer.is_more_openness_considered,
        reasons=answer.reasons,
        letter=letters.decision(request, answer, reference, complaint_body=body, signed=person.name),
        is_reassessment=request.state == RequestState.COMPLAINED,
        decided_by=person,
        decided_at=at,
    )
    handing_out.hand_out(decision, files)
    _note_answered(request, decision, at=at)
    return decision


def _note_answered(request: AccessRequest, decision: AccessDecision, *, at: datetime) -> None:
    request.answered_at = request.answered_at or at
    request.link_ends_at = at + LINK_LASTS
    if not decision.is_reassessment or decision.outcome == AccessOutcome.FULL:
        request.move_to(RequestState.DECIDED)
    request.save(update_fields=["state", "answered_at", "link_ends_at"])


def _reference(answer: Answer, *, at: datetime) -> LegalReference | None:
    if answer.outcome == AccessOutcome.FULL:
        return None
    return reference_in_force(answer.reference, on=days.day_of(at))
