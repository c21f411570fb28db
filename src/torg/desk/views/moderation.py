"""Moderation: the queue, one case, many at once, and the register of those shut out."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.desk.queries import case as sheets
from torg.desk.queries import cases as queries
from torg.desk.views import case_forms
from torg.moderation import choices, forms
from torg.moderation import queries as moderation
from torg.moderation.words import Gravity, Source, to_list
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """A page of the moderation queue."""
    at = clock.now()
    filters = moderation.CaseFilters.read(request.GET)
    scopes = people.scope_ids_for(request.person, Permission.READ, at=at)
    page = moderation.case_page(request.person, filters, at=at, after=request.GET.get("after", ""), scopes=scopes)
    frame = queries.frame(request.person, filters, scopes=scopes, at=at)
    context = {
        "frame": frame,
        "rows": queries.rows(page.cases, at=at),
        "filters": filters,
        "choices": {"ground": to_list(), "source": Source.choices, "severity": _severities()},
        "older": queries.address(filters, after=page.after) if page.after else "",
        "is_first": "after" not in request.GET,
        "viewing": frame.viewing,
        "at": at,
    }
    return respond.respond(request, "desk/moderation/queue.html", context)


@never_cache
@requires(Permission.READ)
@require_GET
def case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """One case: the evidence to the left, the steps and what can be done now to the right."""
    at = clock.now()
    shown = sheets.sheet(request.person, case_id, at=at)
    context = {
        "sheet": shown,
        "case": shown.case,
        "forms": case_forms.forms_for(shown) | case_forms.carrying_forms(),
        "is_stopped": sheets.is_stopped(shown.decision),
        "may_open": shown.standing.opens,
        "viewing": moderation.viewing_of(request.person),
        "at": at,
    }
    return respond.respond(request, "desk/moderation/case.html", context)


@requires(Permission.READ)
@require_POST
def many(request: StaffRequest) -> HttpResponse:
    """What would be proposed for many: how many, their first words, and one ground for all."""
    at = clock.now()
    wanted = _wanted(request, at)
    rows = moderation.preview(request.person, wanted, at=at)
    grounds = {row.case.ground for row in rows}
    initial = {"ground": grounds.pop()} if len(grounds) == 1 else {}
    form = forms.BulkForm(rules=choices.rules(at=at), initial=initial)
    context = {
        "rows": rows,
        "missing": len(wanted) - len(rows),
        "most": moderation.MOST_AT_ONCE if "all" in request.POST and len(wanted) == moderation.MOST_AT_ONCE else 0,
        "form": form,
        "at": at,
    }
    return respond.respond(request, "desk/moderation/many.html", context)


@requires(Permission.READ)
@require_GET
def sanctions(request: StaffRequest) -> HttpResponse:
    """Those who are shut out now, with ground and end."""
    at = clock.now()
    context = {
        "rows": moderation.bans_in_force(request.person, at=at)[: queries.MOST],
        "lifting": forms.ReasonForm(),
        "review": forms.ReviewForm(),
        "at": at,
    }
    return respond.respond(request, "desk/moderation/sanctions.html", context)


def _wanted(request: StaffRequest, at: datetime) -> list[UUID]:
    """Those that were ticked, or all that match what the queue was narrowed by."""
    if "all" in request.POST:
        return moderation.all_that_match(request.person, moderation.CaseFilters.read(request.POST), at=at)
    return choices.chosen_of(forms.ChosenForm(request.POST))


def _severities() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in reversed(Gravity.choices)]
