"""The pages, groups and profiles that the token reaches."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from torg.api.access import caller
from torg.api.routes.account import Refusal
from torg.people.types import Permission
from torg.registry import queries
from torg.registry.models import Presence

router = Router()


class PresenceOut(Schema):
    """A page, group or profile."""

    id: UUID
    name: str
    kind: str
    address: str
    unit: str | None
    opened_at: datetime
    closed_at: datetime | None


def told(presence: Presence) -> PresenceOut:
    """The presence as the API tells it."""
    return PresenceOut(
        id=presence.public_id,
        name=presence.name,
        kind=presence.kind,
        address=presence.address,
        unit=presence.unit.name if presence.unit else None,
        opened_at=presence.opened_at,
        closed_at=presence.closed_at,
    )


@router.get("", response={200: list[PresenceOut], 403: Refusal}, summary="Our pages", operation_id="presences")
def index(request: HttpRequest) -> Iterable[PresenceOut]:
    """Every presence that the token reaches, the running ones first."""
    who = caller(request)
    scope_ids = who.scope_ids(Permission.READ)
    return [told(row) for row in queries.presences_for(who.person, at=who.at).filter(scope_id__in=scope_ids)]
