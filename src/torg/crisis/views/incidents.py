"""The switch, the overview of an incident, closing it, and what was planned before."""

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.crisis import commands, forms, queries
from torg.crisis.models import Asked, CheckPoint, Incident, Statement
from torg.crisis.types import IncidentState, Opening, QuestionState, Severity, StatementState
from torg.crisis.views.frames import frame, is_id, valid
from torg.crisis.views.next_acts import next_act
from torg.people import queries as people
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.types import Permission
from torg.publishing.queries.plan import held
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What goes on, the switch, and what was."""
    at = clock.now()
    rows = queries.listed(request.person, at=at)
    context = {
        "running": [row for row in rows if row.state != IncidentState.CLOSED],
        "over": [row for row in rows if row.state == IncidentState.CLOSED],
        "may_open": people.may_anywhere(request.person, Permission.RUN_CRISIS, at=at),
        "at": at,
    }
    return respond.respond(request, "crisis/index.html", context)


@requires(Permission.RUN_CRISIS)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """The switch."""
    at = clock.now()
    pages = queries.pages_within_reach(request.person, at=at)
    first = {"owner": request.person.public_id, "is_exercise": "exercise" in request.GET}
    form = forms.OpenForm(request.POST or None, initial=first)
    context = {"form": form, "running": partial(queries.running_seen_by, request.person, at=at)}
    if form.is_bound and not pages:
        form.add_error(None, _("No page is registered yet. An incident belongs to the main page."))
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "crisis/new.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "crisis/new.html", context, form=form)
    told = form.cleaned_data
    opening = Opening(
        title=told["title"],
        severity=Severity(told["severity"]),
        scope_id=pages[0].scope_id,
        owner=told["owner"].public_id,
        is_exercise=told["is_exercise"],
        holds_plan=told["holds_plan"],
        widens_hours=told["widens_hours"],
        allows_own_approval=told["allows_own_approval"],
        known=frozenset(UUID(one) for one in request.POST.getlist("known") if is_id(one)),
    )
    incident = commands.open_incident(opening=opening, by=request.person, at=at)
    return respond.done(request, to=_to(incident), toast=_("It is open. Write the first statement now."))


@signed_in
@require_GET
def incident(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """How it stands: statements and how far they have come, what people ask, what is on hold, what is to be done."""
    at = clock.now()
    context = frame(request, incident_id, current="incident", at=at)
    row: Incident = context["incident"]
    statements = _statements(row)
    waiting = row.questions.filter(state=QuestionState.OPEN).visible_to(request.person, at=at)
    asking = Asked.objects.filter(question__in=waiting).count()
    context |= {
        **_said(row, statements),
        "questions": waiting.annotate(people=Count("asked")).order_by("-people", "first_asked_at")[:8],
        "next": next_act(row, statements, asking=asking, may_approve=context["may_approve"], at=at),
        "held": held(request.person, at=at) if row.holds_plan else [],
        "checklists": _checklists(row),
        "owner": queries.owner_now(row, at=at),
        "log_form": forms.LogForm(),
        "change_form": forms.ChangeForm(
            initial={"title": row.title, "severity": row.severity, "owner": row.owner.public_id}
        ),
        "script_form": forms.ScriptForm(),
        "scripted": row.injected.order_by("due_at")[:50] if row.is_exercise else (),
    }
    return respond.respond(request, "crisis/incident.html", context)


@signed_in
@require_POST
def change(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Say anew how grave it is and whose."""
    told = valid(forms.ChangeForm(request.POST))
    row = commands.change_incident(
        incident_id=incident_id,
        severity=Severity(told["severity"]),
        owner=told["owner"].public_id,
        title=told["title"],
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(row), toast=_("Changed."))


@signed_in
@require_POST
def ask_to_close(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """The first of two who close it."""
    row = commands.ask_to_close(incident_id=incident_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row), toast=_("Somebody else must look now, and close it."))


@signed_in
@require_POST
def keep_open(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """It is not over."""
    row = commands.keep_open(incident_id=incident_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row), toast=_("It stays open."))


@signed_in
@require_POST
def close(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """The second of two who close it."""
    row = commands.close_incident(incident_id=incident_id, by=request.person, at=clock.now())
    to = reverse("crisis:after", args=[row.public_id])
    return respond.done(request, to=to, toast=_("It is closed, and in the journal."))


@signed_in
@require_POST
def release(request: StaffRequest, incident_id: UUID, held_id: UUID) -> HttpResponse:
    """Let one planned post out."""
    commands.release_planned(incident_id=incident_id, post_id=held_id, by=request.person, at=clock.now())
    to = reverse("crisis:incident", args=[incident_id])
    return respond.done(request, to=to, toast=_("It goes out when its time comes."))


@signed_in
@require_POST
def let_plan_go_on(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """End the hold."""
    row = commands.let_plan_go_on(incident_id=incident_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row), toast=_("The plan goes on. What is late goes out within a minute."))


@signed_in
@require_POST
def tick(request: StaffRequest, point_id: UUID) -> HttpResponse:
    """Tick a point of a checklist off, or open it again."""
    point = commands.tick(point_id=point_id, is_done=request.POST.get("done") == "1", by=request.person, at=clock.now())
    return respond.done(request, to=f"{_to(point.incident)}#points")


@signed_in
@require_POST
def script(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """The script of an exercise."""
    told = valid(forms.ScriptForm(request.POST))
    commands.write_script(incident_id=incident_id, injections=told["script"], by=request.person, at=clock.now())
    to = reverse("crisis:incident", args=[incident_id])
    return respond.done(request, to=to, toast=_("The messages arrive by the clock."))


def _to(row: Incident) -> str:
    return reverse("crisis:incident", args=[row.public_id])


def _statements(row: Incident) -> list[Statement]:
    rows = row.statements.exclude(state=StatementState.DROPPED).select_related("approved_by")
    return list(rows.prefetch_related("versions").order_by("-id"))


def _said(row: Incident, statements: list[Statement]) -> dict[str, Any]:
    """What the public reads, and how far each statement has come."""
    spread = queries.spread_of(statements)
    return {
        "statements": [(one, _text_of(one), spread[one.pk]) for one in statements],
        "published": sum(one.state == StatementState.PUBLISHED for one in statements),
        "rumours": row.rumours.filter(ended_at=None).count(),
        "sources": row.sources.filter(ended_at=None).count(),
    }


def _text_of(statement: Statement) -> dict[str, str]:
    version = max(statement.versions.all(), key=lambda one: one.number)
    text: dict[str, str] = version.texts[statement.language]
    return text


def _checklists(row: Incident) -> dict[str, list[CheckPoint]]:
    found: dict[str, list[CheckPoint]] = defaultdict(list)
    for point in row.points.select_related("checklist", "done_by").order_by("checklist_id", "place"):
        found[point.checklist.title].append(point)
    return dict(found)
