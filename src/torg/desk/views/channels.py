"""The channels: how each is, what could not be taken in, and connecting again."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from torg.channels import queries as channels
from torg.core import clock
from torg.desk.queries import channels as queries
from torg.dialogue import queries as dialogue
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

UNKNOWN_SHOWN = 20


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every channel that the person sees, and the pages without one."""
    at = clock.now()
    manages = people.may_anywhere(request.person, Permission.MANAGE_PRESENCE, at=at)
    # What could not be read belongs to no page: it is for those who manage all of them.
    manages_all = people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=None, at=at)
    context = {
        "channels": queries.watched(request.person, at=at),
        "without": queries.presences_without(request.person, at=at) if manages else [],
        "deliveries": list(channels.to_look_at()[:UNKNOWN_SHOWN]) if manages_all else [],
        "manages": manages,
        "at": at,
    }
    return respond.respond(request, "desk/channels.html", context)


@requires(Permission.READ)
@require_GET
def channel(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """One channel: access, subscription, silence, and what we did not understand."""
    at = clock.now()
    connection = channels.connection_seen_by(request.person, connection_id, at=at)
    may_manage = people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=connection.scope_id, at=at)
    context = {
        "watched": queries.look_at(connection, at=at),
        "connection": connection,
        "unknown": list(dialogue.unknown_events(connection)[:UNKNOWN_SHOWN]),
        "may_manage": may_manage,
        "at": at,
    }
    return respond.respond(request, "desk/channel.html", context)
