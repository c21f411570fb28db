"""Propose a measure, for one case or for many at once, and take a proposal back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.moderation import audit, events, loading, policies, proposing
from torg.moderation.models import Proposal
from torg.moderation.words import ProposalState, Suggestion, shown_as
from torg.people.models import Person


@transaction.atomic
def propose(
    *,
    case_id: UUID,
    suggestion: Suggestion,
    passage_id: UUID,
    seen_version: int | None = None,
    by: Person,
    at: datetime,
) -> Proposal:
    """Propose what to do with an item (forslag), as the first of two people. Evidence is taken; nothing leaves yet.

    Raises NotFound, NotAllowed for those who may not or must stay out, and for deletions where fewer than two may
    agree; Stale when the case is not as the person saw it; Invalid without a passage under a rule that held when the
    text was posted; InvalidTransition when the case does not wait for assessment.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    loading.check_seen(case, seen_version)
    policies.check_not_taken(by, case, at=at)
    passage = proposing.passage_of(case, passage_id)
    made = proposing.make([(case, passage)], suggestion, by=by, at=at)
    facts = _facts(made, cases=1) | {"case": str(case.public_id)}
    audit.record(events.PROPOSED, actor=by, scope=case.scope_id, target=made, at=at, facts=facts)
    return made


@transaction.atomic
def propose_many(
    *, case_ids: Sequence[UUID], suggestion: Suggestion, rule_id: UUID, by: Person, at: datetime
) -> Proposal:
    """Propose the same for many cases of one page, after a preview (`queries.preview`): one ground, one agreement.

    Each case keeps its own evidence and its own passage under the rule; a text that nobody has marked is marked as
    a whole, as the person has seen it in the preview.

    Raises as `propose` does, and Invalid for cases of several pages.
    """
    cases = loading.cases_for_change(case_ids, by=loading.a_person(by), at=at)
    for case in cases:
        policies.check_not_taken(by, case, at=at)
    passages = proposing.passages_under(cases, rule_id, suggestion, by=by, at=at)
    made = proposing.make([(case, passages[case.pk]) for case in cases], suggestion, by=by, at=at)
    role = audit.role_of(by, made.scope_id, at=at)
    parent = audit.record(
        events.PROPOSED, actor=by, scope=made.scope_id, target=made, at=at, facts=_facts(made, cases=len(cases)) | role
    )
    for case in cases:
        audit.record(events.PROPOSED_ONE, actor=by, scope=case.scope_id, target=case, at=at, facts=role, parent=parent)
    return made


@transaction.atomic
def withdraw_proposal(*, proposal_id: UUID, by: Person, at: datetime) -> Proposal:
    """Take back what one has proposed, before anybody has answered; the cases wait for assessment again.

    Raises NotFound, NotAllowed for others than the proposer, InvalidTransition when it is answered.
    """
    proposal, cases = loading.proposal_for_change(proposal_id, by=loading.a_person(by), at=at)
    policies.check_is_proposer(by, proposal)
    proposal.move_to(ProposalState.WITHDRAWN)
    proposing.put_back(proposal, cases)
    audit.record(events.PROPOSAL_WITHDRAWN, actor=by, scope=proposal.scope_id, target=proposal, at=at)
    return proposal


def _facts(made: Proposal, *, cases: int) -> dict[str, int | str]:
    told: dict[str, int | str] = {
        "measure": made.measure.lower(),
        "ground": shown_as(made.ground).lower(),
        "cases": cases,
    }
    return told | ({"sanction": made.sanction.lower()} if made.sanction else {})
