"""Rows for commands: locked, and absent for those who may not see them. The incident is always locked first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Stale
from torg.crisis import policies
from torg.crisis.models import Incident
from torg.crisis.types import IncidentState, Opening
from torg.people.models import Scope
from torg.publishing.loading import found


def check_knows_all(opening: Opening) -> None:
    """Two who press the switch at once come one after the other; the second is told of what the first has opened."""
    Scope.objects.select_for_update(no_key=True).filter(id=opening.scope_id).first()
    if opening.known is None:
        return
    running = Incident.objects.filter(scope_id=opening.scope_id, is_exercise=opening.is_exercise)
    running = running.exclude(state=IncidentState.CLOSED).exclude(public_id__in=opening.known)
    just = running.order_by("-opened_at").first()
    if just is not None:
        raise Stale(
            _("“%(title)s” is open already, and was not when you opened this page. Look there first.")
            % {"title": just.title}
        )


def incident_for_change(incident_id: UUID, *, by: Actor, at: datetime) -> Incident:
    """The incident, locked, and not closed; raises NotFound, InvalidTransition."""
    incident = _locked(incident_id, by=by, at=at)
    policies.check_is_open(incident)
    return incident


def part_for_change(rows: QuerySet[Any], public_id: UUID, *, by: Actor, at: datetime, is_over: bool = False) -> Any:
    """A part of an incident, locked after the incident itself; raises NotFound, InvalidTransition once it is closed.

    `is_over` asks nothing of the incident: what is wrong on our own site can be taken down at any time.
    """
    part = found(rows.select_related("incident"), public_id)
    incident = _locked(part.incident.public_id, by=by, at=at)
    if not is_over:
        policies.check_is_open(incident)
    locked = rows.select_for_update(of=("self",)).get(pk=part.pk)
    locked.incident = incident
    return locked


def ended(rows: QuerySet[Any], public_id: UUID, *, at: datetime) -> Any:
    """A part of the plan that holds, taken out of it now; raises NotFound."""
    row = found(rows.filter(ended_at=None).select_for_update(), public_id)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    return row


def _locked(incident_id: UUID, *, by: Actor, at: datetime) -> Incident:
    incident: Incident = found(Incident.objects.visible_to(by, at=at).select_for_update(of=("self",)), incident_id)
    return incident
