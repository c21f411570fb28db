"""The queue's frame: the views with their counts, saved views, and what one can narrow by; one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.desk.queries.counting import counted, listed
from torg.inbox.models import Label, SavedView
from torg.inbox.queries import Filters, View
from torg.inbox.queries.queue import narrowed
from torg.people import queries as people
from torg.people.models import Person, RoleAssignment, Unit
from torg.people.types import Permission, roles_with
from torg.registry.models import WITHOUT_API, Presence

# Beyond this a count says "99+": nobody reads the difference.
MOST = 100
ICONS = {
    View.OPEN: "inbox",
    View.MINE: "person",
    View.UNIT: "people",
    View.UNANSWERED: "question",
    View.DUE_SOON: "clock",
    View.OVERDUE: "late",
    View.SENSITIVE: "mask",
    View.APPROVAL: "check",
    View.SNOOZED: "pause",
    View.ALL: "archive",
}
UNCOUNTED = {View.ALL}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One view on the shelf to the left."""

    name: str | Promise
    address: str
    icon: str
    count: str = ""
    is_current: bool = False
    view_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows, and the address without it."""

    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Frame:
    """All around the list."""

    title: str
    views: Sequence[Shelf]
    saved: Sequence[Shelf]
    chips: Sequence[Chip]
    presences: Sequence[Mapping[str, str]]
    labels: Sequence[Mapping[str, str]]
    units: Sequence[Mapping[str, str]]
    colleagues: Sequence[Mapping[str, str]]
    may_handle: bool
    may_open_sensitive: bool
    is_empty_house: bool
    unconnected: Sequence[str]
    has_channel: bool


def address(filters: Filters, **more: str) -> str:
    """The queue's address with these filters."""
    told = urlencode({**filters.as_json(), **more})
    return f"?{told}" if told else "?"


def frame(person: Person, filters: Filters, *, at: datetime) -> Frame:
    """What stands around the list for `person`."""
    found = _found(person, at)
    names = {row["id"]: row["name"] for kind in ("presences", "labels", "units") for row in found[kind]}
    saved = [_saved(row, filters) for row in found["saved"]]
    current = next((each.name for each in saved if each.is_current), filters.view.label)
    return Frame(
        title=str(current),
        views=[_shelf(view, found, filters) for view in ICONS],
        saved=saved,
        chips=[_chip(name, filters, names, person) for name in filters.chosen()],
        presences=found["presences"],
        labels=found["labels"],
        units=found["units"],
        colleagues=found["colleagues"],
        may_handle=found["may_handle"],
        may_open_sensitive=found["may_open_sensitive"],
        is_empty_house=not found["presences"],
        unconnected=[row["name"] for row in found["unconnected"]],
        has_channel=found["has_channel"],
    )


def _found(person: Person, at: datetime) -> dict[str, Any]:
    scopes = people.scopes_for(person, Permission.READ, at=at).values("id")
    presences = Presence.objects.filter(scope_id__in=scopes, closed_at=None).order_by("name")
    able = RoleAssignment.objects.in_force(at).filter(role__in=roles_with(Permission.HANDLE)).values("person")
    counts = {
        f"count_{view.value.lower()}": counted(
            narrowed(person, Filters(view), at=at).filter(scope_id__in=scopes), most=MOST
        )
        for view in View
        if view not in UNCOUNTED
    }
    connected = Connection.objects.filter(presence=OuterRef("pk"), closed_at=None)
    lists = {
        "unconnected": listed(presences.filter(~Exists(connected)).exclude(kind__in=WITHOUT_API), name="name"),
        "presences": listed(presences, id="public_id", name="name"),
        "labels": listed(Label.objects.filter(retired_at=None).order_by("name"), id="public_id", name="name"),
        "colleagues": listed(
            Person.objects.filter(pk__in=able, left_at=None).order_by("name"), id="public_id", name="name"
        ),
        "units": listed(Unit.objects.order_by("name"), id="public_id", name="name"),
        "saved": listed(
            SavedView.objects.filter(person=person).order_by("name"), id="public_id", name="name", filters="filters"
        ),
    }
    rights = {
        "has_channel": Exists(Connection.objects.filter(scope_id__in=scopes, closed_at=None)),
        "may_handle": _may(person, Permission.HANDLE, at),
        "may_open_sensitive": _may(person, Permission.OPEN_SENSITIVE, at),
    }
    row = Person.objects.filter(pk=person.pk).values(**counts, **lists, **rights).get()
    return dict(row)


def _may(person: Person, permission: Permission, at: datetime) -> Exists:
    return Exists(people.scopes_for(person, permission, at=at))


def _shelf(view: View, found: Mapping[str, Any], filters: Filters) -> Shelf:
    count = found.get(f"count_{view.value.lower()}")
    told = "" if count is None else "99+" if count >= MOST else str(count)
    is_current = filters.view == view and not filters.chosen()
    return Shelf(view.label, address(Filters(view)), ICONS[view], told, is_current)


def _saved(row: Mapping[str, Any], filters: Filters) -> Shelf:
    kept = Filters.read(row["filters"])
    return Shelf(row["name"], address(kept), "star", is_current=kept == filters, view_id=UUID(row["id"]))


def _chip(name: str, filters: Filters, names: Mapping[str, str], person: Person) -> Chip:
    value = str(getattr(filters, name))
    told = names.get(value, value)
    if name == "assignee":
        told = _("you") if value == str(person.public_id) else _("a colleague")
    return Chip(_words()[name], told, address(filters.without(name)))


def _words() -> dict[str, str]:
    return {
        "presence": _("Page"),
        "platform": _("Channel"),
        "label": _("Label"),
        "language": _("Language"),
        "assignee": _("With"),
        "unit": _("Unit"),
        "text": _("Search"),
    }
