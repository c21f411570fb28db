"""What we count of presences week by week for their goals, from the same facts as the duties are measured by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from torg.oversight import facts
from torg.oversight.measuring import Facts, Week
from torg.oversight.types import DutyCode
from torg.registry.definitions import IN_TIME_A_WEEK, POSTS_A_WEEK
from torg.registry.models import Presence
from torg.registry.types import Series

SUNDAY = timedelta(days=6)


def counts(scope_ids: Sequence[UUID], at: datetime) -> Mapping[tuple[UUID, str], Series]:
    """Posts and answers in time of each week that is over; of weeks in which the presence was open throughout.

    The share of answers counts from when the rule for answers began that holds now: by another rule it is another
    figure, and the two are never one line (`settings.PRESENCE_COUNTS`).
    """
    house = facts.house(at=at)
    found: dict[tuple[UUID, str], Series] = {}
    for presence, happened in facts.measurable(Presence.objects.filter(scope__in=scope_ids), house):
        weeks = [week for week in reversed(house.weeks[1:]) if _was_open(happened, week)]
        if happened.sees_posts:
            found[presence.scope_id, POSTS_A_WEEK] = Series(list(_posts(happened, weeks)))
        since = _answered_so_since(presence, house)
        if since is not None:
            by_one_rule = [week for week in weeks if week.monday >= since]
            found[presence.scope_id, IN_TIME_A_WEEK] = Series(list(_in_time(happened, by_one_rule)), since)
    return found


def _answered_so_since(presence: Presence, house: facts.House) -> date | None:
    """From which day the deadline that holds now has held; None where the duty asks for no answers."""
    now = [rule for rule in house.rules_for(presence, house.weeks[0]) if rule.duty == DutyCode.ANSWERS]
    if not now:
        return None
    rule = now[0]
    before = [one for one in house.rules if (one.kind, one.duty) == (rule.kind, rule.duty)]
    for one in sorted(before, key=lambda each: each.from_on, reverse=True):
        if one.until_on == rule.from_on and one.amount == rule.amount:
            rule = one
    return rule.from_on


def _was_open(happened: Facts, week: Week) -> bool:
    return happened.opened_at < week.starts_at and (happened.closed_at is None or happened.closed_at >= week.ends_at)


def _posts(happened: Facts, weeks: Sequence[Week]) -> Iterator[tuple[date, Decimal]]:
    for week in weeks:
        yield week.monday + SUNDAY, Decimal(sum(week.holds(posted) for posted in happened.posts))


def _in_time(happened: Facts, weeks: Sequence[Week]) -> Iterator[tuple[date, Decimal]]:
    """A week in which nothing was due has no share."""
    for week in weeks:
        due = [asked.is_met is True for asked in happened.asked if week.holds(asked.due_at)]
        if due:
            yield week.monday + SUNDAY, Decimal(100 * sum(due) / len(due)).quantize(Decimal("0.1"))
