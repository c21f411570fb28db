"""Disposal: a rule that two approve, what it proposes, a person's decision, and the removal of files."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.people.models import Person
from torg.records import disposing, events, policies
from torg.records.days import day_of
from torg.records.loading import reference_in_force
from torg.records.models import Disposal, DisposalRule
from torg.records.preservation_codes import DisposalState, RuleState
from torg.records.preservation_types import RuleWanted


@transaction.atomic
def propose_disposal_rule(*, wanted: RuleWanted, by: Person, at: datetime) -> DisposalRule:
    """Propose what is disposed of, after how long and on what ground (kassasjonsregel); another person approves it.

    Raises NotAllowed, Invalid.
    """
    _check_person(by)
    policies.check_can_keep(by, scope_id=None, at=at)
    if wanted.years < 1 or not wanted.name.strip() or not wanted.because.strip():
        raise Invalid(_("Give the rule a name, at least one year, and say why."), field="years")
    rule = DisposalRule.objects.create(
        name=wanted.name,
        takes=wanted.takes,
        classification=wanted.classification,
        channel=wanted.channel,
        years=wanted.years,
        reference=reference_in_force(wanted.reference, on=day_of(at)),
        because=wanted.because,
        proposed_by=by,
        proposed_at=at,
    )
    facts: dict[str, int | str] = {"years": rule.years, "takes": str(rule.takes), "ground": rule.reference.code}
    audit.record(events.DISPOSAL_RULE_PROPOSED, actor=by, scope=None, target=rule, at=at, facts=facts)
    return rule


@transaction.atomic
def approve_disposal_rule(*, rule_id: UUID, by: Person, at: datetime) -> DisposalRule:
    """The second person's yes; from now on the rule proposes. Raises NotFound, NotAllowed, InvalidTransition."""
    rule = _rule_for_change(rule_id, by, at)
    if rule.proposed_by_id == by.pk:
        raise NotAllowed(_("Two people approve a rule of disposal. Ask another archivist."))
    rule.move_to(RuleState.APPROVED)
    rule.approved_by, rule.approved_at = by, at
    rule.save(update_fields=["state", "approved_by", "approved_at"])
    audit.record(events.DISPOSAL_RULE_APPROVED, actor=by, scope=None, target=rule, at=at)
    jobs.enqueue("records.propose_disposals", once="records.propose_disposals")
    return rule


@transaction.atomic
def withdraw_disposal_rule(*, rule_id: UUID, by: Person, at: datetime) -> DisposalRule:
    """Let a rule propose no more; what it has proposed and nobody decided is kept. Raises as `approve`."""
    rule = _rule_for_change(rule_id, by, at)
    rule.move_to(RuleState.WITHDRAWN)
    rule.withdrawn_by, rule.withdrawn_at = by, at
    rule.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    kept = {"state": DisposalState.KEPT, "decided_by": by, "decided_at": at}
    open_ones = rule.disposals.filter(state__in=[DisposalState.PROPOSED, DisposalState.DECIDED])
    facts: dict[str, int | str] = {"kept": open_ones.update(**kept)}
    audit.record(events.DISPOSAL_RULE_WITHDRAWN, actor=by, scope=None, target=rule, at=at, facts=facts)
    return rule


@transaction.atomic
def propose_disposals(*, limit: int, by: Actor, at: datetime) -> int:
    """Propose what the approved rules allow today and no legal hold forbids, at most `limit`; returns how many."""
    made = 0
    for rule in DisposalRule.objects.filter(state=RuleState.APPROVED).order_by("id"):
        rows = [
            Disposal(scope_id=entry.scope_id, entry=entry, rule=rule, due_on=due_on, proposed_at=at)
            for entry, due_on in disposing.due(rule, on=day_of(at), limit=limit - made)
        ]
        Disposal.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    if made:
        audit.record_batch(events.DISPOSAL_PROPOSED, actor=by, at=at, facts={"entries": made})
    return made


@transaction.atomic
def decide_disposals(*, disposal_ids: Collection[UUID], because: str, by: Person, at: datetime) -> int:
    """Decide that the documents go (kassasjonsvedtak); a job removes them. Returns how many.

    Raises NotFound, NotAllowed, Invalid without a reason, InvalidTransition, Held for what is under legal hold.
    """
    rows = _for_change(disposal_ids, because, by, at)
    for row in rows:
        disposing.check_not_held(row.entry)
        _decide(row, DisposalState.DECIDED, because, by, at)
        audit.record(events.DISPOSAL_DECIDED, actor=by, scope=row.scope_id, target=row, at=at, facts=_facts(row))
    jobs.enqueue("records.dispose", once="records.dispose")
    return len(rows)


@transaction.atomic
def keep_after_all(*, disposal_ids: Collection[UUID], because: str, by: Person, at: datetime) -> int:
    """Keep what a rule proposed, or what was decided and is not done yet; it is not proposed again. Raises as above."""
    rows = _for_change(disposal_ids, because, by, at)
    for row in rows:
        _decide(row, DisposalState.KEPT, because, by, at)
        audit.record(events.DISPOSAL_REFUSED, actor=by, scope=row.scope_id, target=row, at=at, facts=_facts(row))
    return len(rows)


@transaction.atomic
def dispose(*, disposal_id: UUID, by: Actor, at: datetime) -> Disposal:
    """Remove the files of what was decided (kassere). Entry, documents and checksums stay as metadata.

    What has come under legal hold since is kept. A repeated call does nothing.
    """
    rows = Disposal.objects.select_for_update(of=("self",)).select_related("entry", "rule")
    row: Disposal = rows.get(public_id=disposal_id)
    if row.state != DisposalState.DECIDED:
        return row
    if disposing.is_held(row.entry):
        return row
    row.files, row.shared = disposing.remove_files(row.entry, by=by, at=at)
    row.move_to(DisposalState.DONE)
    row.done_at = at
    row.save(update_fields=["files", "shared", "state", "done_at"])
    facts = {**_facts(row), "files": row.files, "shared": row.shared}
    audit.record(events.DISPOSED, actor=by, scope=row.scope_id, target=row, at=at, facts=facts)
    return row


def _decide(row: Disposal, state: DisposalState, because: str, by: Person, at: datetime) -> None:
    row.move_to(state)
    row.decided_by, row.decided_at, row.because = by, at, because
    row.save(update_fields=["state", "decided_by", "decided_at", "because"])


def _for_change(disposal_ids: Collection[UUID], because: str, by: Person, at: datetime) -> list[Disposal]:
    _check_person(by)
    if not because.strip():
        raise Invalid(_("Say why."), field="because")
    seen = Disposal.objects.visible_to(by, at=at).select_for_update(of=("self",)).select_related("entry", "rule")
    rows = list(seen.filter(public_id__in=disposal_ids).order_by("id"))
    if not rows or len(rows) < len(set(disposal_ids)):
        raise NotFound(_("There is no such proposal."))
    for scope_id in {row.scope_id for row in rows}:
        policies.check_can_keep(by, scope_id=scope_id, at=at)
    return rows


def _rule_for_change(rule_id: UUID, by: Person, at: datetime) -> DisposalRule:
    _check_person(by)
    policies.check_can_keep(by, scope_id=None, at=at)
    rule = DisposalRule.objects.select_for_update().filter(public_id=rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such rule."))
    return rule


def _check_person(by: Actor) -> None:
    if not isinstance(by, Person):
        raise NotAllowed(_("Only people decide on disposal."))


def _facts(row: Disposal) -> dict[str, int | str]:
    return {"entry": str(row.entry.public_id), "rule": str(row.rule.public_id)}
