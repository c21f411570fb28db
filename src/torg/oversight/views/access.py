"""Who can do what where, what must end for those who have left, and emergency access."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.oversight import commands, forms, policies, queries
from torg.oversight.models import EmergencyAccess
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.types import Permission
from torg.registry import commands as register
from torg.registry import queries as registry
from torg.ui import respond


@requires(Permission.READ_AUDIT)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Who can do what on which platform and here, and what must end."""
    at = clock.now()
    context = {"overview": queries.overview(request.person, at=at), "at": at}
    return respond.respond(request, "oversight/access.html", context)


@requires(Permission.READ_AUDIT)
@require_http_methods(["GET", "POST"])
def recognise(request: StaffRequest, platform_access_id: UUID) -> HttpResponse:
    """Who somebody with access on a platform is, and a form to say it."""
    at = clock.now()
    access = queries.platform_access_or_absent(request.person, platform_access_id, at=at)
    form = forms.RecogniseForm(request.POST or None)
    context = {"access": access, "form": form, "at": at}
    if request.method == "GET":
        return respond.respond(request, "oversight/recognise.html", context)
    if not form.is_valid():
        return respond.respond(request, "oversight/recognise.html", context, status=422)
    respond.redraw_on_refusal(request, "oversight/recognise.html", context, form=form)
    register.recognise_access(access_id=platform_access_id, by=request.person, at=at, **form.cleaned_data)
    return respond.done(request, to=reverse("oversight:access"), toast=_("It is recorded."))


@requires(Permission.READ_AUDIT)
@require_POST
def tick(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Confirm that an access has ended."""
    commands.tick_access_task(task_id=task_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("oversight:access"), toast=_("Noted: that access has ended."))


@signed_in
@require_http_methods(["GET", "POST"])
def emergencies(request: StaffRequest) -> HttpResponse:
    """Asking for emergency access, and what others have asked for."""
    at = clock.now()
    presences = registry.presences_for(request.person, at=at).filter(closed_at=None)
    form = forms.EmergencyForm(request.POST or None, presences=presences)
    rows = _rows(request, at)
    is_running = any(row["is_own"] and row["access"].state in queries.RUNNING for row in rows)
    context = {"rows": rows, "form": form, "is_running": is_running, "at": at}
    if request.method == "GET":
        return respond.respond(request, "oversight/emergencies.html", context)
    if not form.is_valid():
        return respond.respond(request, "oversight/emergencies.html", context, status=422)
    respond.redraw_on_refusal(request, "oversight/emergencies.html", context, form=form)
    told = dict(form.cleaned_data)
    presence = told.pop("presence")
    commands.ask_for_emergency_access(
        presence_id=presence.public_id if presence else None, by=request.person, at=at, **told
    )
    return respond.done(
        request, to=reverse("oversight:emergencies"), toast=_("Those who decide are told. One of them must agree.")
    )


@signed_in
@require_POST
def grant(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Agree to emergency access."""
    return _answered(
        request, access_id, commands.grant_emergency_access, _("The access holds now, and ends by itself.")
    )


@signed_in
@require_POST
def refuse(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Refuse emergency access."""
    return _answered(request, access_id, commands.refuse_emergency_access, _("The access is refused."))


@signed_in
@require_POST
def end(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """End emergency access before its time."""
    return _answered(request, access_id, commands.end_emergency_access, _("The access has ended."))


def _answered(
    request: StaffRequest, access_id: UUID, command: Callable[..., EmergencyAccess], toast: str
) -> HttpResponse:
    command(access_id=access_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("oversight:emergencies"), toast=toast)


def _rows(request: StaffRequest, at: Any) -> list[dict[str, Any]]:
    """What was asked for lately, each with what this person can do about it."""
    rows = queries.emergencies(request.person, at=at)[:30]
    may_answer = {row.pk for row in rows if not row.ended_at and policies.can_answer(request.person, row, at=at)}
    return [
        {"access": row, "may_answer": row.pk in may_answer, "is_own": row.person_id == request.person.pk}
        for row in rows
    ]
