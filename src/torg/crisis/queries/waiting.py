"""What in an incident waits for one person: a call to answer, a shift to take over, a closing to look at."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from torg.crisis.models import Called, HandOver, Incident
from torg.crisis.types import IncidentState
from torg.people.models import Person
from torg.people.types import Permission


def calls_unanswered(person: Person) -> QuerySet[Incident]:
    """Open incidents that the person is called to, and has not said that they come to."""
    mine = Called.objects.filter(call_out__incident=OuterRef("pk"), person=person)
    is_open = Incident.objects.exclude(state=IncidentState.CLOSED)
    return is_open.filter(Exists(mine)).exclude(Exists(mine.filter(confirmed_at__isnull=False)))


def shifts_offered(person: Person) -> QuerySet[HandOver]:
    """Shifts in open incidents that are handed to the person, and that they have not taken over."""
    rows = HandOver.objects.filter(to_person=person, received_at=None)
    return rows.exclude(incident__state=IncidentState.CLOSED)


def closings_waiting(person: Person, *, at: datetime) -> QuerySet[Incident]:
    """Incidents that somebody else has said are over, and that the person may close as the second."""
    rows: QuerySet[Incident] = Incident.objects.visible_to(person, at=at, permission=Permission.RUN_CRISIS)
    return rows.filter(state=IncidentState.CLOSING).exclude(closing_asked_by=person)
