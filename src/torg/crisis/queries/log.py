"""The log of an incident: every act, with who and when, from the one log that cannot be changed."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from torg.audit import queries as audit
from torg.audit.queries import Told
from torg.crisis import types
from torg.crisis.models import Incident
from torg.people.models import Person

MOST = 500
# What the rules of this room are, for people.
RULES = {
    types.SWITCH.name: _("the switch of the incident"),
    types.GROUPER.name: _("the grouping of questions"),
    types.CALLER.name: _("the call-out"),
    types.GATEWAY.name: _("the gateway for text messages"),
    types.SENDER.name: _("sending of approved answers"),
    types.PLAYER.name: _("the script of the exercise"),
}


def incident_log(incident: Incident, *, limit: int = MOST) -> Sequence[Told]:
    """Everything that was done in it, newest first, with the names of those who did it."""
    story = audit.story(scope_ids=[incident.scope_id], target_ids=[incident.public_id], limit=limit)
    refs = {event.actor_ref for event in story.events if event.actor_kind == "person"}
    names = {str(row.public_id): row.name for row in Person.objects.filter(public_id__in=refs)}
    return [replace(event, actor_name=names.get(event.actor_ref) or _rule(event.actor_ref)) for event in story.events]


def _rule(ref: str) -> str:
    name = ref.partition("@")[0]
    return str(RULES.get(name, name))
