"""Assess: decide whether a subject is archive, and whether it is journaled."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, NotAllowed
from torg.people.models import Person
from torg.records import events, judging, provisions
from torg.records.codes import AssessmentState, Outcome, Question
from torg.records.days import day_of
from torg.records.loading import assessment_for_change
from torg.records.models import Assessment


@transaction.atomic
def assess(
    *, assessment_id: UUID, answers: Collection[str], by: Person, at: datetime, outcome: str = "", because: str = ""
) -> Assessment:
    """Decide an open assessment (arkivvurdering; strategy D2) by the questions answered with yes.

    Args:
        assessment_id: its public id.
        answers: codes of `Question` answered with yes.
        outcome: another `Outcome` than the answers give; then `because` must say why.
        because: the person's own words.

    Raises NotFound, NotAllowed, InvalidTransition when somebody has decided, Invalid for an outcome without a reason.
    """
    if not isinstance(by, Person):
        raise NotAllowed(_("A person assesses this; a rule does so only when a person has switched it on."))
    found = assessment_for_change(assessment_id, by=by, at=at)
    given = [question.value for question in Question if question in answers]
    follows = judging.outcome_of(given)
    decided = Outcome(outcome) if outcome else follows
    if decided != follows and not because.strip():
        raise Invalid(_("You have chosen another outcome than the answers give. Say why."), field="because")
    found.move_to(AssessmentState.DECIDED)
    found.answers, found.outcome, found.because = given, decided, because.strip()
    found.reference = provisions.for_outcome(decided, on=day_of(at))
    found.decided_by, found.decided_at = by, at
    found.save()
    audit.record(events.ASSESSED, actor=by, scope=found.scope_id, target=found, at=at, facts={"outcome": str(decided)})
    return found
