"""What publishing asks before it lets something out by one approval; `settings.CRISIS_APPROVAL` names it."""

from datetime import datetime
from uuid import UUID

from torg.crisis.models import Incident
from torg.crisis.queries.seats import acts_as_owner, seats_of
from torg.crisis.types import IncidentState
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission


def allows_approval(*, incident_id: UUID | None, person: Person, at: datetime) -> bool:
    """Whether one approval by this person is enough, in a real incident that is not closed. An exercise never is."""
    if incident_id is None:
        return False
    incident = Incident.objects.filter(public_id=incident_id, is_exercise=False).first()
    if incident is None or incident.state == IncidentState.CLOSED:
        return False
    return may_approve(person, incident, at=at)


def may_approve(person: Person, incident: Incident, *, at: datetime) -> bool:
    """Whether one approval by this person lets something out: by right, as owner, or by their place in the team."""
    if people.may(person, Permission.AGREE, scope_id=incident.scope_id, at=at):
        return True
    return acts_as_owner(person, incident, at=at) or any(seat.may_approve for seat in seats_of(person, incident, at=at))
