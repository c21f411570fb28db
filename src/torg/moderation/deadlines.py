"""When something must be decided, in the municipality's working hours."""

from datetime import datetime, timedelta

from torg.core.calendar import CalendarProblem, parse_span
from torg.moderation.models import ModerationSetting
from torg.moderation.words import Gravity
from torg.people import queries as people
from torg.people.models import CalendarKind, Unit

# Where nobody has set any hours, a day by the clock.
WITHOUT_HOURS = timedelta(hours=24)


def setting() -> ModerationSetting:
    """What the municipality has decided, or what holds until it has."""
    return ModerationSetting.objects.first() or ModerationSetting()


def decide_by(gravity: Gravity, *, unit: Unit | None, at: datetime) -> datetime:
    """When a case opened at `at` must be decided."""
    return _due(setting().decide_within(gravity), unit=unit, at=at)


def hidden_until(*, unit: Unit | None, at: datetime) -> datetime:
    """How long something may stay hidden by one person alone."""
    return _due(setting().hidden_at_most, unit=unit, at=at)


def _due(span: str, *, unit: Unit | None, at: datetime) -> datetime:
    try:
        calendar = people.calendar_in_force(CalendarKind.ANSWERING, unit=unit, at=at)
        return calendar.due(at, parse_span(span)).due
    except CalendarProblem:
        return at + WITHOUT_HOURS
