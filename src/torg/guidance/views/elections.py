"""Ethics, neutrality, and the time before an election."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.guidance import commands, content, forms, queries, wording
from torg.guidance.types import ElectionKind
from torg.guidance.views import frame
from torg.people import queries as people
from torg.people.access import StaffRequest, requires_everywhere, signed_in
from torg.people.types import Permission
from torg.records.days import day_of
from torg.ui import respond

PAGE = "guidance/rules.html"


@signed_in
@require_GET
def rules(request: StaffRequest) -> HttpResponse:
    """The rules, which election they hold for now, and the elections to come."""
    return respond.respond(request, PAGE, _context(request, forms.ElectionForm(), at=clock.now()))


@requires_everywhere(Permission.ADVISE)
@require_POST
def add(request: StaffRequest) -> HttpResponse:
    """Register an election."""
    at = clock.now()
    form = forms.ElectionForm(request.POST)
    context = _context(request, form, at=at)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    values = {**form.cleaned_data, "kind": ElectionKind(form.cleaned_data["kind"])}
    commands.add_election(**values, by=request.person, at=at)
    return respond.done(request, to=reverse("guidance:rules"), toast=_("The election is registered."))


@requires_everywhere(Permission.ADVISE)
@require_POST
def withdraw(request: StaffRequest, election_id: UUID) -> HttpResponse:
    """Take an election out that was registered wrongly."""
    commands.withdraw_election(election_id=election_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("guidance:rules"), toast=_("The election is taken out."))


def _context(request: StaffRequest, form: forms.ElectionForm, *, at: datetime) -> dict[str, object]:
    day = day_of(at)
    elections = queries.elections_from(day)
    registered = {(each.kind, each.voting_on) for each in elections}
    return {
        "tabs": frame.tabs(request, at=at),
        "sections": wording.sections(frame.language(), queries.owns_on(day)),
        "elections": elections,
        "now": next((each for each in elections if each.from_on <= day), None),
        "suggested": [
            each
            for each in content.suggested_elections()
            if each.voting_on >= day and (each.kind, each.voting_on) not in registered
        ],
        "form": form,
        "keeps": people.may(request.person, Permission.ADVISE, scope_id=None, at=at),
    }
