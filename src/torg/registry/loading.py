"""Rows of the register as commands take them: locked, in sight, or absent."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.registry import policies, queries
from torg.registry.models import Application, PlatformAccess, Presence, PresenceExport, PresenceGoal


def managed(presence_id: UUID, *, by: Actor, at: datetime) -> Presence:
    """The open presence, locked, which `by` manages. Raises NotFound, NotAllowed, InvalidTransition."""
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_manage(by, presence, at=at)
    policies.check_is_open(presence)
    return presence


def goal(goal_id: UUID, *, by: Actor, at: datetime) -> PresenceGoal:
    """The goal, locked. Raises NotFound out of sight."""
    rows = PresenceGoal.objects.visible_to(by, at=at).select_for_update(of=("self",)).select_related("presence")
    found: PresenceGoal | None = rows.filter(public_id=goal_id).first()
    if found is None:
        raise NotFound(_("There is no such goal here."))
    return found


def application(application_id: UUID, *, by: Actor, at: datetime) -> Application:
    """The application, locked. Raises NotFound out of sight."""
    rows = queries.applications_for(by, at=at).select_for_update(of=("self",))
    found: Application | None = rows.filter(public_id=application_id).first()
    if found is None:
        raise NotFound(_("There is no such application here."))
    return found


def export(export_id: UUID, *, by: Actor, at: datetime) -> PresenceExport:
    """The export, locked. Raises NotFound out of sight."""
    rows = PresenceExport.objects.visible_to(by, at=at).select_for_update(of=("self",)).select_related("presence")
    found: PresenceExport | None = rows.filter(public_id=export_id).first()
    if found is None:
        raise NotFound(_("There is no such export here."))
    return found


def access(access_id: UUID, *, by: Actor, at: datetime) -> PlatformAccess:
    """The access on a platform, locked. Raises NotFound out of sight."""
    rows = PlatformAccess.objects.visible_to(by, at=at).select_for_update(of=("self",)).select_related("presence")
    found: PlatformAccess | None = rows.filter(public_id=access_id).first()
    if found is None:
        raise NotFound(_("There is nothing like that here."))
    return found
