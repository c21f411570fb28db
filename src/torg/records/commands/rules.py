"""What the municipality decides: rules of assessment, how channels are treated, and that a provision was checked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.people.models import Person
from torg.records import events, policies, ruling
from torg.records.codes import AssessmentState, ChannelTreatment
from torg.records.models import Assessment, AssessmentRule, ChannelDefault, LegalReference


@transaction.atomic
def switch_rule_on(*, rule_id: UUID, by: Person, at: datetime) -> AssessmentRule:
    """Let a rule decide from now on, and what waits already; a person answers for it (strategy D1).

    Raises NotFound, NotAllowed, InvalidTransition when it is on.
    """
    if not isinstance(by, Person):
        raise NotAllowed(_("Only a person switches a rule on."))
    rule = _rule_for_change(rule_id, by, at)
    if rule.switched_on_at is not None:
        raise InvalidTransition(_("The rule is on already."))
    rule.switched_on_by, rule.switched_on_at = by, at
    rule.save(update_fields=["switched_on_by", "switched_on_at"])
    jobs.enqueue("records.apply_rules", once="records.apply_rules")
    audit.record(events.RULE_SWITCHED_ON, actor=by, scope=None, target=rule, at=at, facts={"version": rule.version})
    return rule


@transaction.atomic
def switch_rule_off(*, rule_id: UUID, by: Actor, at: datetime) -> AssessmentRule:
    """Let a rule decide no more; what it decided stays. Raises NotFound, NotAllowed, InvalidTransition when off."""
    rule = _rule_for_change(rule_id, by, at)
    if rule.switched_on_at is None:
        raise InvalidTransition(_("The rule is off already."))
    rule.switched_on_by = rule.switched_on_at = None
    rule.save(update_fields=["switched_on_by", "switched_on_at"])
    audit.record(events.RULE_SWITCHED_OFF, actor=by, scope=None, target=rule, at=at, facts={"version": rule.version})
    return rule


@transaction.atomic
def apply_rules(*, limit: int, after: int, by: Actor, at: datetime) -> int:
    """Let the rules that are on decide open assessments from the key `after` on; returns the last key, 0 at the end."""
    waiting = Assessment.objects.select_for_update(skip_locked=True).filter(state=AssessmentState.OPEN, id__gt=after)
    rows, rules = list(waiting.order_by("id")[:limit]), ruling.switched_on()
    decided = sum(ruling.decide(row, rules, at=at) for row in rows)
    if decided:
        audit.record_batch(events.GATHERED, actor=by, at=at, facts={"decided_by_rule": decided})
    return rows[-1].id if rows else 0


@transaction.atomic
def change_channel(*, channel: str, treatment: ChannelTreatment, days: int, by: Person, at: datetime) -> ChannelDefault:
    """Decide how a channel is treated and within how many working days; holds for what is assessed from now on.

    Raises NotAllowed, Invalid.
    """
    policies.check_can_keep(by, scope_id=None, at=at)
    if not 1 <= days <= 30 or not channel:
        raise Invalid(_("Choose between 1 and 30 working days."), field="days")
    row, _is_new = ChannelDefault.objects.update_or_create(
        channel=channel,
        defaults={"treatment": treatment, "days": days, "changed_by": by, "changed_at": at},
    )
    facts: dict[str, int | str] = {"channel": channel, "treatment": str(treatment), "days": days}
    audit.record(events.CHANNEL_CHANGED, actor=by, scope=None, target=row, at=at, facts=facts)
    return row


@transaction.atomic
def check_reference(*, reference_id: UUID, by: Person, at: datetime) -> LegalReference:
    """Record that a person has compared a legal reference with the law. Raises NotFound, NotAllowed."""
    if not isinstance(by, Person):
        raise NotAllowed(_("Only a person can compare a provision with the law."))
    policies.check_can_keep(by, scope_id=None, at=at)
    found: LegalReference | None = LegalReference.objects.select_for_update().filter(public_id=reference_id).first()
    if found is None:
        raise NotFound(_("There is no such provision."))
    found.checked_by, found.checked_at = by, at
    found.save(update_fields=["checked_by", "checked_at"])
    audit.record(events.REFERENCE_CHECKED, actor=by, scope=None, target=found, at=at, facts={"reference": found.code})
    return found


def _rule_for_change(rule_id: UUID, by: Actor, at: datetime) -> AssessmentRule:
    policies.check_can_keep(by, scope_id=None, at=at)
    rule = AssessmentRule.objects.select_for_update().filter(public_id=rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such rule."))
    return rule
