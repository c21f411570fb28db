"""Who takes part in an incident now, stand-ins included."""

from datetime import datetime

from django.db.models import QuerySet

from torg.crisis.models import Incident, TeamMember, seats_held
from torg.crisis.types import IncidentState
from torg.people.models import Person, StandIn


def seats_of(person: Person, incident: Incident, *, at: datetime) -> list[TeamMember]:
    """The person's own place in the team, and those of everyone the person stands in for."""
    if incident.state == IncidentState.CLOSED:
        return []
    return list(seats_held(person, at=at).filter(incident=incident))


def acts_as_owner(person: Person, incident: Incident, *, at: datetime) -> bool:
    """Whether the person owns the incident, or stands in for its owner."""
    return incident.owner_id == person.pk or _standing_in(incident, at=at).filter(stand_in=person).exists()


def owner_now(incident: Incident, *, at: datetime) -> Person:
    """Who acts as owner: the stand-in while the owner is away."""
    away = _standing_in(incident, at=at).select_related("stand_in").order_by("from_at", "id").first()
    return away.stand_in if away is not None else incident.owner


def _standing_in(incident: Incident, *, at: datetime) -> QuerySet[StandIn]:
    return StandIn.objects.in_force(at).filter(absent=incident.owner_id)
