"""Warnings of deadlines: which clocks are near or past, and only while we are open."""

from datetime import datetime

from torg.core.calendar import CalendarProblem, parse_span
from torg.inbox import clocks
from torg.inbox.models import Clock, ClockWarning
from torg.inbox.queries import lists
from torg.inbox.types import Outcome

NEAR = "NEAR"
PAST = "PAST"


def give(*, at: datetime) -> list[ClockWarning]:
    """Write the warnings that are due; each clock is warned of once at each step, however often this runs."""
    rules = clocks.Rules(at=at)
    running = Clock.objects.filter(outcome=Outcome.RUNNING).select_related("enquiry").order_by("due_at")
    given = []
    for clock in running.exclude(warnings__step=PAST)[:MOST]:
        step = _step(clock, rules, at)
        if step is None:
            continue
        warning, is_new = ClockWarning.objects.get_or_create(clock=clock, step=step, defaults={"warned_at": at})
        if is_new:
            given.append(warning)
    return given


# A round takes the nearest; the next round, a minute later, the rest.
MOST = 1000


def _step(clock: Clock, rules: clocks.Rules, at: datetime) -> str | None:
    try:
        calendar, _definition = rules.hours(clock.unit_id)
        if not calendar.is_open(at):
            return None
        if clock.due_at < at:
            return PAST
        before = parse_span(lists.setting_for(clock.scope_id).warn_before)
        return NEAR if calendar.due(at, before).due >= clock.due_at else None
    except CalendarProblem:
        return None
