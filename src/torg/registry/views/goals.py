"""Goals of a presence: the page, setting, measuring, ending."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import Invalid
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.records.days import day_of
from torg.registry import commands as registry
from torg.registry import forms, policies, queries
from torg.registry.models import Presence
from torg.registry.views import sheet
from torg.ui import respond


@dataclass(frozen=True, slots=True)
class Panel:
    """A goal with its two forms, whose fields have names of their own on the page."""

    view: queries.GoalView
    measurement_form: forms.MeasurementForm
    end_form: forms.GoalEndForm


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def goals(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """What we want with it, and what is measured; a form to set a goal."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    if request.method == "GET":
        return respond.respond(request, "registry/goals.html", aimed(request, shown, at))
    form = forms.GoalForm(request.POST, told=queries.figures_told(shown))
    return sheet.Answer("goals", aimed, "goal_form", _("The goal is set.")).to(
        request,
        shown,
        form,
        lambda: registry.set_goal(presence_id=presence_id, aim=form.aim(), by=request.person, at=at),
        at=at,
    )


@requires(Permission.READ)
@require_GET
def all_goals(request: StaffRequest) -> HttpResponse:
    """The goals of every page that the person sees, those that nobody measures among them."""
    found = queries.goals_for(request.person, at=clock.now())
    context = {"goals": found, "measured": sum(view.latest is not None for view in found)}
    return respond.respond(request, "registry/all_goals.html", context)


@requires(Permission.PUBLISH)
@require_POST
def measurements(request: StaffRequest, goal_id: UUID) -> HttpResponse:
    """Record a measured value."""
    form = forms.MeasurementForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Write the value, the day, and where you read it."))
    row = registry.measure_goal(goal_id=goal_id, measured=form.measured(), by=request.person, at=clock.now())
    return _back(request, row.goal.presence, _("The value is recorded."))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def end(request: StaffRequest, goal_id: UUID) -> HttpResponse:
    """End a goal."""
    form = forms.GoalEndForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose why the goal ends."))
    goal = registry.end_goal(goal_id=goal_id, because=form.cleaned_data["because"], by=request.person, at=clock.now())
    return _back(request, goal.presence, _("The goal has ended."))


def aimed(request: StaffRequest, shown: Presence, at: datetime) -> sheet.Context:
    """What the page on goals shows."""
    found = queries.goals_of(shown, at=at)
    figures = queries.figures_told(shown)
    return {
        **sheet.frame(request, shown, "goals", at=at),
        "panels": [_panel(one, number, at) for number, one in enumerate(found) if one.goal.ended_at is None],
        "ended": [one for one in found if one.goal.ended_at is not None],
        "goal_form": forms.GoalForm(told=figures),
        "figures": figures,
        "can_measure": shown.closed_at is None and policies.may_measure(request.person, shown.scope_id, at=at),
    }


def _panel(view: queries.GoalView, number: int, at: datetime) -> Panel:
    named = f"id_{number}_%s"
    today = {"measured_on": day_of(at)}
    return Panel(view, forms.MeasurementForm(auto_id=named, initial=today), forms.GoalEndForm(auto_id=named))


def _back(request: StaffRequest, presence: Presence, said: str) -> HttpResponse:
    return respond.done(request, to=reverse("registry:goals", args=[presence.public_id]), toast=said)
