"""What the municipality decides: topics, goals, target groups, who may publish alone, how hard a text may be."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.people.acting import person_or_none
from torg.people.models import Scope
from torg.people.types import Role
from torg.publishing import events, loading, policies
from torg.publishing.models import ApprovalRule, Goal, ReadingLimit, TargetGroup, Topic
from torg.publishing.models.topics import Named
from torg.publishing.writing import slug_of

Kind = TypeVar("Kind", bound=Named)
MOST_APPROVALS = 2


@transaction.atomic
def set_topic(*, names: Sequence[str], by: Actor, at: datetime) -> Topic:
    """Decide a topic, named in bokmål, nynorsk and English. Raises NotAllowed, Invalid."""
    policies.check_can_keep_plan(by, None, at=at)
    topic = _named(Topic(), names)
    audit.record(events.TOPIC_SET, actor=by, scope=None, target=topic, at=at)
    return topic


@transaction.atomic
def set_goal(*, names: Sequence[str], wanted_percent: int | None = None, by: Actor, at: datetime) -> Goal:
    """Decide a communication goal, and the share of all posts that is wanted for it. Raises NotAllowed, Invalid."""
    policies.check_can_keep_plan(by, None, at=at)
    if wanted_percent is not None and not 0 <= wanted_percent <= 100:
        raise Invalid(_("Give a share between 0 and 100 percent."), field="wanted_percent")
    goal = _named(Goal(wanted_percent=wanted_percent), names)
    facts = {"wanted": wanted_percent or 0}
    audit.record(events.GOAL_SET, actor=by, scope=None, target=goal, at=at, facts=facts)
    return goal


@transaction.atomic
def set_group(*, names: Sequence[str], by: Actor, at: datetime) -> TargetGroup:
    """Decide a target group. Raises NotAllowed, Invalid."""
    policies.check_can_keep_plan(by, None, at=at)
    group = _named(TargetGroup(), names)
    audit.record(events.GROUP_SET, actor=by, scope=None, target=group, at=at)
    return group


@transaction.atomic
def end_name(*, kind: type[Kind], named_id: UUID, by: Actor, at: datetime) -> Kind:
    """End a topic, goal or target group; what has it keeps it. Raises NotAllowed, NotFound."""
    policies.check_can_keep_plan(by, None, at=at)
    row: Kind = loading.found(kind._default_manager.select_for_update(), named_id)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(events.NAME_ENDED, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def set_approval_rule(
    *,
    approvals_needed: int,
    alone_roles: Sequence[Role],
    scope_id: UUID | None = None,
    topic_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> ApprovalRule:
    """Decide how many others must approve, and which roles need nobody; the former rule for the same ends now.

    Args:
        approvals_needed: 0, 1 or 2 others.
        alone_roles: who may publish alone.
        scope_id: for one page; None for all.
        topic_id: for one topic; None for all.
        by: who.
        at: now, from when it holds.

    Raises NotAllowed, NotFound, Invalid.
    """
    policies.check_can_keep_plan(by, scope_id, at=at)
    if not 0 <= approvals_needed <= MOST_APPROVALS:
        raise Invalid(_("Nobody, one or two others can be asked for."), field="approvals_needed")
    topic = loading.found(Topic.objects.all(), topic_id) if topic_id else None
    scope = Scope.objects.get(pk=scope_id) if scope_id else None
    ApprovalRule.objects.in_force(at).filter(scope=scope, topic=topic).update(until_at=at)
    rule = ApprovalRule.objects.create(
        scope=scope,
        topic=topic,
        approvals_needed=approvals_needed,
        alone_roles=[role.value for role in alone_roles],
        from_at=at,
        made_by=person_or_none(by),
    )
    facts = {"needed": approvals_needed, "alone": len(alone_roles)}
    audit.record(events.RULE_SET, actor=by, scope=scope_id, target=rule, at=at, facts=facts)
    return rule


@transaction.atomic
def end_approval_rule(*, rule_id: UUID, by: Actor, at: datetime) -> ApprovalRule:
    """End a rule; the next wider one holds. Raises NotAllowed, NotFound."""
    rule: ApprovalRule = loading.found(ApprovalRule.objects.in_force(at).select_for_update(of=("self",)), rule_id)
    policies.check_can_keep_plan(by, rule.scope_id, at=at)
    rule.until_at = at
    rule.save(update_fields=["until_at"])
    audit.record(events.RULE_ENDED, actor=by, scope=rule.scope_id, target=rule, at=at)
    return rule


@transaction.atomic
def set_reading_limit(*, warn_above: int, refuse_above: int, by: Actor, at: datetime) -> ReadingLimit:
    """Decide how hard a text may be, by LIX. Raises NotAllowed, Invalid."""
    policies.check_can_keep_plan(by, None, at=at)
    if not 20 <= warn_above <= refuse_above <= 100:
        raise Invalid(_("Give two figures from 20 to 100, the advice first."), field="warn_above")
    limit = ReadingLimit.objects.create(
        warn_above=warn_above, refuse_above=refuse_above, from_at=at, made_by=person_or_none(by)
    )
    facts = {"warn": warn_above, "refuse": refuse_above}
    audit.record(events.READING_LIMIT_SET, actor=by, scope=None, target=limit, at=at, facts=facts)
    return limit


def _named(row: Kind, names: Sequence[str]) -> Kind:
    said = [name.strip() for name in names]
    if len(said) != 3 or not all(said):
        raise Invalid(_("Write the name in bokmål, nynorsk and English."), field="name_nb")
    row.name_nb, row.name_nn, row.name_en = said
    row.slug = slug_of(said[0])
    if type(row)._default_manager.filter(slug=row.slug).exists():
        raise Invalid(_("There is one with this name already."), field="name_nb")
    row.save()
    return row
