"""Who calls: the token, what it opens, and how much of its person's rights it carries."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from torg.api.models import Integration
from torg.core import clock
from torg.core.errors import NotAllowed, NotFound
from torg.people import queries
from torg.people.models import Person
from torg.people.types import Permission

PREFIX = "torg_"


def digest_of(token: str) -> str:
    """What is stored of a token; it is long and random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Caller:
    """An integration on behalf of its person: never more than the person may, often less."""

    integration: Integration
    person: Person
    at: datetime

    def scope_ids(self, permission: Permission) -> list[UUID]:
        """The scopes in which this call may use `permission`. Raises NotAllowed when the token lacks it."""
        if permission not in self.integration.permissions:
            raise NotAllowed(_("This token does not include that. Ask for a token that does."))
        reached = set(queries.scope_ids_for(self.person, permission, at=self.at))
        named = set(self.integration.scopes.values_list("id", flat=True))
        return sorted(reached & named if named else reached)

    def check(self, scope_id: UUID, permission: Permission) -> None:
        """Raise NotFound where the token does not reach, NotAllowed where it reaches but may not do this."""
        if scope_id not in self.scope_ids(Permission.READ):
            raise NotFound(_("There is nothing here that this token reaches."))
        if scope_id not in self.scope_ids(permission):
            raise NotAllowed(_("This token does not include that. Ask for a token that does."))


class Token(HttpBearer):
    """`Authorization: Bearer torg_…`; anything else is answered 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        at = clock.now()
        found = Integration.objects.select_related("person").filter(token_digest=digest_of(token)).first()
        if found is None or not found.works(at):
            return None
        if found.last_used_on != at.date():
            Integration.objects.filter(pk=found.pk).update(last_used_on=at.date())
        return Caller(integration=found, person=found.person, at=at)


class AuthenticatedRequest(HttpRequest):
    """A request whose token was accepted."""

    auth: Caller


def caller(request: HttpRequest) -> Caller:
    """Who calls."""
    return cast(AuthenticatedRequest, request).auth
