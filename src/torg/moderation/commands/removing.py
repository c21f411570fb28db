"""Remove now: hide at once, propose deletion, and call the second person, all in one act."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.core import jobs
from torg.core.errors import Invalid
from torg.moderation import acts, audit, events, loading, policies, queries
from torg.moderation.commands import claiming, hiding, proposing
from torg.moderation.models import Case, Passage, Proposal
from torg.moderation.words import Ground, Mark, Measure, Suggestion
from torg.people import queries as people
from torg.people.models import Person

# The rule that each ground falls under in the rulebook that Torg comes with; else the rule that the case has.
RULE_CODES = {Ground.THREAT: "threats", Ground.HATE: "hate"}
OTHERWISE = ("privacy", "unlawful")


@transaction.atomic
def remove_now(
    *, case_id: UUID, ground: Ground, reason: str, is_impartial: bool, by: Person, at: datetime
) -> Proposal | None:
    """The short road where each minute counts: hidden at once, deletion proposed, the second person called.

    Nothing is deleted before that person has agreed. In the log it reads alike for every severe ground, so that
    nobody learns from it that an address is protected. Where fewer than two may agree, it is hidden and nothing is
    proposed (None); where the channel cannot hide, deletion is proposed only.

    Raises NotFound, NotAllowed without the right to hide or for a ground that is not severe, Invalid without a reason
    or where no rule fits, InvalidTransition.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_hide(by, case, ground, at=at)
    policies.check_open(case)
    policies.check_impartial(is_impartial)
    if not reason.strip():
        raise Invalid(_("Say why, in a few words that name nobody."), field="reason")
    if acts.can(case.item.thread.connection, ActKind.HIDE):
        hiding.hide_for_now(case_id=case_id, ground=ground, reason=reason, by=by, at=at)
    if queries.why_not_removable(scope_id=case.scope_id, at=at):
        return None
    passage = _mark_whole(case, ground, by=by, at=at)
    suggestion = Suggestion(
        ground=ground,
        measure=Measure.DELETE,
        reason=reason,
        considered=[Measure.ANSWER, Measure.REPHRASE, Measure.HIDE],
        is_impartial=is_impartial,
    )
    made = proposing.propose(case_id=case_id, suggestion=suggestion, passage_id=passage.public_id, by=by, at=at)
    called = _call(made, case, by=by, at=at)
    facts: dict[str, int | str] = {"called": called, "case": str(case.public_id)}
    audit.record(events.REMOVING, actor=by, scope=case.scope_id, target=made, at=at, facts=facts)
    return made


def _mark_whole(case: Case, ground: Ground, *, by: Person, at: datetime) -> Passage:
    """The whole text, or the first picture where there is none."""
    attachment = None if case.item.text else case.item.attachments.order_by("id").first()
    mark = Mark(
        rule_id=_rule_for(case, ground, at=at),
        start=0,
        end=len(case.item.text),
        version=case.item.version_count,
        attachment_id=attachment.public_id if attachment else None,
    )
    return claiming.mark_passage(case_id=case.public_id, mark=mark, ground=ground, by=by, at=at)


def _rule_for(case: Case, ground: Ground, *, at: datetime) -> UUID:
    in_force = {version.rule.code: version.rule.public_id for version in queries.rules_in_force(at)}
    for code in (RULE_CODES.get(ground, ""), *OTHERWISE):
        if code in in_force:
            return in_force[code]
    if case.rule is not None and case.rule.public_id in in_force.values():
        return case.rule.public_id
    raise Invalid(_("No rule in force fits. Hide it for now, mark the passage, and propose."))


def _call(made: Proposal, case: Case, *, by: Person, at: datetime) -> int:
    """Ask for a letter to each who may agree; returns how many."""
    out = {by.pk, *case.involved.values_list("person", flat=True)}
    called = [person for person in people.agreers(scope_id=case.scope_id, at=at) if person.pk not in out]
    for person in called:
        jobs.enqueue("moderation.call_agreer", proposal_id=str(made.public_id), person_id=str(person.public_id))
    return len(called)
