"""Hours and duty."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.people import commands as people
from torg.people import forms, queries
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.models import CalendarKind, Unit
from torg.people.types import Permission
from torg.ui import respond


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def hours(request: StaffRequest) -> HttpResponse:
    """Opening hours and answering hours, for all or for one unit, side by side, each with its own form."""
    at = clock.now()
    unit = queries.unit_or_absent(request.GET["unit"]) if request.GET.get("unit") else None
    sheets = [_hours_sheet(kind, unit, at) for kind in CalendarKind]
    context: dict[str, Any] = {"sheets": sheets, "unit": unit, "units": queries.units()}
    if request.method == "GET":
        return respond.respond(request, "people/hours.html", context)
    form = forms.HoursForm(request.POST, auto_id=f"{request.POST.get('kind', '')}_%s")
    context["sheets"] = [{**one, "form": form} if one["kind"] == request.POST.get("kind") else one for one in sheets]
    if not form.is_valid():
        return respond.respond(request, "people/hours.html", context, status=422)
    respond.redraw_on_refusal(request, "people/hours.html", context, form=form)
    kind = CalendarKind(form.cleaned_data["kind"])
    is_first = unit is None and queries.hours_row(kind, at=at) is None
    people.set_hours(kind=kind, unit=unit, definition=form.definition, from_at=at, by=request.person, at=at)
    if is_first and kind == CalendarKind.ANSWERING:
        return respond.done(request, to=settings.LOGIN_REDIRECT_URL, toast=_("Good. The hours are set, from now on."))
    return respond.done(request, to=request.get_full_path(), toast=_("The hours are set, from now on."))


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def duty(request: StaffRequest) -> HttpResponse:
    """Who is called when life is in danger."""
    at = clock.now()
    form = forms.DutyForm(request.POST or None)
    context = {"form": form, "duties": queries.duties_from(at=at), "is_covered": bool(queries.on_duty(at=at))}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "people/duty.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "people/duty.html", context, form=form)
    people.give_duty(**form.cleaned_data, by=request.person, at=at)
    return respond.done(request, to=reverse("people:duty"), toast=_("The duty is registered."))


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_POST
def end_duty(request: StaffRequest, duty_id: UUID) -> HttpResponse:
    """Take a person off duty."""
    people.end_duty(duty_id=duty_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("people:duty"), toast=_("The duty has ended."))


@requires(Permission.READ)
@require_GET
def on_duty_now(request: StaffRequest) -> HttpResponse:
    """Who can be reached now: a small page to look up in a hurry."""
    at = clock.now()
    return respond.respond(request, "people/on_duty.html", {"people": queries.on_duty(at=at)})


def _hours_sheet(kind: CalendarKind, unit: Unit | None, at: datetime) -> dict[str, Any]:
    row = queries.hours_row(kind, unit=unit, at=at)
    return {
        "kind": kind.value,
        "label": kind.label,
        "row": row,
        "form": forms.HoursForm(
            definition=row.definition if row else None, initial={"kind": kind}, auto_id=f"{kind.value}_%s"
        ),
    }
