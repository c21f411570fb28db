"""What the frame around every page needs: the municipality, and where this person may go."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from torg.config.navigation import ENTRIES
from torg.core import clock
from torg.people import queries
from torg.people.models import Municipality, Person
from torg.people.types import ROLE_PERMISSIONS, Permission, Role
from torg.ui.types import Place


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor; asks the database only where a template does."""
    return {
        "municipality": SimpleLazyObject(municipality),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
    }


def municipality() -> Municipality:
    """The municipality; a nameless one before the first set-up and while the database is away."""
    try:
        return Municipality.objects.first() or Municipality()
    except DatabaseError:
        return Municipality()


def navigation(request: HttpRequest) -> list[Place]:
    """The entries that this person's roles open."""
    person = getattr(request.user, "person", None)
    if not isinstance(person, Person):
        return []
    allowed = permissions_of(person)
    shown = [entry for entry in ENTRIES if entry.permission is None or entry.permission in allowed]
    return [place(entry.label, reverse(entry.page), entry.icon, path=request.path) for entry in shown]


def place(label: Any, address: str, icon: str, *, path: str) -> Place:
    """An entry as the template shows it: current at its own address and, below a room's first page, under it."""
    is_under = address.count("/") > 2 and path.startswith(address)
    return Place(label, address, icon, is_current=path == address or is_under)


def permissions_of(person: Person) -> set[Permission]:
    """What the person may do in at least one scope, by one query."""
    held = queries.roles_held(person, at=clock.now()).values_list("role", flat=True).distinct()
    return {permission for role in held for permission in ROLE_PERMISSIONS[Role(role)]}
