"""The journal, one entry, and what can be done with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import Invalid, NotFound
from torg.files import queries as files
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.records import commands, forms, passages, policies, queries
from torg.records.codes import FollowUpMethod
from torg.records.days import day_of
from torg.records.models import CaseFile, DocumentObject, JournalEntry
from torg.records.types import RestrictionWanted
from torg.ui import respond

SHEET = "records/entry.html"
MOST_ENDED = 200


@requires(Permission.JOURNAL)
@require_GET
def journal(request: StaffRequest) -> HttpResponse:
    """The journal by day, newest first, or what a search finds."""
    found = queries.journal_page(
        request.person, at=clock.now(), words=request.GET.get("q", ""), after=request.GET.get("after", "")
    )
    return respond.respond(request, "records/journal.html", {"page": found})


@requires(Permission.JOURNAL)
@require_GET
def entry(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """One entry with its documents, correspondents, restrictions and history."""
    return respond.respond(request, SHEET, _context(request, entry_id, clock.now()))


@requires(Permission.JOURNAL)
@require_GET
def file(request: StaffRequest, object_id: UUID) -> HttpResponse:
    """One kept file, to be saved: what a browser would run is never shown in our name."""
    kept = DocumentObject.objects.visible_to(request.person, at=clock.now()).filter(public_id=object_id).first()
    if kept is None:
        raise NotFound(_("The file does not exist."))
    is_pdf = kept.media_type == "application/pdf"
    response = HttpResponse(
        files.read(kept.sha256), content_type=kept.media_type if is_pdf else "application/octet-stream"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{kept.public_id}{_ending(kept.file_name)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@requires(Permission.JOURNAL)
@require_POST
def correction(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Correct titles, date or case officer."""
    at = clock.now()
    context = _context(request, entry_id, at)
    form = forms.CorrectionForm(request.POST, frozen=policies.frozen_fields(context["sheet"].entry))
    context["correction_form"] = form
    if not form.is_valid():
        return respond.respond(request, SHEET, context, status=422)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    commands.correct_entry(entry_id=entry_id, values=form.cleaned_data, by=request.person, at=at)
    return _back(request, entry_id, _("The entry is corrected."))


@requires(Permission.JOURNAL)
@require_POST
def archiving(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Archive the entry."""
    commands.archive_entry(entry_id=entry_id, by=request.person, at=clock.now())
    return _back(request, entry_id, _("The entry is archived."))


@requires(Permission.JOURNAL)
@require_POST
def delivery(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Deliver the entry to the archive now."""
    commands.deliver_entry(entry_id=entry_id, by=request.person, at=clock.now())
    return _back(request, entry_id, _("It is on its way to the archive."))


@requires(Permission.JOURNAL)
@require_POST
def archive_version(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Keep an attachment in an archive format that was made elsewhere."""
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("Choose a file."), field="file")
    kept = commands.add_archive_version(
        document_id=document_id, data=file.read(), name=file.name or "", by=request.person, at=clock.now()
    )
    return _back(request, kept.document.entry.public_id, _("The document is kept in an archive format."))


@requires(Permission.JOURNAL)
@require_POST
def expiry(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Mark the entry as one that should not stand."""
    commands.expire_entry(entry_id=entry_id, because=request.POST.get("because", ""), by=request.person, at=clock.now())
    return _back(request, entry_id, _("The entry is marked as expired."))


@requires(Permission.JOURNAL)
@require_POST
def follow_up(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Record how the entry was followed up."""
    at = clock.now()
    form = forms.FollowUpForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose how it was followed up."))
    number, seen = form.cleaned_data["number"], JournalEntry.objects.visible_to(request.person, at=at)
    answer = forms.entry_numbered(number, seen).public_id if number else None
    method = FollowUpMethod(form.cleaned_data["method"])
    commands.set_follow_up(entry_id=entry_id, by_entry_id=answer, method=method, by=request.person, at=at)
    return _back(request, entry_id, _("The entry is followed up."))


@requires(Permission.JOURNAL)
@require_POST
def remarks(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Put a remark on the entry."""
    commands.remark(entry_id=entry_id, text=request.POST.get("text", "")[:4000], by=request.person, at=clock.now())
    return _back(request, entry_id, _("The remark is saved."))


@requires(Permission.JOURNAL)
@require_POST
def links(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Link the entry to another entry or a case file."""
    at, number = clock.now(), request.POST.get("number", "")
    if "-" in number:
        other = forms.entry_numbered(number, JournalEntry.objects.visible_to(request.person, at=at))
        commands.refer(entry_id=entry_id, to_entry_id=other.public_id, by=request.person, at=at)
    else:
        case = forms.case_numbered(number, CaseFile.objects.visible_to(request.person, at=at))
        commands.refer(entry_id=entry_id, to_case_id=case.public_id, by=request.person, at=at)
    return _back(request, entry_id, _("The link is saved."))


@requires(Permission.JOURNAL)
@require_POST
def restrictions(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Restrict the entry, its title, a name or a document."""
    at = clock.now()
    context = _context(request, entry_id, at)
    form = forms.RestrictionForm(request.POST, sheet=context["sheet"], language=get_language() or "nb", on=day_of(at))
    context["restriction_form"] = form
    if not form.is_valid():
        return respond.respond(request, SHEET, context, status=422)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    commands.restrict(entry_id=entry_id, wanted=_wanted(form.cleaned_data), by=request.person, at=at)
    return _back(request, entry_id, _("Access is restricted."))


@requires(Permission.JOURNAL)
@require_POST
def passage(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Restrict words in the text."""
    at = clock.now()
    context = _context(request, entry_id, at)
    form = forms.PassageForm(request.POST, language=get_language() or "nb", on=day_of(at))
    context["passage_form"] = form
    if not form.is_valid():
        return respond.respond(request, SHEET, context, status=422)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    snapshot = queries.snapshot_of(context["sheet"].entry.capture)
    wanted = passages.restriction_of(snapshot, form.cleaned_data["words"], reference=form.cleaned_data["reference"])
    commands.restrict(entry_id=entry_id, wanted=wanted, by=request.person, at=at)
    return _back(request, entry_id, _("Access is restricted."))


@requires(Permission.JOURNAL)
@require_POST
def lifting(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """Lift a restriction."""
    lifted = commands.lift(restriction_id=restriction_id, by=request.person, at=clock.now())
    return _back(request, lifted.entry.public_id, _("The restriction is lifted."))


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def ended(request: StaffRequest) -> HttpResponse:
    """Restrictions whose last day has passed: lift those that are ticked, in one act."""
    at = clock.now()
    if request.method == "GET":
        rows = queries.ended_restrictions(request.person, at=at)[:MOST_ENDED]
        return respond.respond(request, "records/ended.html", {"rows": rows})
    ticked = [UUID(told) for told in request.POST.getlist("restriction") if _is_id(told)]
    if not ticked:
        raise Invalid(_("Tick at least one."))
    lifted = commands.lift_ended(restriction_ids=ticked, by=request.person, at=at)
    told = ngettext("%(number)d restriction is lifted.", "%(number)d restrictions are lifted.", lifted)
    return respond.done(request, to=reverse("records:ended"), toast=told % {"number": lifted})


@requires(Permission.JOURNAL)
@require_POST
def keeping(request: StaffRequest, restriction_id: UUID) -> HttpResponse:
    """Let a restriction hold longer."""
    form = forms.LongerForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose a day that is to come."), field="until")
    commands.keep_restricted(restriction_id=restriction_id, **form.cleaned_data, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("records:ended"), toast=_("The restriction holds longer."))


def _is_id(told: str) -> bool:
    """Whether this is an id at all."""
    try:
        UUID(told)
    except ValueError:
        return False
    return True


def _context(request: StaffRequest, entry_id: UUID, at: datetime) -> dict[str, Any]:
    sheet = queries.entry_sheet(request.person, entry_id, at=at)
    language, shown = get_language() or "nb", sheet.entry
    given = {name: getattr(shown, name) for name in ("title", "public_title", "document_on")}
    given["responsible"] = shown.responsible and shown.responsible.public_id
    return {
        "sheet": sheet,
        "snapshot": queries.snapshot_if_kept(shown.capture),
        "correction_form": forms.CorrectionForm(initial=given, frozen=policies.frozen_fields(shown)),
        "restriction_form": forms.RestrictionForm(sheet=sheet, language=language, on=day_of(at)),
        "passage_form": forms.PassageForm(language=language, on=day_of(at)),
        "follow_up_form": forms.FollowUpForm(),
        "remark_form": forms.RemarkForm(),
        "link_form": forms.LinkForm(),
        "expiry_form": forms.ExpiryForm(),
    }


def _wanted(typed: dict[str, Any]) -> RestrictionWanted:
    target, _colon, of = typed["target"].partition(":")
    return RestrictionWanted(
        target=target,
        reference=typed["reference"],
        access_code=typed["access_code"],
        expires_on=typed["expires_on"],
        because=typed["because"],
        correspondent=UUID(of) if target == "CORRESPONDENT" else None,
        document=UUID(of) if target == "DOCUMENT" else None,
    )


def _back(request: StaffRequest, entry_id: UUID, toast: str) -> HttpResponse:
    return respond.done(request, to=reverse("records:entry", args=[entry_id]), toast=toast)


def _ending(name: str) -> str:
    _stem, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and ending.isalnum() else ""
