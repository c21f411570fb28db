"""Rows by their public ids, for those who may see them; what one may not see is absent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.people.scoping import ScopedQuerySet


def one(rows: ScopedQuerySet, public_id: UUID, *, by: Actor, at: datetime) -> Any:
    """The row, locked, if `by` sees it; raises NotFound otherwise."""
    found: Model | None = rows.visible_to(by, at=at).select_for_update(of=("self",)).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is nothing like that here."))
    return found
