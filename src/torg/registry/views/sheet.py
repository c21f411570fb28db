"""The frame of a presence's pages: its tabs, and how a form on one of them is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.access import StaffRequest
from torg.people.types import Permission
from torg.registry.models import Presence
from torg.registry.words import GROUPS, Gap
from torg.ui import respond

# On which page what is missing can be put right.
PAGE_OF = {
    Gap.OWNER: "description",
    Gap.LINE: "description",
    Gap.ADMINISTRATORS: "access",
    Gap.CUSTODY: "access",
    Gap.SECOND_FACTOR: "access",
    Gap.PROFILE: "care",
    Gap.PRIVACY: "care",
    Gap.TERMS: "terms",
    Gap.GOAL: "goals",
    Gap.MEASUREMENT: "goals",
    Gap.REVIEW: "care",
}
Context = dict[str, Any]
Build = Callable[[StaffRequest, Presence, datetime], Context]


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages of a presence, as the row of tabs shows it."""

    label: str
    address: str
    icon: str
    is_current: bool
    count: int | None = None


def presence_of(request: StaffRequest, presence_id: UUID, *, at: datetime) -> Presence:
    """The presence with what its pages show; raises NotFound out of sight."""
    visible = Presence.objects.visible_to(request.person, at=at)
    rows = visible.select_related("unit", "scope", "details__owner", "closure__export", "application")
    found: Presence | None = rows.filter(public_id=presence_id).first()
    if found is None:
        raise NotFound(_("There is no such page here."))
    return found


def frame(request: StaffRequest, presence: Presence, current: str, *, at: datetime) -> Context:
    """What every page of a presence needs."""
    may = people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=presence.scope_id, at=at)
    return {
        "presence": presence,
        "tabs": tabs_of(presence, f"registry:{current}"),
        "can_manage": may and presence.closed_at is None,
        "can_look_after": may,
    }


def tabs_of(presence: Presence, current: str) -> list[Tab]:
    """The pages of this sort of presence; its duties stand in a higher room, and are one of them to whoever looks."""
    pages = [
        ("registry:presence", _("Overview"), "page"),
        ("oversight:page", _("Duties"), "eye"),
        ("registry:goals", _("Goals"), "flag"),
        ("registry:access", _("Access"), "key"),
        ("registry:care", _("Profile and privacy"), "shield"),
        *([("registry:terms", _("Terms of the group"), "people")] if presence.kind in GROUPS else []),
        ("registry:description", _("What is registered"), "settings"),
        ("registry:history", _("History and closing"), "history"),
    ]
    return [Tab(label, reverse(name, args=[presence.public_id]), icon, name == current) for name, label, icon in pages]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a form on a page of a presence is answered: the page that shows it, and what is said when it is done."""

    page: str
    build: Build
    name: str
    said: str

    def to(
        self, request: StaffRequest, presence: Presence, form: forms.Form, act: Callable[[], object], *, at: datetime
    ) -> HttpResponse:
        """Carry out the act if the form is right; else, or when the act is refused, show the page with the form."""
        template = f"registry/{self.page}.html"
        context = {**self.build(request, presence, at), self.name: form, "open": self.name}
        if not form.is_valid():
            return respond.respond(request, template, context, status=422)
        respond.redraw_on_refusal(request, template, context, form=form)
        act()
        to = reverse(f"registry:{self.page}", args=[presence.public_id])
        return respond.done(request, to=to, toast=self.said)
