"""The poster: as a page, as PDF, confirmed once a year; and figures by unit."""

from dataclasses import asdict
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.guidance import commands, forms, printing, queries, wording
from torg.guidance.views import frame
from torg.people import queries as people
from torg.people.access import StaffRequest, requires_everywhere, signed_in
from torg.people.models import Municipality
from torg.people.types import Permission
from torg.records.days import day_of
from torg.ui import respond


@signed_in
@require_GET
def poster(request: StaffRequest) -> HttpResponse:
    """The poster «Pass på», and whether one has confirmed it this year."""
    at = clock.now()
    day = day_of(at)
    context = {
        "tabs": frame.tabs(request, at=at),
        "poster": wording.shown(frame.language(), queries.owns_on(day)),
        "confirmed": queries.acknowledgement_of(request.person, year=day.year),
        "year": day.year,
        "sees_figures": people.may(request.person, Permission.READ, scope_id=None, at=at),
    }
    return respond.respond(request, "guidance/poster.html", context)


@signed_in
@require_GET
def printed(request: StaffRequest) -> HttpResponse:
    """The poster as PDF."""
    language = frame.language()
    shown = wording.shown(language, queries.owns_on(day_of(clock.now())))
    municipality = people.municipality() or Municipality()
    pdf = printing.printed(shown, municipality=municipality, language=language)
    headers = {"Content-Disposition": f'inline; filename="pass-pa-{language}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@signed_in
@require_POST
def acknowledge(request: StaffRequest) -> HttpResponse:
    """Confirm the poster for this year."""
    commands.acknowledge(by=request.person, at=clock.now())
    return respond.done(request, to=reverse("guidance:poster"), toast=_("Thank you. You have confirmed the poster."))


@requires_everywhere(Permission.READ)
@require_GET
def figures(request: StaffRequest) -> HttpResponse:
    """How many have confirmed the poster and completed a course, by unit; never by person."""
    at = clock.now()
    form = forms.RoutineForm(initial=asdict(queries.routine_at(at)))
    return respond.respond(request, "guidance/figures.html", _figures(request, form, at=at))


@requires_everywhere(Permission.ADVISE)
@require_POST
def routine(request: StaffRequest) -> HttpResponse:
    """Decide when reminders begin, and which units are too small to be shown alone."""
    at = clock.now()
    form = forms.RoutineForm(request.POST)
    context = _figures(request, form, at=at)
    if not form.is_valid():
        return respond.respond(request, "guidance/figures.html", context, status=422)
    respond.redraw_on_refusal(request, "guidance/figures.html", context, form=form)
    commands.set_routine(**form.cleaned_data, by=request.person, at=at)
    return respond.done(request, to=reverse("guidance:figures"), toast=_("It is decided, and holds from now on."))


def _figures(request: StaffRequest, form: forms.RoutineForm, *, at: datetime) -> dict[str, object]:
    return {
        "tabs": frame.tabs(request, at=at),
        "rows": queries.figures(at=at),
        "year": day_of(at).year,
        "holding": queries.routine_at(at),
        "form": form,
        "keeps": people.may(request.person, Permission.ADVISE, scope_id=None, at=at),
    }
