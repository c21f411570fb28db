"""The second person agrees or sends back; and a case that ends without a decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, Stale
from torg.dialogue.models import PlatformState
from torg.moderation import acts, audit, deciding, events, hidings, loading, policies, proposing, queries
from torg.moderation.models import STANDING, Agreement, Case, Decision, Proposal, Target, TemporaryHiding
from torg.moderation.notices import Parts
from torg.moderation.words import Answered, CaseState, Dismissal, HidingState, ProposalState
from torg.people import queries as people
from torg.people.models import Person

GONE = (PlatformState.DELETED_BY_AUTHOR, PlatformState.REMOVED_BY_US)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What followed: a decision for each case, except those whose text was changed or gone meanwhile."""

    agreement: Agreement
    decisions: list[Decision]
    left_out: list[Case]


@transaction.atomic
def agree(
    *,
    proposal_id: UUID,
    is_impartial: bool,
    note: str = "",
    notice: Parts | None = None,
    seen_wordings: int = 0,
    by: Person,
    at: datetime,
) -> Agreed:
    """Agree as the second person (samtykke): the decision is made, the notice goes, then the act, through the outbox.

    `notice` is the notice in one's own words, for a proposal about one case. Those of many are worded beforehand
    (`word_notices`): `seen_wordings` is how many versions the person has seen, for what is agreed is what is sent.
    A case whose author has changed or removed the text since the proposal is left out and waits for assessment again.

    Raises NotFound, NotAllowed for whoever proposed, hid, is spoken of or is partial, and for all but a person with
    the right; InvalidTransition when it is answered already; Stale when every text has been changed or is gone, the
    proposal has a newer version, or the notices have been worded anew; Invalid for a notice that `editing.checked`
    refuses.
    """
    proposal, cases = loading.proposal_for_change(proposal_id, by=loading.a_person(by), at=at)
    policies.check_can_agree(by, proposal, cases, at=at)
    policies.check_newest(proposal)
    policies.check_impartial(is_impartial)
    policies.check_removable(proposal.measure, proposal.sanction, scope_id=proposal.scope_id, at=at)
    if notice is not None and len(cases) > 1:
        raise Invalid(_("Word the notices of many beforehand, on their own page."))
    if seen_wordings != queries.wordings_of(proposal).count:
        raise Stale(_("The notices have been put in other words since you opened this. Read them before you agree."))
    proposal.move_to(ProposalState.AGREED)
    pairs, left_out = _still_there(proposal, cases)
    if not pairs:
        raise Stale(_("The text has been changed or is gone since this was proposed. Send it back."))
    proposal.save(update_fields=["state"])
    agreement = _answer(proposal, Answered.AGREED, note, by=by, at=at)
    rule_now = queries.version_in_force(pairs[0][1].passage.rule, at=at)
    decisions = deciding.decide(agreement, pairs, rule_now=rule_now, parts=notice, at=at)
    _leave_out(left_out)
    role = audit.role_of(by, proposal.scope_id, at=at)
    facts = {"decisions": len(decisions), "left_out": len(left_out)} | role
    parent = audit.record(events.AGREED, actor=by, scope=proposal.scope_id, target=proposal, at=at, facts=facts)
    for decision in decisions:
        told = _facts(decision) | role
        audit.record(
            events.DECIDED, actor=by, scope=decision.scope_id, target=decision, at=at, facts=told, parent=parent
        )
    for case, _target in left_out:
        audit.record(events.LEFT_OUT, actor=by, scope=case.scope_id, target=case, at=at, facts=role, parent=parent)
    return Agreed(agreement, decisions, [case for case, _target in left_out])


def _facts(decision: Decision) -> dict[str, str | bool]:
    told: dict[str, str | bool] = {"measure": decision.measure.lower(), "case": str(decision.case.public_id)}
    return told | ({"notice_edited": True} if decision.notice.edited_by_id else {})


@transaction.atomic
def return_proposal(*, proposal_id: UUID, reason: str, is_impartial: bool, by: Person, at: datetime) -> Agreement:
    """Send a proposal back with a reason (uenighet); its cases wait for assessment again.

    Raises as `agree` does, and Invalid without a reason.
    """
    proposal, cases = loading.proposal_for_change(proposal_id, by=loading.a_person(by), at=at)
    policies.check_can_agree(by, proposal, cases, at=at)
    policies.check_newest(proposal)
    policies.check_impartial(is_impartial)
    if not reason.strip() or "\x00" in reason:
        raise Invalid(_("Say why you disagree, so that the case can go on."), field="reason")
    proposal.move_to(ProposalState.RETURNED)
    proposing.put_back(proposal, cases)
    answer = _answer(proposal, Answered.RETURNED, reason, by=by, at=at)
    facts = {"cases": len(cases)}
    audit.record(events.PROPOSAL_RETURNED, actor=by, scope=proposal.scope_id, target=proposal, at=at, facts=facts)
    return answer


@transaction.atomic
def dismiss(
    *,
    case_id: UUID,
    because: Dismissal,
    note: str = "",
    seen_version: int | None = None,
    by: Person,
    at: datetime,
) -> Case:
    """Let the text stand (henlegge): one person may, since nothing is taken from anybody. What was hidden is shown.

    Raises NotFound, NotAllowed, Stale, InvalidTransition when a proposal waits or the case has ended.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    loading.check_seen(case, seen_version)
    policies.check_can_take_part(by, scope_id=case.scope_id, at=at)
    policies.check_not_involved(by, [case])
    policies.check_not_taken(by, case, at=at)
    case.move_to(CaseState.DISMISSED)
    case.dismissed_because, case.dismissal_note = because, note.replace("\x00", "").strip()
    case.closed_at, case.closed_by, case.claimed_by, case.claimed_until = at, by, None, None
    for hiding in TemporaryHiding.objects.select_for_update().filter(case=case, state__in=STANDING):
        policies.check_can_hide(by, case, hiding.ground, at=at)
        hidings.end(hiding, case, HidingState.LIFTED, by=by, at=at)
    case.bump()
    facts = {"because": because.lower()}
    audit.record(events.DISMISSED, actor=by, scope=case.scope_id, target=case, at=at, facts=facts)
    return case


def _answer(proposal: Proposal, answered: Answered, reason: str, *, by: Person, at: datetime) -> Agreement:
    return Agreement.objects.create(
        proposal=proposal,
        answered=answered,
        proposed_by=proposal.proposed_by,
        agreed_by=by,
        agreed_at=at,
        role=people.role_in(by, proposal.scope_id, at=at),
        reason=reason.replace("\x00", "").strip(),
        is_impartial=True,
    )


Pairs = list[tuple[Case, Target]]


def _still_there(proposal: Proposal, cases: list[Case]) -> tuple[Pairs, Pairs]:
    """The targets whose text still reads and stands as when it was proposed, and the others."""
    rows = Target.objects.select_for_update(of=("self",)).filter(proposal=proposal, is_waiting=True)
    targets = {row.case_id: row for row in rows.select_related("passage__rule", "rule_when_posted").order_by("id")}
    there: Pairs = []
    changed: Pairs = []
    for case in cases:
        target = targets.get(case.pk)
        if target is None:
            continue
        is_same = case.item.version_count == target.version_number
        is_there = case.item.platform_state not in GONE or proposal.measure not in acts.ACT_OF
        (there if is_same and is_there else changed).append((case, target))
    return there, changed


def _leave_out(pairs: Pairs) -> None:
    for case, target in pairs:
        target.is_waiting, target.is_left_out = False, True
        target.save(update_fields=["is_waiting", "is_left_out"])
        case.move_to(CaseState.OPEN)
        case.bump()
