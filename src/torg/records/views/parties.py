"""Requests for erasure, all that is held about somebody, and search in everything kept."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.types import Permission
from torg.records import addresses, commands, forms, preservation_forms, queries
from torg.records.days import day_of
from torg.records.models import ErasureRequest, JournalEntry, PartyExport
from torg.ui import respond

MOST_SHOWN = 50
ERASURES, ERASURE, PARTY = "records/erasures.html", "records/erasure.html", "records/party.html"


@sensitive_post_parameters()
@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def erasures(request: StaffRequest) -> HttpResponse:
    """Requests for erasure, those nearest their deadline first; receive another."""
    at = clock.now()
    form = preservation_forms.ErasureForm(request.POST if request.method == "POST" else None)
    seen = ErasureRequest.objects.visible_to(request.person, at=at, permission=Permission.JOURNAL)
    rows = seen.select_related("entry__case_file").order_by("-state", "due_on", "id")[:MOST_SHOWN]
    context = {"form": form, "rows": rows}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, ERASURES, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, ERASURES, context, form=form)
    typed = form.cleaned_data
    entry = forms.entry_numbered(typed["number"], JournalEntry.objects.visible_to(request.person, at=at))
    made = commands.receive_erasure(
        entry_id=entry.public_id,
        asked_by=typed["asked_by"],
        received_on=typed["received_on"],
        by=request.person,
        at=at,
    )
    return respond.done(request, to=reverse("records:erasure", args=[made.public_id]), toast=_("Received."))


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def erasure(request: StaffRequest, erasure_id: UUID) -> HttpResponse:
    """One request: restrict and answer it, or read the letter."""
    at = clock.now()
    found = _erasure(request, erasure_id, at)
    language = get_language() or "nb"
    form = preservation_forms.AnswerForm(
        request.POST if request.method == "POST" else None,
        grounds=forms.grounds(language, day_of(at)),
        initial={"language": language},
    )
    context = {"form": form, "found": found}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, ERASURE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, ERASURE, context, form=form)
    commands.answer_erasure(request_id=found.public_id, **form.cleaned_data, by=request.person, at=at)
    toast = _("Access is restricted, and the letter is written.")
    return respond.done(request, to=reverse("records:erasure", args=[found.public_id]), toast=toast)


@sensitive_post_parameters()
@requires_everywhere(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def party(request: StaffRequest) -> HttpResponse:
    """Find somebody by name or e-mail address, confirm who it is, and order all that is held about them."""
    at = clock.now()
    # Names are sent in the body: an address stands in logs.
    words = request.POST.get("words", "").strip()
    found = commands.look_up_party(words=words, by=request.person, at=at) if words else []
    is_order = "keys" in request.POST or "because" in request.POST
    form = preservation_forms.PartyForm(request.POST if is_order else None, found=found)
    own = PartyExport.objects.filter(ordered_by=request.person).order_by("-id")[:MOST_SHOWN]
    context = {"words": words, "found": found, "form": form, "exports": own, "at": at}
    if not is_order or not form.is_valid():
        return respond.respond(request, PARTY, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PARTY, context, form=form)
    commands.order_party_export(**form.cleaned_data, by=request.person, at=at)
    toast = _("Everything is being gathered. Load the page again in a moment.")
    return respond.done(request, to=reverse("records:party"), toast=toast)


@requires_everywhere(Permission.JOURNAL)
@require_POST
def fetching(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """Fetch an export that one has ordered."""
    data = commands.fetch_party_export(export_id=export_id, by=request.person, at=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="innsyn-{export_id}.zip"'}
    return HttpResponse(data, content_type="application/zip", headers=headers)


@requires(Permission.JOURNAL)
@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """Everything that is kept, with its context."""
    at = clock.now()
    words, in_full = request.GET.get("q", "").replace("\x00", ""), request.GET.get("full") == "1"
    found = queries.search_kept(request.person, at=at, words=words, in_full=in_full)
    if in_full and found.words and found.may_open:
        commands.note_search(found=len(found.hits), by=request.person, at=at)
    hits = [(hit, addresses.of_subject(hit.subject_kind, hit.subject_id)) for hit in found.hits]
    return respond.respond(request, "records/search.html", {"found": found, "hits": hits})


def _erasure(request: StaffRequest, erasure_id: UUID, at: datetime) -> ErasureRequest:
    seen = ErasureRequest.objects.visible_to(request.person, at=at, permission=Permission.JOURNAL)
    found: ErasureRequest | None = seen.select_related("entry__case_file").filter(public_id=erasure_id).first()
    if found is None:
        raise NotFound(_("There is no such request."))
    return found
