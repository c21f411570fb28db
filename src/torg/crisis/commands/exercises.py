"""Exercises: a script of messages that arrive by the clock, in the sandbox only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.crisis import audit, events, loading, policies
from torg.crisis.models import Incident, InjectedMessage
from torg.crisis.types import PLAYER, IncidentState, Injection

MOST_MINUTES = 7 * 24 * 60


@transaction.atomic
def write_script(*, incident_id: UUID, injections: Sequence[Injection], by: Actor, at: datetime) -> int:
    """Add messages that arrive so many minutes after the exercise began. Returns how many were added.

    Raises NotFound, NotAllowed, InvalidTransition in what is no exercise, Invalid for a line without words.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_lead(by, incident, at=at)
    if not incident.is_exercise:
        raise InvalidTransition(_("Only an exercise has a script."))
    if not injections or any(not one.text.strip() or not 0 <= one.minutes <= MOST_MINUTES for one in injections):
        raise Invalid(_("Write each message on a line: minutes, name, text."), field="script")
    rows = InjectedMessage.objects.bulk_create(
        InjectedMessage(
            incident=incident,
            due_at=incident.opened_at + timedelta(minutes=one.minutes),
            author=one.author.strip()[:80],
            text=one.text.strip(),
        )
        for one in injections
    )
    audit.record(events.SCRIPTED, incident, by=by, at=at, messages=len(rows))
    return len(rows)


@transaction.atomic
def play(*, incident_id: UUID, by: Actor = PLAYER, at: datetime) -> int:
    """Let the messages arrive whose time has come. Returns how many; doing it again lets none arrive twice."""
    incident = Incident.objects.select_for_update().get(public_id=incident_id)
    if incident.state == IncidentState.CLOSED or not incident.is_exercise:
        return 0
    arrived: int = incident.injected.filter(arrived_at=None, due_at__lte=at).update(arrived_at=at)
    if arrived:
        audit.record(events.PLAYED, incident, by=by, at=at, messages=arrived)
    return arrived
