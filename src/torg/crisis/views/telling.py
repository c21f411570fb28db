"""What the public reads besides statements: rumours, other sources, when the next statement comes; and a preview."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.crisis import commands, forms, passing, queries
from torg.crisis.models import Incident
from torg.crisis.views import checked
from torg.crisis.views.frames import frame, may_take_down, valid
from torg.people.access import StaffRequest, signed_in
from torg.ui import respond

PAGE = "crisis/public.html"


@signed_in
@require_GET
def public(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """The status page as the public reads it (of an exercise, as it would), and what stands on it."""
    return respond.respond(request, PAGE, _context(request, incident_id))


@signed_in
@require_POST
def correct_rumour(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Say what is right; what the check stops is shown with it."""
    context, main = _context(request, incident_id), queries.main_language()
    form = context["rumour_form"] = forms.RumourForm(request.POST, main=main)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    remarks = passing.remarks_on_all(form.rebuttals(), main=main, at=clock.now())
    context |= checked.told(request, context["incident"], remarks)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.correct_rumour(
        incident_id=incident_id,
        texts=form.rebuttals(),
        past=checked.past(request),
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(incident_id), toast=_("It stands on the status page."))


@signed_in
@require_POST
def end_rumour(request: StaffRequest, rumour_id: UUID) -> HttpResponse:
    """Nobody says it any more."""
    row = commands.end_rumour(rumour_id=rumour_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row.incident.public_id), toast=_("Taken off the status page."))


@signed_in
@require_POST
def add_source(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Link to others who inform."""
    told = valid(forms.SourceForm(request.POST))
    commands.add_source(incident_id=incident_id, **told, by=request.person, at=clock.now())
    return respond.done(request, to=_to(incident_id), toast=_("It stands on the status page."))


@signed_in
@require_POST
def end_source(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Take the link away."""
    row = commands.end_source(source_id=source_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row.incident.public_id), toast=_("Taken off the status page."))


@signed_in
@require_POST
def promise_next(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Say when the next statement comes."""
    told = valid(forms.NextForm(request.POST))
    commands.promise_next(incident_id=incident_id, next_at=told["next_at"], by=request.person, at=clock.now())
    return respond.done(request, to=_to(incident_id), toast=_("The status page says so now."))


def _context(request: StaffRequest, incident_id: UUID) -> dict[str, Any]:
    context = frame(request, incident_id, current="public", at=clock.now())
    row: Incident = context["incident"]
    language = get_language() or "nb"
    rumours = row.rumours.filter(ended_at=None).order_by("-corrected_at")
    return {
        **context,
        "may_take_down": may_take_down(request, context),
        "page": queries.status_page(row, language),
        "language": language,
        "rumours": [(each, each.texts[each.language], sorted(each.texts)) for each in rumours],
        "sources": row.sources.filter(ended_at=None).order_by("id"),
        "rumour_form": forms.RumourForm(main=queries.main_language()),
        "source_form": forms.SourceForm(),
        "next_form": forms.NextForm(),
    }


def _to(incident_id: UUID) -> str:
    return reverse("crisis:public", args=[incident_id])
