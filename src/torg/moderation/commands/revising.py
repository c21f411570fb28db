"""Change a proposal that waits: other cases, another measure, or one of them by itself; each time a new version."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.moderation import audit, events, loading, policies, proposing, queries
from torg.moderation.models import Case, NoticeWording, Passage, Proposal, Target
from torg.moderation.words import ProposalState, Suggestion, shown_as
from torg.people.models import Person

# What the words of notices lean on: where one of these is another, the words no longer fit.
WORDED_FOR = ("ground", "measure", "sanction", "ends_on", "review_on")


@transaction.atomic
def revise_proposal(
    *, proposal_id: UUID, case_ids: Collection[UUID], suggestion: Suggestion, rule_id: UUID, by: Person, at: datetime
) -> Proposal:
    """Put a newer version in a proposal's place (ny versjon av forslaget); only that one can be agreed to.

    Args:
        proposal_id: the version that waits.
        case_ids: the cases that it is to concern from now on; others are taken out and wait for assessment again.
        suggestion: what it is to say.
        rule_id: under which rule.
        by: whoever made it.
        at: now.

    Each case keeps its passage and its evidence, unless the rule is another. Raises as `propose_many` does; Stale for a
    version that has been replaced; Invalid when nothing would be another, when nothing is left, or while a text is in
    it that its author has changed: that one must be taken out.
    """
    old, cases = loading.proposal_for_change(proposal_id, by=loading.a_person(by), at=at, also=case_ids)
    policies.check_can_revise(by, old)
    kept = [case for case in cases if case.public_id in set(case_ids)]
    if not kept:
        raise Invalid(_("Nothing is left in the proposal. Withdraw it instead."), field="chosen")
    made = _replaced(old, cases, kept, suggestion, rule_id, by=by, at=at)
    taken_out, added = _difference(old, made)
    if not (taken_out or added) and _says_the_same(old, made):
        raise Invalid(_("Nothing is changed. The proposal stands as it is."))
    role = audit.role_of(by, made.scope_id, at=at)
    facts = {"version": made.number, "cases": len(kept), "added": len(added), "taken_out": len(taken_out)} | role
    parent = audit.record(events.PROPOSAL_REVISED, actor=by, scope=made.scope_id, target=made, at=at, facts=facts)
    for case, is_in in [*((one, False) for one in taken_out), *((one, True) for one in added)]:
        told = {"is_in": is_in} | role
        audit.record(
            events.PROPOSAL_CHANGED_ONE, actor=by, scope=case.scope_id, target=case, at=at, facts=told, parent=parent
        )
    return made


@transaction.atomic
def set_apart(*, proposal_id: UUID, case_id: UUID, suggestion: Suggestion, by: Person, at: datetime) -> Proposal:
    """Take one case out of a proposal for many, and propose something else for it: another measure, ground or text.

    Returns its own proposal; the second person answers each. Raises as `revise_proposal` does.
    """
    old, cases = loading.proposal_for_change(proposal_id, by=loading.a_person(by), at=at)
    policies.check_can_revise(by, old)
    target = queries.target_or_absent(old, case_id)
    policies.check_not_taken(by, target.case, at=at)
    if len(cases) == 1:
        raise Invalid(_("The proposal concerns this text only. Change the proposal instead."))
    rest = [case for case in cases if case.pk != target.case_id]
    made = _replaced(old, cases, rest, queries.suggestion_of(old), target.passage.rule.public_id, by=by, at=at)
    alone = Case.objects.select_related(*loading.WITH).get(pk=target.case_id)
    apart = proposing.make([(alone, target.passage)], suggestion, by=by, at=at)
    facts: dict[str, int | str] = {"version": made.number, "cases": len(rest), "added": 0, "taken_out": 1}
    parent = audit.record(events.PROPOSAL_REVISED, actor=by, scope=made.scope_id, target=made, at=at, facts=facts)
    told: dict[str, int | str] = {
        "measure": apart.measure.lower(),
        "ground": shown_as(apart.ground).lower(),
        "cases": 1,
        "case": str(alone.public_id),
    }
    audit.record(events.PROPOSED, actor=by, scope=apart.scope_id, target=apart, at=at, facts=told, parent=parent)
    return apart


def _replaced(
    old: Proposal,
    cases: Sequence[Case],
    kept: Sequence[Case],
    suggestion: Suggestion,
    rule_id: UUID,
    *,
    by: Person,
    at: datetime,
) -> Proposal:
    for case in kept:
        policies.check_not_taken(by, case, at=at)
    passages = _passages(old, kept, rule_id, suggestion, by=by, at=at)
    own = set(Target.objects.filter(proposal=old).values_list("case", flat=True))
    old.move_to(ProposalState.REVISED)
    proposing.put_back(old, [case for case in cases if case.pk in own])
    made = proposing.make([(case, passages[case.pk]) for case in kept], suggestion, revises=old, by=by, at=at)
    _bring_words(old, made)
    return made


def _passages(
    old: Proposal, kept: Sequence[Case], rule_id: UUID, suggestion: Suggestion, *, by: Person, at: datetime
) -> dict[int, Passage]:
    """Each case's own passage where it is under the rule; for the others as `propose_many` finds them."""
    rows = Target.objects.filter(proposal=old, passage__rule__public_id=rule_id).select_related("passage__rule")
    own = {row.case_id: row.passage for row in rows}
    others = [case for case in kept if case.pk not in own]
    found = proposing.passages_under(others, rule_id, suggestion, by=by, at=at) if others else {}
    return own | found


def _bring_words(old: Proposal, made: Proposal) -> None:
    """The words that somebody put the notices in follow along, where they still fit; one notice is worded otherwise."""
    is_one = Target.objects.filter(proposal=made).count() == 1
    if is_one or _rules(old) != _rules(made) or any(getattr(old, name) != getattr(made, name) for name in WORDED_FOR):
        return
    NoticeWording.objects.bulk_create(
        NoticeWording(
            proposal=made,
            language=row.language,
            number=1,
            did=row.did,
            why=row.why,
            means=row.means,
            written_by=row.written_by,
            written_at=row.written_at,
        )
        for row in queries.wordings_of(old).newest.values()
    )


def _difference(old: Proposal, made: Proposal) -> tuple[list[Case], list[Case]]:
    """The cases that were taken out, and those that came."""
    before, after = (
        {row.case_id: row.case for row in Target.objects.filter(proposal=one).select_related("case").order_by("id")}
        for one in (old, made)
    )
    return [before[key] for key in before.keys() - after], [after[key] for key in after.keys() - before]


def _says_the_same(old: Proposal, made: Proposal) -> bool:
    return _rules(old) == _rules(made) and all(getattr(old, name) == getattr(made, name) for name in queries.SAYS)


def _rules(proposal: Proposal) -> set[int]:
    return set(Target.objects.filter(proposal=proposal).values_list("passage__rule", flat=True))
