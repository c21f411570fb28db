"""One case file, and what can be done with it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from torg.core import clock
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.records import commands, forms, queries
from torg.records.days import day_of
from torg.ui import respond

SHEET = "records/case_file.html"


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def case_file(request: StaffRequest, case_file_id: UUID) -> HttpResponse:
    """One case file with its entries; a POST corrects it."""
    at = clock.now()
    sheet = queries.case_sheet(request.person, case_file_id, at=at)
    names = ("title", "public_title", "classification", "classification_title")
    form = forms.CaseForm(request.POST or None, initial={name: getattr(sheet.case, name) for name in names})
    context = {"sheet": sheet, "form": form, "archive_form": forms.ArchiveNumberForm()}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, SHEET, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    commands.correct_case_file(case_id=case_file_id, values=form.cleaned_data, by=request.person, at=at)
    return _back(request, case_file_id, _("The case file is corrected."))


@requires(Permission.JOURNAL)
@require_POST
def closing(request: StaffRequest, case_file_id: UUID) -> HttpResponse:
    """Finish the case file."""
    commands.close_case_file(case_id=case_file_id, by=request.person, at=clock.now())
    return _back(request, case_file_id, _("The case file is finished."))


@requires(Permission.JOURNAL)
@require_POST
def opening(request: StaffRequest, case_file_id: UUID) -> HttpResponse:
    """Open the case file again."""
    commands.reopen_case_file(case_id=case_file_id, by=request.person, at=clock.now())
    return _back(request, case_file_id, _("The case file is open again."))


@requires(Permission.JOURNAL)
@require_POST
def archive_number(request: StaffRequest, case_file_id: UUID) -> HttpResponse:
    """Let the case file go into one that the archive has."""
    number = request.POST.get("number", "")[:20]
    commands.choose_case_in_archive(case_id=case_file_id, number=number, by=request.person, at=clock.now())
    return _back(request, case_file_id, _("What is delivered from here goes into that case file."))


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def new_entry(request: StaffRequest, case_file_id: UUID) -> HttpResponse:
    """Write an internal document or a proposal into the case file."""
    at = clock.now()
    sheet = queries.case_sheet(request.person, case_file_id, at=at)
    form = forms.InternalForm(request.POST or None, request.FILES or None, initial={"document_on": day_of(at)})
    context = {"sheet": sheet, "form": form}
    page = "records/entry_new.html"
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, page, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, page, context, form=form)
    made = commands.journal_internal(case_id=case_file_id, written=form.written(), by=request.person, at=at)
    to = reverse("records:entry", args=[made.public_id])
    return respond.done(request, to=to, toast=_("The document is journaled."))


def _back(request: StaffRequest, case_file_id: UUID, toast: str) -> HttpResponse:
    return respond.done(request, to=reverse("records:case-file", args=[case_file_id]), toast=toast)
