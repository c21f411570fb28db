"""When a question for advice is due: working time in the answering hours."""

from datetime import datetime

from torg.core.calendar import CalendarProblem, parse_span
from torg.people import queries as people
from torg.people.models import CalendarKind, Unit


def due(within: str, *, unit: Unit | None, at: datetime) -> datetime | None:
    """The moment by which it should be answered; None where nobody has set answering hours."""
    try:
        calendar = people.calendar_in_force(CalendarKind.ANSWERING, unit=unit, at=at)
        return calendar.due(at, parse_span(within)).due
    except CalendarProblem:
        return None
