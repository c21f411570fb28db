"""The municipality's plan: checklists, and gateways by which people are called."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.crisis import commands, forms, queries
from torg.crisis.models import Checklist, StandingSeat
from torg.crisis.shapes import SHAPES
from torg.crisis.types import GatewayKind, Seat, TeamRole
from torg.crisis.views.frames import valid
from torg.people.access import StaffRequest, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond

PAGE = "crisis/plan.html"


@requires_everywhere(Permission.RUN_CRISIS)
@require_GET
def plan(request: StaffRequest) -> HttpResponse:
    """What is laid out in the next incident, and how people are called."""
    return respond.respond(request, PAGE, context_of(request))


def context_of(request: StaffRequest) -> dict[str, Any]:
    """What the page of the plan is filled with."""
    return {
        "checklists": Checklist.objects.filter(ended_at=None).order_by("title"),
        "gateways": queries.gateways(),
        "standing": StandingSeat.objects.filter(ended_at=None).select_related("person").order_by("call_order", "id"),
        "seat_form": forms.SeatForm(),
        "checklist_form": forms.ChecklistForm(),
        "gateway_form": gateway_form(request),
        "shapes": SHAPES,
        "shape": SHAPES.get(request.GET.get("shape", "")),
        "at": clock.now(),
    }


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


def gateway_form(request: StaffRequest) -> forms.GatewayForm:
    """Empty, or begun with the shape that was chosen."""
    shape = SHAPES.get(request.GET.get("shape", ""))
    if shape is None:
        return forms.GatewayForm()
    report = shape.report
    first = {"name": shape.name, "kind": GatewayKind.SMS, "address": shape.address, "template": shape.template}
    first |= {name: getattr(shape.answer, name) for name in ("statuses", "accepted", "failed", "receipt")}
    first |= {"each": report.each, "message": report.message, "delivered": report.delivered, "never": report.failed}
    return forms.GatewayForm(initial=first)
