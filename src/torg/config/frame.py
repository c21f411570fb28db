"""What the frame around every page needs: the municipality, and where this person may go."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import DatabaseError
from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from torg.config.navigation import ENTRIES, OWN_ENTRIES, Entry
from torg.core import clock
from torg.crisis import queries as crisis
from torg.crisis.models import Incident
from torg.crisis.types import IncidentState
from torg.people import queries
from torg.people.models import Municipality, Person
from torg.ui.types import Notice, Place


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor; asks the database only where a template does."""
    allowed = cache(lambda: permissions_of(request))
    found = cache(municipality)
    return {
        "municipality": SimpleLazyObject(found),
        "notices": SimpleLazyObject(lambda: notices(request, found())),
        "navigation": SimpleLazyObject(lambda: places(ENTRIES, allowed(), path=request.path)),
        "own_places": SimpleLazyObject(lambda: places(OWN_ENTRIES, allowed(), path=request.path)),
    }


def municipality() -> Municipality:
    """The municipality; a nameless one before the first set-up and while the database is away."""
    try:
        # Whether something goes on is asked in the same breath, so that every other day it costs no page anything.
        running = Exists(Incident.objects.exclude(state=IncidentState.CLOSED))
        return Municipality.objects.annotate(has_incident=running).first() or Municipality()
    except DatabaseError:
        return Municipality()


def notices(request: HttpRequest, municipality: Municipality) -> list[Notice]:
    """Incidents and exercises that run, for those who may see them."""
    person = getattr(request.user, "person", None)
    if not vars(municipality).get("has_incident") or not isinstance(person, Person):
        return []
    running = crisis.running_seen_by(person, at=clock.now())
    return [Notice(row.title, reverse("crisis:incident", args=[row.public_id]), row.is_exercise) for row in running]


def places(entries: Iterable[Entry], allowed: queries.Held | None, *, path: str) -> list[Place]:
    """The entries that somebody with these permissions may open; none for those who are not signed in."""
    if allowed is None:
        return []
    return [place(entry, allowed, path=path) for entry in entries if is_open(entry, allowed)]


def is_open(entry: Entry, allowed: queries.Held) -> bool:
    """Whether the page of an entry opens to somebody with these permissions."""
    held = allowed.as_a_whole if entry.is_for_all else allowed.anywhere
    return entry.permission is None or entry.permission in held


def place(entry: Entry, allowed: queries.Held, *, path: str) -> Place:
    """An entry as the template shows it: current at its own address, below a room's first page, and in its room."""
    address = reverse(entry.page)
    pages = nearest_only(places(entry.pages, allowed, path=path))
    is_under = address.count("/") > 2 and path.startswith(address)
    is_in_room = bool(entry.room) and path.startswith(entry.room)
    is_current = path == address or is_under or is_in_room or any(page.is_current for page in pages)
    return Place(entry.label, address, entry.icon, is_current=is_current, pages=pages)


def nearest_only(pages: Iterable[Place]) -> tuple[Place, ...]:
    """The pages of a room with at most one current: the one whose address says most of where we are."""
    found = tuple(pages)
    nearest = max((page.address for page in found if page.is_current), key=len, default="")
    return tuple(replace(page, is_current=page.address == nearest) for page in found)


def permissions_of(request: HttpRequest) -> queries.Held | None:
    """What the person may do, and how far, by one query; None for those who are not signed in."""
    person = getattr(request.user, "person", None)
    if not isinstance(person, Person):
        return None
    return queries.permissions_held(person, at=clock.now())
