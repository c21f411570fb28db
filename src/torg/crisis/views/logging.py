"""The log, situation reports, and what it came to."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.crisis import commands, forms, queries
from torg.crisis.models import Incident, SituationReport
from torg.crisis.types import Situation
from torg.crisis.views.frames import frame, valid
from torg.people.access import StaffRequest, signed_in
from torg.publishing.loading import found
from torg.records import queries as records
from torg.ui import respond


@signed_in
@require_GET
def log(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """What the staff have written, reports, and every act with who and when."""
    at = clock.now()
    context = frame(request, incident_id, current="log", at=at)
    row: Incident = context["incident"]
    context |= {
        "lines": row.log_entries.select_related("written_by").order_by("-written_at", "-id")[:300],
        "reports": row.reports.select_related("written_by").order_by("-number"),
        "acts": queries.incident_log(row),
        "log_form": forms.LogForm(),
        "report_form": forms.ReportForm(),
    }
    return respond.respond(request, "crisis/log.html", context)


@signed_in
@require_POST
def write(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """A line in the log."""
    told = valid(forms.LogForm(request.POST))
    commands.write_log(incident_id=incident_id, text=told["text"], by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:log", args=[incident_id]), toast=_("It stands in the log."))


@signed_in
@require_POST
def write_report(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """A situation report."""
    told = valid(forms.ReportForm(request.POST))
    row = commands.write_report(incident_id=incident_id, situation=Situation(**told), by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:report", args=[row.public_id]), toast=_("Written. Print it here."))


@signed_in
@require_GET
def report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """A situation report on one page, for the screen and for the wall."""
    at = clock.now()
    seen = Incident.objects.visible_to(request.person, at=at)
    rows = SituationReport.objects.filter(incident__in=seen).select_related("incident", "written_by")
    row: SituationReport = found(rows, report_id)
    context = frame(request, row.incident.public_id, current="log", at=at)
    return respond.respond(request, "crisis/report.html", {**context, "report": row})


@signed_in
@require_GET
def after(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """The after-action report: figures worked out from what happened, and what was learnt."""
    at = clock.now()
    context = frame(request, incident_id, current="after", at=at)
    row: Incident = context["incident"]
    context |= {
        "told": queries.after_action(row, at=at),
        "lessons": row.lessons.select_related("written_by").order_by("-written_at"),
        "form": forms.LessonForm(),
        "journaled": records.entry_known(request.person, row.entry_id, at=at) if row.entry_id else None,
    }
    return respond.respond(request, "crisis/after.html", context)


@signed_in
@require_POST
def write_lesson(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """What was learnt."""
    told = valid(forms.LessonForm(request.POST))
    commands.write_lesson(incident_id=incident_id, **told, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("crisis:after", args=[incident_id]), toast=_("Written down."))
