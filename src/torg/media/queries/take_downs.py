"""Tasks to take media down."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.media.models import TakeDown
from torg.media.types import TakeDownState
from torg.people.types import Permission


def take_downs_for(actor: Actor, *, at: datetime, is_open: bool = True) -> QuerySet[TakeDown]:
    """What `actor` can take down, the first due first; or what is done, the newest first."""
    seen = TakeDown.objects.visible_to(actor, at=at, permission=Permission.PUBLISH).select_related("medium")
    if is_open:
        return seen.filter(state=TakeDownState.OPEN).order_by("due_at", "id")
    return seen.exclude(state=TakeDownState.OPEN).order_by("-done_at", "-id")


def take_down_or_absent(actor: Actor, public_id: UUID, *, at: datetime) -> TakeDown:
    """The task, locked, if `actor` can do it; raises NotFound otherwise."""
    seen = TakeDown.objects.visible_to(actor, at=at, permission=Permission.PUBLISH).select_for_update(of=("self",))
    found: TakeDown | None = seen.select_related("medium").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such task."))
    return found
