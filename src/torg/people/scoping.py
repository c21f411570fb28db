"""The query set that every row with a scope is loaded through: out of scope is absent."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from torg.core.actors import Actor
from torg.people import queries
from torg.people.models import Person
from torg.people.types import Permission


class ScopedQuerySet(models.QuerySet[Any]):
    """For models with a `scope_id`. Use `objects = ScopedQuerySet.as_manager()`."""

    def visible_to(self, actor: Actor, *, at: datetime, permission: Permission = Permission.READ) -> Self:
        """Rows of the scopes where `actor` has `permission` at `at`; rules and operators see all."""
        if not isinstance(actor, Person):
            return self
        return self.filter(scope_id__in=queries.scopes_for(actor, permission, at=at).values("id"))
