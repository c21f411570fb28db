"""Short ways to people, pages and roles for tests; names are invented."""

from datetime import datetime, timedelta

from torg.core import ids
from torg.people.models import Login, Person, RoleAssignment, Scope
from torg.people.types import Role
from torg.registry.models import Presence, PresenceKind

LONG_AGO = timedelta(days=400)


def person(name: str = "Kari Prøve", *, email: str = "", language: str = "nb") -> Person:
    """Somebody who works here, with no role."""
    return Person.objects.create(name=name, email=email or f"{ids.new()}@eksempel.example", language=language)


def role(holder: Person, kind: Role, *, at: datetime, scope: Scope | None = None) -> RoleAssignment:
    """A role since long ago, in one scope or in all."""
    return RoleAssignment.objects.create(person=holder, role=kind, scope=scope, from_at=at - LONG_AGO)


def officer(*, at: datetime, name: str = "Ingrid Informasjon") -> Person:
    """An information officer for everything."""
    holder = person(name)
    role(holder, Role.OFFICER, at=at)
    return holder


def presence(
    name: str = "Eksempelvik kommune", *, at: datetime, kind: PresenceKind = PresenceKind.MAIN_PAGE
) -> Presence:
    """A page of ours, with its own scope."""
    scope = Scope.objects.create(name=name, is_secret=kind == PresenceKind.SECRET_GROUP)
    return Presence.objects.create(scope=scope, kind=kind, name=name, opened_at=at - LONG_AGO)


def administrator(page: Presence, *, at: datetime, name: str = "Arne Administrator") -> Person:
    """A page administrator of this one page."""
    holder = person(name)
    role(holder, Role.PAGE_ADMINISTRATOR, at=at, scope=page.scope)
    return holder


def login(holder: Person) -> Login:
    """A log-in for the person, without a password."""
    return Login.objects.create_user(email=holder.email, person=holder)
