"""How soon a medium comes down, by the routine in force."""

from datetime import datetime

from torg.media.models import Routine
from torg.media.queries import routine_in_force
from torg.openness.deadlines import calendar


def take_down_due(*, is_child: bool, at: datetime) -> datetime:
    """When what must come down is down at the latest: working days from now, fewer for a child."""
    routine: Routine = routine_in_force()
    return calendar().add_working_days(at, routine.child_take_down_days if is_child else routine.take_down_days)
