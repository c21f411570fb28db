"""What the municipality decides about publishing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission, Role
from torg.publishing import checking, commands, forms
from torg.publishing.models import ApprovalRule, Goal, Series, TargetGroup, Topic
from torg.publishing.views.plan import presences_of
from torg.ui import respond
from torg.ui.types import Place

KINDS: dict[str, Any] = {"topics": Topic, "goals": Goal, "groups": TargetGroup}


@requires(Permission.PUBLISH)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Topics, goals and target groups."""
    return respond.respond(request, "publishing/settings.html", names_shown(request))


@requires(Permission.KEEP_PLAN)
@require_POST
def names(request: StaffRequest, name: str) -> HttpResponse:
    """A new topic, goal or target group."""
    form = forms.NamesForm(request.POST)
    context = {**names_shown(request), "names_form": form, "refused_kind": name}
    if not form.is_valid():
        return respond.respond(request, "publishing/settings.html", context, status=422)
    respond.redraw_on_refusal(request, "publishing/settings.html", context, form=form)
    given: dict[str, Any] = {"names": form.names, "by": request.person, "at": clock.now()}
    if name == "goals":
        commands.set_goal(wanted_percent=form.cleaned_data["wanted_percent"], **given)
    elif name == "topics":
        commands.set_topic(**given)
    elif name == "groups":
        commands.set_group(**given)
    else:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    return gone_back(request, _("It is added."))


@requires(Permission.KEEP_PLAN)
@require_POST
def name_ending(request: StaffRequest, name: str, named_id: UUID) -> HttpResponse:
    """End a topic, goal or target group."""
    if name not in KINDS:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    commands.end_name(kind=KINDS[name], named_id=named_id, by=request.person, at=clock.now())
    return gone_back(request, _("It is ended. What has it keeps it."))


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def rules(request: StaffRequest) -> HttpResponse:
    """Who approves, and how hard a text may be; a rule of approval from now on."""
    if request.method == "GET":
        return respond.respond(request, "publishing/rules.html", rules_shown(request))
    form = forms.RuleForm(request.POST)
    context = {**rules_shown(request), "rule_form": form}
    if not form.is_valid():
        return respond.respond(request, "publishing/rules.html", context, status=422)
    typed = form.cleaned_data
    commands.set_approval_rule(
        approvals_needed=int(typed["approvals_needed"]),
        alone_roles=[Role(role) for role in typed["alone_roles"]],
        scope_id=typed["presence"].scope_id if typed["presence"] else None,
        topic_id=typed["topic"].public_id if typed["topic"] else None,
        by=request.person,
        at=clock.now(),
    )
    return gone_back(request, _("The rule holds from now on."), "rules")


@requires(Permission.KEEP_PLAN)
@require_POST
def rule_ending(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """End a rule of approval."""
    commands.end_approval_rule(rule_id=rule_id, by=request.person, at=clock.now())
    return gone_back(request, _("The rule is ended. The next wider one holds."), "rules")


@requires(Permission.KEEP_PLAN)
@require_POST
def reading(request: StaffRequest) -> HttpResponse:
    """How hard a text may be."""
    form = forms.ReadingForm(request.POST)
    context = {**rules_shown(request), "reading_form": form}
    if not form.is_valid():
        return respond.respond(request, "publishing/rules.html", context, status=422)
    respond.redraw_on_refusal(request, "publishing/rules.html", context, form=form)
    commands.set_reading_limit(**form.cleaned_data, by=request.person, at=clock.now())
    return gone_back(request, _("The changes are saved."), "rules")


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def series(request: StaffRequest) -> HttpResponse:
    """The weekly posts; begin one."""
    at = clock.now()
    form = forms.SeriesForm(request.POST or None, presences=presences_of(request, at))
    own = Series.objects.visible_to(request.person, at=at, permission=Permission.PUBLISH)
    context = {
        "at": at,
        "places": places("series"),
        "series": own.order_by("weekday", "clock").exclude(until_on__lt=at.date()),
        "weekdays": dict(forms.short.WEEKDAYS),
        "series_form": form,
    }
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "publishing/series.html", context, status=422 if form.errors else 200)
    typed = form.cleaned_data
    commands.begin_series(
        scope_id=typed["presence"].scope_id,
        title=typed["title"],
        weekday=int(typed["weekday"]),
        clock=typed["clock"],
        until_on=typed["until_on"],
        by=request.person,
        at=at,
    )
    return gone_back(request, _("The coming weeks are in the plan."), "series")


@requires(Permission.PUBLISH)
@require_POST
def series_ending(request: StaffRequest, series_id: UUID) -> HttpResponse:
    """End a weekly post."""
    commands.end_series(series_id=series_id, by=request.person, at=clock.now())
    return gone_back(request, _("It is ended. What is in the plan stays there."), "series")


def names_shown(request: StaffRequest) -> dict[str, Any]:
    """What the page of topics, goals and groups is filled with."""
    at = clock.now()
    return {
        "places": places("settings"),
        "may_keep": people.may(request.person, Permission.KEEP_PLAN, scope_id=None, at=at),
        "kinds": [
            ("topics", _("Topics"), Topic.objects.current()),
            ("goals", _("Communication goals"), Goal.objects.current()),
            ("groups", _("Target groups"), TargetGroup.objects.current()),
        ],
        "names_form": forms.NamesForm(),
    }


def rules_shown(request: StaffRequest) -> dict[str, Any]:
    """What the page of rules is filled with."""
    at = clock.now()
    limits = checking.bounds(at=at)
    rules = ApprovalRule.objects.in_force(at).select_related("scope__presence", "topic").order_by("-id")
    return {
        "at": at,
        "places": places("rules"),
        "may_keep": people.may(request.person, Permission.KEEP_PLAN, scope_id=None, at=at),
        "rules": [(rule, [str(Role(role).label) for role in rule.alone_roles]) for rule in rules],
        "rule_form": forms.RuleForm(),
        "reading_form": forms.ReadingForm(
            initial={"warn_above": limits.lix_warn_above, "refuse_above": limits.lix_refuse_above}
        ),
    }


def places(current: str) -> list[Place]:
    """The three pages of what is decided."""
    told = (("settings", _("Topics and goals"), "flag"), ("rules", _("Rules for publishing"), "shield"))
    return [
        Place(label, reverse(f"publishing:{name}"), symbol, is_current=name == current)
        for name, label, symbol in (*told, ("series", _("Weekly posts"), "clock"))
    ]


def gone_back(request: StaffRequest, toast: str, page: str = "settings") -> HttpResponse:
    """To the page of what was decided."""
    return respond.done(request, to=reverse(f"publishing:{page}"), toast=toast)
