"""Rows for commands: locked, and absent for those who may not see them. The incident is always locked first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from torg.core.actors import Actor
from torg.crisis import policies
from torg.crisis.models import Incident
from torg.publishing.loading import found


def incident_for_change(incident_id: UUID, *, by: Actor, at: datetime) -> Incident:
    """The incident, locked, and not closed; raises NotFound, InvalidTransition."""
    incident: Incident = found(Incident.objects.visible_to(by, at=at).select_for_update(of=("self",)), incident_id)
    policies.check_is_open(incident)
    return incident


def part_for_change(rows: QuerySet[Any], public_id: UUID, *, by: Actor, at: datetime) -> Any:
    """A part of an incident, locked after the incident itself; raises NotFound, InvalidTransition once it is closed."""
    part = found(rows.select_related("incident"), public_id)
    incident = incident_for_change(part.incident.public_id, by=by, at=at)
    locked = rows.select_for_update(of=("self",)).get(pk=part.pk)
    locked.incident = incident
    return locked
