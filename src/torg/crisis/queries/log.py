"""The log of an incident: every act, with who and when, from the one log that cannot be changed."""

from collections.abc import Sequence
from dataclasses import replace

from torg.audit import queries as audit
from torg.audit.queries import Told
from torg.crisis.models import Incident
from torg.people.models import Person

MOST = 500


def incident_log(incident: Incident, *, limit: int = MOST) -> Sequence[Told]:
    """Everything that was done in it, newest first, with the names of those who did it."""
    story = audit.story(scope_ids=[incident.scope_id], target_ids=[incident.public_id], limit=limit)
    refs = {event.actor_ref for event in story.events if event.actor_kind == "person"}
    names = {str(row.public_id): row.name for row in Person.objects.filter(public_id__in=refs)}
    return [replace(event, actor_name=names.get(event.actor_ref, event.actor_ref)) for event in story.events]
