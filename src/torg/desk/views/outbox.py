"""What is on its way out: seeing it, trying again, saying what one found, taking back."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.desk import forms
from torg.desk.queries import outbox as queries
from torg.outbox import commands as outbox
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What is under way or has stopped."""
    at = clock.now()
    return respond.respond(request, "desk/outbox.html", _context(request, at))


@requires(Permission.ANSWER)
@require_POST
def retry(request: StaffRequest, act_id: UUID) -> HttpResponse:
    """Try again now."""
    at = clock.now()
    outbox.retry(act_id=act_id, by=request.person, at=at, within=_reach(request, at))
    return respond.done(request, to=reverse("desk:outbox"), toast=_("We try again now."))


@requires(Permission.ANSWER)
@require_POST
def settle(request: StaffRequest, act_id: UUID) -> HttpResponse:
    """Write down what the person found on the platform."""
    at = clock.now()
    form = forms.FindingForm(request.POST)
    if not form.is_valid():
        context = {**_context(request, at), "form": form, "form_of": act_id}
        return respond.respond(request, "desk/outbox.html", context, status=422)
    typed = form.cleaned_data
    found = typed["external_id"] if typed["found"] == "there" else None
    outbox.settle(act_id=act_id, external_id=found, by=request.person, at=at, within=_reach(request, at))
    return respond.done(request, to=reverse("desk:outbox"), toast=_("Thank you. It is written down."))


@requires(Permission.ANSWER)
@require_POST
def withdraw(request: StaffRequest, act_id: UUID) -> HttpResponse:
    """Take it back before it is sent, or give it up."""
    at = clock.now()
    outbox.withdraw(act_id=act_id, by=request.person, at=at, within=_reach(request, at))
    return respond.done(request, to=reverse("desk:outbox"), toast=_("It will not be sent."))


def _context(request: StaffRequest, at: datetime) -> dict[str, object]:
    return {"lines": queries.lines(request.person, at=at), "form": forms.FindingForm()}


def _reach(request: StaffRequest, at: datetime) -> list[UUID]:
    return people.scope_ids_for(request.person, Permission.ANSWER, at=at)
