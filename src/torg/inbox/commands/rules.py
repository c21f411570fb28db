"""What the municipality decides for its inbox: deadlines, and how the inbox works on a page."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.calendar import CalendarProblem, parse_span
from torg.core.errors import Invalid
from torg.inbox import audit, events, policies, queries
from torg.inbox.models import DeadlineRule, InboxSetting
from torg.people.models import Person


@transaction.atomic
def set_rule(
    *,
    within: str,
    scope_id: UUID | None = None,
    unit_id: UUID | None = None,
    counts_closed_time: bool = False,
    applies_to_all: bool = False,
    from_at: datetime | None = None,
    by: Person,
    at: datetime,
) -> DeadlineRule:
    """Set how fast questions are answered from a moment on, for one page, one unit or all; the rule before it ends.

    Questions that were asked before keep the rule they were asked under.

    Args:
        within: working time: `90m`, `2h`, `1d`; `0m` for no deadline.
        scope_id: for one page.
        unit_id: for one unit, by its public id.
        counts_closed_time: count what came and was answered while closed as full time.
        applies_to_all: also for what is not a question.
        from_at: when it begins; now when it is not given.
        by: who decides.
        at: now.

    Raises NotAllowed, Invalid for a span that cannot be read, for a moment that has passed, or where another rule
    begins later.
    """
    policies.check_can_set_rules(by, scope_id=scope_id, at=at)
    try:
        parse_span(within)
    except CalendarProblem as problem:
        raise Invalid(str(problem), field="within") from problem
    begins_at = from_at or at
    if begins_at < at:
        raise Invalid(_("A rule cannot begin in the past."), field="from_on")
    unit = queries.unit_or_absent(unit_id) if unit_id else None
    same = DeadlineRule.objects.filter(scope_id=scope_id, unit=unit)
    if same.filter(from_at__gt=begins_at).exists():
        raise Invalid(_("Another rule is set to begin later. Choose a day after that."), field="from_on")
    same.filter(until_at=None, from_at__lt=begins_at).update(until_at=begins_at)
    rule = DeadlineRule.objects.create(
        scope_id=scope_id,
        unit=unit,
        within=within,
        counts_closed_time=counts_closed_time,
        applies_to_all=applies_to_all,
        from_at=begins_at,
    )
    audit.record(events.RULE_SET, actor=by, scope=scope_id, target=rule, at=at, facts={"within": within})
    return rule


@transaction.atomic
def change_setting(*, scope_id: UUID | None, values: Mapping[str, object], by: Person, at: datetime) -> InboxSetting:
    """Change how the inbox works on one page, or (None) on all that have no choices of their own.

    Raises NotAllowed, Invalid for a choice that does not exist.
    """
    policies.check_can_set_rules(by, scope_id=scope_id, at=at)
    known = {field.name for field in InboxSetting._meta.get_fields()} - {"id", "scope_id"}
    if set(values) - known:
        raise Invalid(_("There is no such choice."))
    setting, _is_new = InboxSetting.objects.update_or_create(scope_id=scope_id, defaults=dict(values))
    facts = {"choices": len(values)}
    audit.record(events.SETTING_CHANGED, actor=by, scope=scope_id, target=None, at=at, facts=facts)
    return setting
