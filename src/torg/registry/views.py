"""The list of what we run, and one sheet for each."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.registry import commands as registry
from torg.registry import forms, queries
from torg.registry.models import PresenceKind
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every page, group and profile that the person sees."""
    at = clock.now()
    context = {
        "presences": queries.presences_for(request.person, at=at),
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
    presence = registry.open_presence(description=_described(form), by=request.person, at=clock.now())
    return respond.done(
        request,
        to=reverse("registry:presence", args=[presence.public_id]),
        toast=_("The page is registered. Next: connect it."),
    )


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def presence(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """One presence: what is registered, who administers it."""
    at = clock.now()
    context = _sheet(request, presence_id, at)
    if request.method == "GET":
        return respond.respond(request, "registry/presence.html", context)
    form = forms.PresenceForm(request.POST)
    context["form"] = form
    if not form.is_valid():
        return respond.respond(request, "registry/presence.html", context, status=422)
    respond.redraw_on_refusal(request, "registry/presence.html", context, form=form)
    registry.change_presence(presence_id=presence_id, description=_described(form), by=request.person, at=at)
    return respond.done(request, to=reverse("registry:presence", args=[presence_id]), toast=_("The changes are saved."))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def closure(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record that it is closed."""
    registry.close_presence(presence_id=presence_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("registry:index"), toast=_("It is recorded as closed."))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def administrators(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record an administrator on the platform."""
    at = clock.now()
    context = _sheet(request, presence_id, at)
    form = forms.AdministratorForm(request.POST)
    context["administrator_form"] = form
    if not form.is_valid():
        return respond.respond(request, "registry/presence.html", context, status=422)
    respond.redraw_on_refusal(request, "registry/presence.html", context, form=form)
    registry.add_administrator(presence_id=presence_id, person=form.cleaned_data["person"], by=request.person, at=at)
    return respond.done(request, to=reverse("registry:presence", args=[presence_id]), toast=_("The person is added."))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def end_administration(request: StaffRequest, presence_id: UUID, person_id: UUID) -> HttpResponse:
    """Record that an administrator's access has ended."""
    person = people.person_or_absent(person_id)
    registry.end_administration(presence_id=presence_id, person=person, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("registry:presence", args=[presence_id]), toast=_("It is recorded."))


def _described(form: forms.PresenceForm) -> registry.Description:
    typed = form.cleaned_data
    return registry.Description(**{**typed, "kind": PresenceKind(typed["kind"])})


def _sheet(request: StaffRequest, presence_id: UUID, at: Any) -> dict[str, Any]:
    shown = queries.presence_or_absent(request.person, presence_id, at=at)
    initial = {name: getattr(shown, name) for name in ("name", "kind", "address", "purpose")}
    return {
        "presence": shown,
        "administrations": shown.administrations.select_related("person").order_by("ended_at", "person__name"),
        "form": forms.PresenceForm(initial={**initial, "unit": shown.unit and shown.unit.public_id}),
        "administrator_form": forms.AdministratorForm(),
        "can_manage": people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=shown.scope_id, at=at),
    }
