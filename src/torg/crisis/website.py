"""The public site, which lies above: draws the status page. `settings.WEBSITE_STATUS` names the module."""

from datetime import datetime
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from torg.core.actors import Actor
from torg.crisis.models import Incident
from torg.crisis.types import SWITCH


class StatusSite(Protocol):
    """What the module must offer; called in the transaction of the act."""

    def show(self, *, incident_id: UUID, by: Actor, at: datetime) -> None:
        """Draw the status page as it should be now."""


def show(incident: Incident, *, by: Actor = SWITCH, at: datetime) -> None:
    """Bring the public status page in line with the incident; that of an exercise is for the staff alone.

    The page follows by rule: whoever acted was asked for the right to it by the command.
    """
    if not incident.is_exercise:
        site = cast(StatusSite, import_module(settings.WEBSITE_STATUS))
        site.show(incident_id=incident.public_id, by=by, at=at)
