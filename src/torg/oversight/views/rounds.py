"""Watch rounds: the list, one tap, and one that is begun and finished."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.oversight import commands, forms, queries
from torg.oversight.models import WatchRound
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

MOST = 100


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Pages that somebody must look in on, and the rounds that were made."""
    at = clock.now()
    context = {
        "waiting": queries.not_looked_at(request.person, at=at),
        "running": queries.running_rounds(request.person, at=at),
        "rounds": queries.rounds(request.person, at=at).exclude(finished_at=None)[:MOST],
        "at": at,
    }
    return respond.respond(request, "oversight/rounds.html", context)


@requires(Permission.HANDLE)
@require_POST
def look(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """One tap: looked in, nothing to do."""
    commands.look_in(presence_id=presence_id, by=request.person, at=clock.now())
    return respond.done(request, to=_back(request), toast=_("Noted: you have looked in, and there was nothing to do."))


@requires(Permission.HANDLE)
@require_POST
def start(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Begin a round."""
    row = commands.start_round(presence_id=presence_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("oversight:round", args=[row.public_id]))


@requires(Permission.HANDLE)
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, round_id: UUID) -> HttpResponse:
    """A round, and what it found."""
    at = clock.now()
    row: WatchRound = queries.round_or_absent(request.person, round_id, at=at)
    form = forms.RoundForm(request.POST or None)
    context = {"round": row, "form": form, "at": at}
    if request.method == "GET":
        return respond.respond(request, "oversight/round.html", context)
    if not form.is_valid():
        return respond.respond(request, "oversight/round.html", context, status=422)
    respond.redraw_on_refusal(request, "oversight/round.html", context, form=form)
    commands.finish_round(round_id=round_id, by=request.person, at=at, **form.cleaned_data)
    return respond.done(request, to=reverse("oversight:rounds"), toast=_("The round is finished."))


def _back(request: StaffRequest) -> str:
    """Where the tap came from, if that is a page of ours; else the rounds."""
    told = request.POST.get("next", "")
    is_ours = told.startswith("/") and url_has_allowed_host_and_scheme(told, allowed_hosts=None)
    return told if is_ours else reverse("oversight:rounds")
