"""What holds of reminders and figures at a moment."""

from dataclasses import dataclass
from datetime import datetime

from torg.guidance.models import Routine
from torg.people.grouping import LEAST

# In January everybody gets the time to do it unasked.
FIRST_MONTH = 2


@dataclass(frozen=True, slots=True)
class Holding:
    """The month in which reminders begin, and the fewest people in a unit that is counted alone."""

    first_month: int = FIRST_MONTH
    least_people: int = LEAST


def routine_at(at: datetime) -> Holding:
    """What was decided for that moment; the usual where nobody has decided."""
    row = Routine.objects.in_force(at).order_by("-from_at", "-id").first()
    return Holding(row.first_month, row.least_people) if row else Holding()
