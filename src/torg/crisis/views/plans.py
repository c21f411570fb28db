"""The municipality's plan: checklists, and gateways by which people are called."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.crisis import commands, forms
from torg.crisis.models import Checklist, Gateway, StandingSeat
from torg.crisis.types import GatewayKind, GatewayWanted, Seat, TeamRole
from torg.crisis.views.frames import valid
from torg.people.access import StaffRequest, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond


@requires_everywhere(Permission.RUN_CRISIS)
@require_GET
def plan(request: StaffRequest) -> HttpResponse:
    """What is laid out in the next incident, and how people are called."""
    context = {
        "checklists": Checklist.objects.filter(ended_at=None).order_by("title"),
        "gateways": Gateway.objects.filter(ended_at=None).order_by("order", "id"),
        "standing": StandingSeat.objects.filter(ended_at=None).select_related("person").order_by("call_order", "id"),
        "seat_form": forms.SeatForm(),
        "checklist_form": forms.ChecklistForm(),
        "gateway_form": forms.GatewayForm(),
    }
    return respond.respond(request, "crisis/plan.html", context)


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def set_checklist(request: StaffRequest) -> HttpResponse:
    """Write a checklist; one of the same name gives way."""
    told = valid(forms.ChecklistForm(request.POST))
    points = told["points"].splitlines()
    commands.set_checklist(title=told["title"], points=points, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:plan"), toast=_("It is laid out in the next incident."))


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def end_checklist(request: StaffRequest, checklist_id: UUID) -> HttpResponse:
    """Take a checklist out."""
    commands.end_checklist(checklist_id=checklist_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:plan"), toast=_("Taken out of the plan."))


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def set_standing_seat(request: StaffRequest) -> HttpResponse:
    """Somebody who is in the team of every incident."""
    told = valid(forms.SeatForm(request.POST))
    seat = Seat(told["person"].public_id, TeamRole(told["role"]), told["may_approve"], told["call_order"])
    commands.set_standing_seat(seat=seat, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:plan"), toast=_("In the team of the next incident."))


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def end_standing_seat(request: StaffRequest, standing_id: UUID) -> HttpResponse:
    """Not in it any more."""
    commands.end_standing_seat(standing_id=standing_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:plan"), toast=_("Taken out of the plan."))


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def set_gateway(request: StaffRequest) -> HttpResponse:
    """Set up a gateway; one of the same name gives way."""
    told = valid(forms.GatewayForm(request.POST))
    wanted = GatewayWanted(**{**told, "kind": GatewayKind(told["kind"])})
    commands.set_gateway(wanted=wanted, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:plan"), toast=_("The gateway is set up."))


@requires_everywhere(Permission.RUN_CRISIS)
@require_POST
def end_gateway(request: StaffRequest, gateway_id: UUID) -> HttpResponse:
    """Use a gateway no more."""
    commands.end_gateway(gateway_id=gateway_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:plan"), toast=_("The gateway is used no more."))
