"""The board of duties, the list of breaches, what duties ask for, and one page's sheet."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.oversight import commands, forms, queries
from torg.people import queries as people
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.types import Permission
from torg.registry.models import WITHOUT_API
from torg.registry.views.sheet import tabs_of
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """How the duties stand on every page that one sees, in one week; per page and unit, never per person."""
    at = clock.now()
    told = request.GET.get("back", "")
    board = queries.board(request.person, at=at, back=int(told) if told.isdecimal() and len(told) < 3 else 0)
    # Asked only where the page offers it.
    can_rule = not board.has_rules and may_rule(request, at)
    context = {"board": board, "can_rule": can_rule, "at": at}
    return respond.respond(request, "oversight/board.html", context)


@requires(Permission.READ)
@require_GET
def breaches(request: StaffRequest) -> HttpResponse:
    """Duties that were not kept, those that nobody has explained first."""
    at = clock.now()
    context = {"breaches": queries.breaches_together(request.person, at=at), "at": at}
    return respond.respond(request, "oversight/breaches.html", context)


@requires(Permission.READ)
@require_GET
def page(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """One page's duties over the weeks, its rounds; for a group its members and reviews."""
    return respond.respond(request, "oversight/page.html", sheet(request, presence_id))


@requires(Permission.HANDLE)
@require_POST
def explain(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Say why a duty was not kept."""
    context = sheet(request, presence_id)
    form = forms.ExplanationForm(request.POST)
    context["refused"] = form
    if not form.is_valid():
        return respond.respond(request, "oversight/page.html", context, status=422)
    respond.redraw_on_refusal(request, "oversight/page.html", context, form=form)
    commands.explain_breach(presence_id=presence_id, by=request.person, at=clock.now(), **form.cleaned_data)
    return respond.done(request, to=reverse("oversight:page", args=[presence_id]), toast=_("The explanation is noted."))


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def rules(request: StaffRequest) -> HttpResponse:
    """What duties ask for, and a form to change it from a day on."""
    at = clock.now()
    today = timezone.localtime(at).date()
    form = forms.RuleForm(request.POST or None, initial={"from_on": today})
    context = {
        "rules": queries.rules_decided(at=at),
        "form": form,
        "can_rule": may_rule(request, at),
        "today": today,
    }
    if request.method == "GET":
        return respond.respond(request, "oversight/rules.html", context)
    if not form.is_valid():
        return respond.respond(request, "oversight/rules.html", context, status=422)
    respond.redraw_on_refusal(request, "oversight/rules.html", context, form=form)
    told = dict(form.cleaned_data)
    commands.set_duty_rule(from_on=told.pop("from_on"), demand=commands.Demand(**told), by=request.person, at=at)
    return respond.done(request, to=reverse("oversight:rules"), toast=_("The duty is decided."))


@requires_everywhere(Permission.MANAGE_PRESENCE)
@require_POST
def adopt(request: StaffRequest) -> HttpResponse:
    """Take over the duties of the strategy."""
    commands.adopt_strategy_duties(by=request.person, at=clock.now())
    return respond.done(
        request, to=reverse("oversight:rules"), toast=_("The duties of the strategy hold from this week.")
    )


@requires_everywhere(Permission.MANAGE_PRESENCE)
@require_POST
def end_rule(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Ask for a duty no longer."""
    at = clock.now()
    commands.end_duty_rule(rule_id=rule_id, from_on=timezone.localtime(at).date(), by=request.person, at=at)
    return respond.done(request, to=reverse("oversight:rules"), toast=_("The duty is asked for no longer."))


def sheet(request: StaffRequest, presence_id: UUID) -> dict[str, Any]:
    """All that the sheet of a page shows."""
    at = clock.now()
    standing, advice, duties = queries.sheet(request.person, presence_id, at=at)
    presence = standing.presence
    is_group = presence.kind in WITHOUT_API
    return {
        "presence": presence,
        "tabs": tabs_of(presence, "oversight:page"),
        "duties": duties,
        "weeks": [(week, queries.week_cells(week, duties)) for week in standing.weeks],
        "advice": advice,
        "rounds": queries.rounds(request.person, at=at).filter(presence=presence)[:10],
        "group": queries.group_of(presence, at=at) if is_group else None,
        "can_look": people.may(request.person, Permission.HANDLE, scope_id=presence.scope_id, at=at),
        "members_form": forms.MembersForm(),
        "review_form": forms.ReviewForm(),
        "at": at,
    }


def may_rule(request: StaffRequest, at: Any) -> bool:
    """Whether the person decides what duties ask for."""
    return people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=None, at=at)
