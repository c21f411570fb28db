"""Access requests by their deadline, the decision, the complaint, and the statistics."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.openness import commands, forms, queries
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.records import days
from torg.records.forms import entry_numbered
from torg.records.models import JournalEntry
from torg.ui import respond

SHEET = "openness/request.html"


@requires(Permission.JOURNAL)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What waits, the first due first; or what is done."""
    at, is_done = clock.now(), request.GET.get("state") == "done"
    rows = queries.requests_for(request.person, at=at, is_open=not is_done)
    context = {"rows": rows, "is_done": is_done, "today": days.day_of(at)}
    return respond.respond(request, "openness/requests.html", context)


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write in a request that came by e-mail, letter or word of mouth."""
    at = clock.now()
    form = forms.EnterForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    context = {"form": form}
    if not form.is_bound or not form.is_valid():
        return respond.respond(request, "openness/request_new.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "openness/request_new.html", context, form=form)
    seen = JournalEntry.objects.visible_to(request.person, at=at)
    entries = [entry_numbered(number, seen).public_id for number in form.numbers()]
    wanted, came = form.asked(), form.received_at()
    if len(entries) == 1:
        made = commands.enter(entry_id=entries[0], wanted=wanted, received_at=came, by=request.person, at=at)
        return _done(request, made.public_id, _("The request is written in."))
    first, *_others = commands.enter_together(
        entry_ids=entries, wanted=wanted, received_at=came, by=request.person, at=at
    )
    return _done(request, first.public_id, _("The requests are written in. Decide each by itself, or all at once."))


@requires(Permission.JOURNAL)
@require_GET
def statistics(request: StaffRequest) -> HttpResponse:
    """What each year's requests came to."""
    years = queries.years(request.person, at=clock.now())
    return respond.respond(request, "openness/statistics.html", {"years": years})


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def request_page(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: decide it, and see what followed."""
    at = clock.now()
    language = translation.get_language() or "nb"
    sheet = queries.request_sheet(request.person, request_id, at=at)
    form = forms.AnswerForm(request.POST or None, language=language, on=days.day_of(at), has_others=sheet.wait_together)
    context = {"sheet": sheet, "asked": sheet.request, "form": form, "complaint_form": forms.ComplaintForm()}
    if not form.is_bound or not form.is_valid():
        return respond.respond(request, SHEET, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    decide = commands.decide_together if form.is_for_all else commands.decide
    decide(request_id=request_id, answer=form.answer(), by=request.person, at=at)
    return _done(request, request_id, _("Decided. Whoever asked reads it behind the link."))


@requires(Permission.JOURNAL)
@require_POST
def complaint(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Write in a complaint that came by letter or e-mail."""
    text = request.POST.get("text", "")[:20_000]
    commands.complain(request_id=request_id, text=text, by=request.person, at=clock.now())
    return _done(request, request_id, _("The complaint is written in."))


@requires(Permission.JOURNAL)
@require_POST
def forwarding(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Note that the complaint was sent on."""
    commands.forward_complaint(request_id=request_id, by=request.person, at=clock.now())
    return _done(request, request_id, _("Noted: the complaint is sent on."))


@requires(Permission.JOURNAL)
@require_POST
def closing(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    commands.close_request(request_id=request_id, by=request.person, at=clock.now())
    return _done(request, request_id, _("The request is finished."))


@requires(Permission.JOURNAL)
@require_POST
def withdrawal(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Whoever asked no longer wants it."""
    commands.take_back(request_id=request_id, by=request.person, at=clock.now())
    return _done(request, request_id, _("The request is taken back."))


def _done(request: StaffRequest, request_id: UUID, toast: str) -> HttpResponse:
    return respond.done(request, to=reverse("openness:request", args=[request_id]), toast=toast)
