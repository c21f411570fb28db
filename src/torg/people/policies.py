"""Rules on who may do what; `check_…` raises, so that buttons and commands share one rule."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from torg.core.actors import Actor
from torg.core.errors import NotAllowed
from torg.people import queries
from torg.people.types import Permission

NOT_INCLUDED = _("Your role here does not include this. Ask the information officer if you need it.")


def check_may(by: Actor, permission: Permission, *, scope_id: UUID | None, at: datetime) -> None:
    """Raise NotAllowed unless `by` has `permission` in the scope, or (scope None) for the whole municipality."""
    if not queries.may(by, permission, scope_id=scope_id, at=at):
        raise NotAllowed(str(NOT_INCLUDED))
