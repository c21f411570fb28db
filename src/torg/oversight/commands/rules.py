"""What duties ask for: data with a date, decided for a kind of presence."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.oversight import events, policies
from torg.oversight.models import DutyRule
from torg.oversight.types import DutyCode
from torg.people.acting import person_or_none
from torg.registry.models import PresenceKind


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of a kind of presence: see `DutyRule` for what the numbers mean."""

    kind: PresenceKind
    duty: DutyCode
    amount: int = 1
    remind_hours: int = 4
    escalate_after: int = 3
    merge_after: int = 0


# The strategy's own: weekly posts, answers by the next working day (C2), the officer everywhere (C3, C7), looks (B7),
# the main page for those who seldom post (C4), reviews of groups (C8, C9).
STRATEGY = (
    Demand(PresenceKind.MAIN_PAGE, DutyCode.ANSWERS, 1, 2),
    Demand(PresenceKind.MAIN_PAGE, DutyCode.ROUNDS, 1, 2),
    Demand(PresenceKind.MAIN_PAGE, DutyCode.OFFICER),
    Demand(PresenceKind.MAIN_PAGE, DutyCode.RULES),
    Demand(PresenceKind.LOCAL_PAGE, DutyCode.POSTS, 1, 8, 3, 4),
    Demand(PresenceKind.LOCAL_PAGE, DutyCode.ANSWERS, 1, 2),
    Demand(PresenceKind.LOCAL_PAGE, DutyCode.ROUNDS, 2, 4),
    Demand(PresenceKind.LOCAL_PAGE, DutyCode.OFFICER),
    Demand(PresenceKind.LOCAL_PAGE, DutyCode.RULES),
    Demand(PresenceKind.BLOG, DutyCode.POSTS, 1, 8, 3, 4),
    Demand(PresenceKind.BLOG, DutyCode.ANSWERS, 1, 2),
    Demand(PresenceKind.CLOSED_GROUP, DutyCode.ROUNDS, 3, 8),
    Demand(PresenceKind.CLOSED_GROUP, DutyCode.OFFICER),
    Demand(PresenceKind.CLOSED_GROUP, DutyCode.REVIEW, 365, 14 * 24),
    Demand(PresenceKind.SECRET_GROUP, DutyCode.OFFICER),
    Demand(PresenceKind.SECRET_GROUP, DutyCode.REVIEW, 180, 14 * 24),
)


@transaction.atomic
def adopt_strategy_duties(*, by: Actor, at: datetime) -> list[DutyRule]:
    """Take over the duties of the strategy, from this week on, where nothing else is decided; returns the new ones.

    Raises NotAllowed without the right to manage pages for the whole municipality.
    """
    policies.check_can_rule(by, at=at)
    today = timezone.localtime(at).date()
    monday = today - timedelta(days=today.weekday())
    decided = set(DutyRule.objects.values_list("kind", "duty"))
    made = [_made(demand, monday, by, at) for demand in STRATEGY if (demand.kind, demand.duty) not in decided]
    audit.record(events.RULES_ADOPTED, actor=by, scope=None, target=None, at=at, facts={"count": len(made)})
    return made


@transaction.atomic
def set_duty_rule(*, demand: Demand, from_on: date, by: Actor, at: datetime) -> DutyRule:
    """Decide what a duty asks for from a day on; the rule before it ends then.

    Raises NotAllowed without the right to manage pages for the whole municipality, Invalid for a day before this week,
    before a rule that is decided already, or for a demand of nothing.
    """
    policies.check_can_rule(by, at=at)
    policies.check_starts_in_time(from_on, at=at)
    if demand.amount < 1:
        raise Invalid(_("Ask for at least one, or end the duty."), field="amount")
    before = _running(demand.kind, demand.duty)
    if before is not None and before.from_on > from_on:
        raise Invalid(_("Another rule is decided from a later day. Choose that day or a later one."), field="from_on")
    if before is not None:
        _give_way(before, from_on)
    rule = _made(demand, from_on, by, at)
    facts: dict[str, int | str] = {"kind": demand.kind.value, "duty": demand.duty.value, "amount": demand.amount}
    audit.record(events.RULE_SET, actor=by, scope=None, target=rule, at=at, facts=facts)
    return rule


@transaction.atomic
def end_duty_rule(*, rule_id: UUID, from_on: date, by: Actor, at: datetime) -> None:
    """Ask for a duty no longer from a day on.

    Raises NotAllowed without the right to manage pages for the whole municipality, NotFound, InvalidTransition when it
    has ended, Invalid for a day before this week.
    """
    policies.check_can_rule(by, at=at)
    policies.check_starts_in_time(from_on, at=at)
    rule: DutyRule | None = DutyRule.objects.select_for_update().filter(public_id=rule_id).first()
    if rule is None:
        raise NotFound(_("There is nothing like that here."))
    if rule.until_on is not None:
        raise InvalidTransition(_("This duty has ended already."))
    audit.record(events.RULE_ENDED, actor=by, scope=None, target=rule, at=at)
    _give_way(rule, from_on)


def _running(kind: PresenceKind, duty: DutyCode) -> DutyRule | None:
    row: DutyRule | None = DutyRule.objects.select_for_update().filter(kind=kind, duty=duty, until_on=None).first()
    return row


def _give_way(rule: DutyRule, from_on: date) -> None:
    # A rule that has not begun, or begins on the same day, has measured nothing.
    if rule.from_on >= from_on:
        rule.delete()
        return
    rule.until_on = from_on
    rule.save(update_fields=["until_on"])


def _made(demand: Demand, from_on: date, by: Actor, at: datetime) -> DutyRule:
    return DutyRule.objects.create(
        kind=demand.kind,
        duty=demand.duty,
        amount=demand.amount,
        remind_hours=demand.remind_hours,
        escalate_after=demand.escalate_after,
        merge_after=demand.merge_after,
        from_on=from_on,
        set_by=person_or_none(by),
        set_at=at,
    )
