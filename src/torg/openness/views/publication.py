"""Reviewing entries before they are public, and taking them back."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import Invalid
from torg.openness import commands, forms, queries
from torg.openness.types import PublicationState
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

SHEET = "openness/entry.html"


@requires(Permission.JOURNAL)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What waits, by day; or what is public, kept out or withdrawn."""
    page = queries.review_page(request.person, state=request.GET.get("state", ""), at=clock.now())
    return respond.respond(request, "openness/publication.html", {"page": page, "states": PublicationState.choices})


@requires(Permission.JOURNAL)
@require_POST
def day(request: StaffRequest) -> HttpResponse:
    """Approve all of a day in which nothing was found."""
    try:
        chosen = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise Invalid(_("Choose a day.")) from error
    count = commands.approve_day(day=chosen, by=request.person, at=clock.now())
    said = ngettext("One entry is public now.", "%(count)d entries are public now.", count) % {"count": count}
    return respond.done(request, to=reverse("openness:publication"), toast=said)


@requires(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def entry(request: StaffRequest, public_entry_id: UUID) -> HttpResponse:
    """One entry as everybody would read it: correct it, and make it public."""
    at = clock.now()
    sheet = queries.sheet(request.person, public_entry_id, at=at)
    initial = {"title": sheet.row.title, "case_title": sheet.row.case_title}
    form = forms.WordingForm(request.POST or None, row=sheet.row, initial=initial)
    context = {"sheet": sheet, "row": sheet.row, "form": form, "reason": forms.ReasonForm(auto_id="reason_%s")}
    if not form.is_bound or not form.is_valid():
        return respond.respond(request, SHEET, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    commands.approve(public_entry_id=public_entry_id, wording=form.wording(), by=request.person, at=at)
    return respond.done(request, to=reverse("openness:publication"), toast=_("The entry is public now."))


@requires(Permission.JOURNAL)
@require_POST
def keeping_out(request: StaffRequest, public_entry_id: UUID) -> HttpResponse:
    """Leave it out of the public journal."""
    because = request.POST.get("because", "")[:2000]
    commands.keep_out(public_entry_id=public_entry_id, because=because, by=request.person, at=clock.now())
    return respond.done(request, to=_page(public_entry_id), toast=_("The entry is kept out."))


@requires(Permission.JOURNAL)
@require_POST
def withdrawal(request: StaffRequest, public_entry_id: UUID) -> HttpResponse:
    """Take it out of the public journal again."""
    because = request.POST.get("because", "")[:2000]
    commands.withdraw(public_entry_id=public_entry_id, because=because, by=request.person, at=clock.now())
    return respond.done(request, to=_page(public_entry_id), toast=_("Withdrawn. It is gone within a minute."))


@requires(Permission.JOURNAL)
@require_POST
def again(request: StaffRequest, public_entry_id: UUID) -> HttpResponse:
    """Review it anew."""
    commands.propose_again(public_entry_id=public_entry_id, by=request.person, at=clock.now())
    return respond.done(request, to=_page(public_entry_id))


def _page(public_entry_id: UUID) -> str:
    return reverse("openness:public-entry", args=[public_entry_id])
