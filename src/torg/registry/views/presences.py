"""The list of what we run, registering, and the first pages of each presence."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.models import Person
from torg.people.types import Permission
from torg.registry import commands as registry
from torg.registry import forms, queries
from torg.registry.models import Presence, PresenceKind
from torg.registry.views import sheet
from torg.registry.words import GROUPS
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every page, group and profile that the person sees, with what is missing or due."""
    at = clock.now()
    form = forms.FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"kind": "", "state": ""}
    rows = queries.presences_for(request.person, at=at).filter(closed_at__isnull=wanted["state"] != form.CLOSED)
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    found = queries.sheets(rows, at=at)
    if wanted["state"] == form.DUE:
        found = [one for one in found if one.gaps]
    context = {
        "sheets": found,
        "filter": form,
        "is_filtered": any(wanted.values()),
        "can_open": people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=None, at=at),
    }
    return respond.respond(request, "registry/index.html", context)


@requires(Permission.MANAGE_PRESENCE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Register a page, group or profile."""
    form = forms.PresenceForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "registry/new.html", {"form": form}, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "registry/new.html", {"form": form}, form=form)
    made = registry.open_presence(description=form.description(), by=request.person, at=clock.now())
    return respond.done(
        request,
        to=reverse("registry:presence", args=[made.public_id]),
        toast=_("The page is registered. Next: connect it under “Channels”.")
        if is_connected_first(made)
        else _("It is registered. Below stands what it lacks."),
    )


def is_connected_first(made: Presence) -> bool:
    """Whether there is anything to connect: not to a group, a name that is only taken, or a profile."""
    return made.kind in (PresenceKind.MAIN_PAGE, PresenceKind.LOCAL_PAGE)


@requires(Permission.READ)
@require_GET
def presence(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """One presence: what it is for, and what is missing or due."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    [whole] = queries.sheets(Presence.objects.filter(pk=shown.pk), at=at)
    frame = sheet.frame(request, shown, "presence", at=at)
    context = {
        **frame,
        "sheet": whole,
        "gaps": [(gap, reverse(f"registry:{sheet.PAGE_OF[gap]}", args=[presence_id])) for gap in whole.gaps],
        "can_write_down": shown.kind in GROUPS
        and people.may(request.person, Permission.HANDLE, scope_id=shown.scope_id, at=at),
        "goals": [view for view in queries.goals_of(shown, at=at) if view.goal.ended_at is None],
        "successors": queries.successors(shown, seen_by=request.person, at=at),
        "owner_without_role": owner_without_role(shown, at) if frame["can_manage"] else None,
    }
    return respond.respond(request, "registry/presence.html", context)


def owner_without_role(shown: Presence, at: datetime) -> Person | None:
    """Whoever owns a page and does not see it: to own it gives no role, and without one it is absent."""
    owner = shown.details.owner if hasattr(shown, "details") else None
    if owner is None or people.may(owner, Permission.READ, scope_id=shown.scope_id, at=at):
        return None
    return owner


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def description(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """What is registered, and a form to change it."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    if request.method == "GET":
        return respond.respond(request, "registry/description.html", described(request, shown, at))
    form = forms.ChangeForm(request.POST)
    return sheet.Answer("description", described, "form", _("The changes are saved.")).to(
        request,
        shown,
        form,
        lambda: registry.change_presence(
            presence_id=presence_id, description=form.described_as(PresenceKind(shown.kind)), by=request.person, at=at
        ),
        at=at,
    )


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def details(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record who owns it and whom it is for."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    form = forms.DetailsForm.of(shown, request.POST)
    return sheet.Answer("description", described, "details_form", _("The changes are saved.")).to(
        request,
        shown,
        form,
        lambda: registry.change_details(presence_id=presence_id, about=form.about(), by=request.person, at=at),
        at=at,
    )


def described(request: StaffRequest, shown: Presence, at: datetime) -> sheet.Context:
    """What the page on what is registered shows."""
    return {
        **sheet.frame(request, shown, "description", at=at),
        "form": forms.ChangeForm.of(shown),
        "details_form": forms.DetailsForm.of(shown),
    }
