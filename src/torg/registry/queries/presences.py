"""Which pages, groups and profiles somebody sees."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.registry.models import Presence, PresenceKind
from torg.registry.words import Line

# A secret group is told of to nobody; behind a name that is only taken there is nothing to visit.
NOT_TOLD = (PresenceKind.SECRET_GROUP, PresenceKind.RESERVED_NAME)


def presences_for(actor: Actor, *, at: datetime) -> QuerySet[Presence]:
    """Those that `actor` may read, by name, the running ones first."""
    visible = Presence.objects.visible_to(actor, at=at)
    return visible.select_related("unit").order_by("closed_at", "name")


def open_presences(actor: Actor, *, at: datetime) -> QuerySet[Presence]:
    """Those of them that run, by name."""
    return presences_for(actor, at=at).filter(closed_at=None).order_by("name", "id")


def official() -> QuerySet[Presence]:
    """The running ones that the public is told of, by name: nothing that is secret, or a leader's own."""
    told = Presence.objects.filter(closed_at=None, scope__is_secret=False).exclude(kind__in=NOT_TOLD)
    public = told.filter(Q(details=None) | ~Q(details__line=Line.PRIVATE))
    return public.select_related("unit").order_by("name", "id")


def presence_or_absent(actor: Actor, public_id: UUID, *, at: datetime, lock: bool = False) -> Presence:
    """The presence, if `actor` sees it; raises NotFound otherwise."""
    visible = Presence.objects.visible_to(actor, at=at)
    if lock:
        visible = visible.select_for_update()
    presence: Presence | None = visible.filter(public_id=public_id).first()
    if presence is None:
        raise NotFound(_("There is no such page here."))
    return presence
