"""The register of breaches of personal data, and one breach with its clock, its assessment and its texts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.moderation import breaching, commands, forms, queries
from torg.moderation.models import Breach
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

PAGE = "moderation/breaches/breach.html"


@requires(Permission.OPEN_SENSITIVE)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The register (article 33 (5)): what waits, by deadline, and all that is closed."""
    at = clock.now()
    context = {"rows": queries.breaches(request.person, at=at)[:300], "at": at}
    return respond.respond(request, "moderation/breaches/index.html", context)


@requires(Permission.OPEN_SENSITIVE)
@require_GET
def breach(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """One breach."""
    found = queries.breach_or_absent(breach_id, person=request.person, at=clock.now())
    return respond.respond(request, PAGE, _told(request, found))


@requires(Permission.OPEN_SENSITIVE)
@require_POST
def opening(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Open the assessment of a breach from a case: one act, and the clock runs."""
    made = commands.open_breach(case_id=case_id, by=request.person, at=clock.now())
    to = reverse("moderation:breach", args=[made.public_id])
    return respond.done(request, to=to, toast=_("The assessment is open. The 72 hours run."))


@requires(Permission.OPEN_SENSITIVE)
@require_POST
def assessment(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Write what is judged so far."""
    form = forms.AssessmentForm(request.POST)

    def act(given: dict[str, Any]) -> Breach:
        return commands.assess_breach(
            breach_id=breach_id,
            assessment=form.assessment(),
            seen_version=given["seen_version"],
            by=request.person,
            at=clock.now(),
        )

    return _perform(request, breach_id, form, "assessment_form", act)


@requires(Permission.OPEN_SENSITIVE)
@require_POST
def decision(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Decide whether the authority is notified."""
    form = forms.BreachDecisionForm(request.POST)

    def act(given: dict[str, Any]) -> Breach:
        return commands.decide_breach(breach_id=breach_id, by=request.person, at=clock.now(), **given)

    return _perform(request, breach_id, form, "decision_form", act)


@requires(Permission.OPEN_SENSITIVE)
@require_POST
def notification(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Note that the authority is notified."""
    form = forms.NotifiedForm(request.POST)

    def act(given: dict[str, Any]) -> Breach:
        return commands.note_notified(breach_id=breach_id, by=request.person, at=clock.now(), **given)

    return _perform(request, breach_id, form, "notified_form", act)


@requires(Permission.OPEN_SENSITIVE)
@require_POST
def affected(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Note whether those affected are told."""
    form = forms.AffectedForm(request.POST)

    def act(given: dict[str, Any]) -> Breach:
        return commands.note_affected(breach_id=breach_id, by=request.person, at=clock.now(), **given)

    return _perform(request, breach_id, form, "affected_form", act)


@requires(Permission.OPEN_SENSITIVE)
@require_POST
def reassessment(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Take it up again."""
    commands.reassess_breach(breach_id=breach_id, by=request.person, at=clock.now())
    return _done(request, breach_id)


@requires(Permission.OPEN_SENSITIVE)
@require_POST
def closing(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """End it."""
    commands.close_breach(breach_id=breach_id, by=request.person, at=clock.now())
    return _done(request, breach_id)


def _perform(
    request: StaffRequest,
    breach_id: UUID,
    form: django_forms.Form,
    name: str,
    act: Callable[[dict[str, Any]], Breach],
) -> HttpResponse:
    """The form, the command, and the page again; refused, with what was filled in."""
    found = queries.breach_or_absent(breach_id, person=request.person, at=clock.now())
    context = _told(request, found) | {name: form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    act(form.cleaned_data)
    return _done(request, breach_id)


def _done(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    return respond.done(request, to=reverse("moderation:breach", args=[breach_id]), toast=_("Noted."))


def _told(request: StaffRequest, found: Breach) -> dict[str, Any]:
    at = clock.now()
    return {
        "breach": found,
        "may_decide": people.may(request.person, Permission.AGREE, scope_id=found.scope_id, at=at),
        "is_late": at > found.notify_by and found.notified_at is None,
        "text_for_authority": breaching.text_for_authority(found),
        "text_for_affected": breaching.text_for_affected(found),
        "at": at,
    } | forms.forms_for_breach(found)
