"""Incidents as those who may see them find them, and what each reaches."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.channels.models import Connection, ConnectionState
from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.crisis.models import Incident
from torg.crisis.types import IncidentState
from torg.people.types import Permission
from torg.registry.models import Presence


def incident_seen_by(actor: Actor, public_id: UUID, *, at: datetime) -> Incident:
    """The incident, when `actor` may see it; raises NotFound."""
    rows = Incident.objects.visible_to(actor, at=at).select_related("owner", "opened_by", "closed_by")
    found: Incident | None = rows.select_related("closing_asked_by").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such incident."))
    return found


def running_seen_by(actor: Actor, *, at: datetime) -> list[Incident]:
    """What is not closed and within sight, the real before exercises."""
    rows = Incident.objects.visible_to(actor, at=at).exclude(state=IncidentState.CLOSED)
    return list(rows.order_by("is_exercise", "opened_at"))


def listed(actor: Actor, *, at: datetime) -> list[Incident]:
    """Every incident and exercise within sight, the newest first."""
    return list(Incident.objects.visible_to(actor, at=at).select_related("owner").order_by("-opened_at")[:100])


def pages_within_reach(actor: Actor, *, at: datetime) -> list[Presence]:
    """The pages that are open, not secret, and within sight, the main page first."""
    rows = Presence.objects.visible_to(actor, at=at).filter(closed_at=None, scope__is_secret=False)
    return sorted(rows.select_related("scope"), key=lambda page: (page.kind != "MAIN_PAGE", page.name))


def targets_of(actor: Actor, incident: Incident, *, at: datetime) -> list[Connection]:
    """The channels on which `actor` may publish, those that must be connected again left out.

    In an exercise those of the pages it gathers from, whoever practises: they stand for themselves, and get nothing.
    """
    if incident.is_exercise:
        rows = Connection.objects.filter(scope_id__in=incident.pages.values("scope_id"))
    else:
        rows = Connection.objects.visible_to(actor, at=at, permission=Permission.PUBLISH)
    able = rows.filter(state=ConnectionState.ACTIVE, capabilities__can_publish=True)
    return list(able.order_by("platform", "name", "id"))
