"""The list of assessments, one assessment, and journaling what was assessed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.records import commands, forms, queries, wording
from torg.records.codes import Outcome
from torg.records.days import day_of
from torg.records.loading import source_of
from torg.records.models import CaseFile
from torg.records.queries.waiting import VIEWS
from torg.records.types import CaseWanted, RestrictionWanted, Titles
from torg.ui import respond
from torg.ui.types import Place


@requires(Permission.JOURNAL)
@require_GET
def assessments(request: StaffRequest) -> HttpResponse:
    """What waits to be assessed, what waits to be registered, and what is done."""
    at = clock.now()
    view = request.GET.get("view", VIEWS[0])
    page = request.GET.get("page", "0")
    found = queries.assessments(
        request.person,
        at=at,
        view=view if view in VIEWS else VIEWS[0],
        channel=request.GET.get("channel", ""),
        page=int(page) if page.isdigit() and len(page) < 5 else 0,
    )
    return respond.respond(request, "records/assessments.html", {"list": found, "tabs": _tabs(found), "at": at})


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def assessment(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """One assessment: the questions with what the facts suggest; a POST decides."""
    at = clock.now()
    sheet = queries.assessment_sheet(request.person, assessment_id, at=at)
    form = forms.AssessmentForm(
        request.POST or None, initial={"answers": sheet.assessment and sheet.assessment.answers}
    )
    context = {"sheet": sheet, "form": form, "address": _address(sheet), "at": at}
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.errors else 200
        return respond.respond(request, "records/assessment.html", context, status=status)
    respond.redraw_on_refusal(request, "records/assessment.html", context, form=form)
    decided = commands.assess(assessment_id=assessment_id, **form.cleaned_data, by=request.person, at=at)
    return respond.done(request, to=_next(request, decided.public_id, decided.outcome), toast=_("It is assessed."))


@requires(Permission.JOURNAL)
@require_POST
def acceptance(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Accept the suggestion as it stands, with one key."""
    at = clock.now()
    found = queries.assessment_sheet(request.person, assessment_id, at=at).assessment
    if found is None:
        raise NotFound(_("There is no such assessment."))
    decided = commands.assess(assessment_id=assessment_id, answers=found.answers, by=request.person, at=at)
    return respond.done(request, to=_next(request, decided.public_id, decided.outcome), toast=_("It is assessed."))


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def journaling(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Register what was assessed: titles and case file; a POST journals."""
    at = clock.now()
    sheet = queries.assessment_sheet(request.person, assessment_id, at=at)
    form = forms.JournalForm(
        request.POST or None, initial=_suggested(sheet), language=get_language() or "nb", on=day_of(at)
    )
    context = {"sheet": sheet, "form": form, "address": _address(sheet)}
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.errors else 200
        return respond.respond(request, "records/journaling.html", context, status=status)
    respond.redraw_on_refusal(request, "records/journaling.html", context, form=form)
    typed = form.cleaned_data
    entries = commands.journal(
        assessment_id=assessment_id,
        case=_case(typed, request, at),
        titles=Titles(typed["title"], typed["public_title"]),
        restrictions=[RestrictionWanted("ENTRY", typed["reference"])] if typed["reference"] else (),
        by=request.person,
        at=at,
    )
    told = ngettext("%(count)d entry is registered.", "%(count)d entries are registered.", len(entries))
    return respond.done(
        request,
        to=reverse("records:case-file", args=[entries[0].case_file.public_id]),
        toast=told % {"count": len(entries)},
    )


def _tabs(found: queries.AssessmentList) -> list[Place]:
    words = {
        "open": (_("To be assessed"), found.waiting),
        "register": (_("To be registered"), found.to_register),
        "done": (_("Assessed"), None),
    }
    return [
        Place(label, f"{reverse('records:assessments')}?view={view}", is_current=view == found.view, count=count)
        for view, (label, count) in words.items()
    ]


def _address(sheet: queries.SubjectSheet) -> str:
    if sheet.assessment is None:
        return ""
    return source_of(sheet.assessment.subject_kind).address(sheet.assessment.subject_id)


def _next(request: StaffRequest, assessment_id: UUID, outcome: str) -> str:
    """Where one came from; else on to the case file for what is archive, and back to the list for what is not."""
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    if outcome == Outcome.NOT_ARCHIVE:
        return reverse("records:assessments")
    return reverse("records:journaling", args=[assessment_id])


def _suggested(sheet: queries.SubjectSheet) -> dict[str, Any]:
    """Titles to start from, and the case file that the subject lies in already."""
    if sheet.assessment is None:
        return {}
    if sheet.entries:
        last = sheet.entries[-1]
        return {"title": last.title, "public_title": last.public_title, "case": last.case_file.own_number}
    titles = wording.suggested_titles(sheet.assessment.channel, sheet.assessment.title)
    return {"title": titles.full, "public_title": titles.public, "case_title": titles.public}


def _case(typed: dict[str, Any], request: StaffRequest, at: datetime) -> CaseWanted:
    if typed["case"]:
        return CaseWanted(
            existing=forms.case_numbered(typed["case"], CaseFile.objects.visible_to(request.person, at=at)).public_id
        )
    title = typed["case_title"] or typed["public_title"]
    return CaseWanted(titles=Titles(title, title), classification=typed["classification"])
