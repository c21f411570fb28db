"""Rules that a person has switched on, and what they decide."""

from collections.abc import Sequence
from datetime import datetime

from torg.audit import commands as audit
from torg.core.actors import Rule
from torg.records import events, provisions
from torg.records.codes import AssessmentState, Outcome
from torg.records.days import day_of
from torg.records.models import Assessment, AssessmentRule


def switched_on() -> Sequence[AssessmentRule]:
    """The rules that decide, in the order of their names."""
    return list(AssessmentRule.objects.filter(switched_on_at__isnull=False).order_by("name", "-version"))


def applies(rule: AssessmentRule, *, channel: str, facts: Sequence[str]) -> bool:
    """Whether the rule's channel, needs and stops fit."""
    is_here = not rule.channels or channel in rule.channels
    return is_here and set(rule.needs) <= set(facts) and set(rule.stops).isdisjoint(facts)


def decide(assessment: Assessment, rules: Sequence[AssessmentRule], *, at: datetime) -> bool:
    """Let the first rule that applies decide; whether one did. The event names the rule and its version."""
    rule = next((rule for rule in rules if applies(rule, channel=assessment.channel, facts=assessment.facts)), None)
    if rule is None:
        return False
    assessment.move_to(AssessmentState.DECIDED)
    assessment.outcome = rule.outcome
    assessment.reference = provisions.for_outcome(Outcome(rule.outcome), on=day_of(at))
    assessment.decided_by_rule, assessment.decided_at = rule, at
    assessment.save()
    audit.record(
        events.ASSESSED,
        actor=Rule(f"records.{rule.name}", str(rule.version)),
        scope=assessment.scope_id,
        target=assessment,
        at=at,
        facts={"outcome": rule.outcome},
    )
    return True
