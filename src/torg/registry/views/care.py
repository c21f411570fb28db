"""The way in, the profile, privacy, the yearly review, and the terms of a group."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.registry import commands as registry
from torg.registry import forms, queries
from torg.registry.models import Presence
from torg.registry.views import sheet
from torg.registry.words import GROUPS
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def access(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Who is administrator on the platform, and how the log-in is kept."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    return respond.respond(request, "registry/access.html", entered(request, shown, at))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def administrators(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record an administrator on the platform."""
    at = clock.now()
    shown, form = sheet.presence_of(request, presence_id, at=at), forms.AdministratorForm(request.POST)
    return sheet.Answer("access", entered, "administrator_form", _("The person is added.")).to(
        request,
        shown,
        form,
        lambda: registry.add_administrator(
            presence_id=presence_id, person=form.cleaned_data["person"], by=request.person, at=at
        ),
        at=at,
    )


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def end_administration(request: StaffRequest, presence_id: UUID, person_id: UUID) -> HttpResponse:
    """Record that an administrator's access has ended."""
    person = people.person_or_absent(person_id)
    registry.end_administration(presence_id=presence_id, person=person, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("registry:access", args=[presence_id]), toast=_("It is recorded."))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def custody(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record how the log-in is kept."""
    at = clock.now()
    shown, form = sheet.presence_of(request, presence_id, at=at), forms.CustodyForm(request.POST)
    return sheet.Answer("access", entered, "custody_form", _("It is recorded.")).to(
        request,
        shown,
        form,
        lambda: registry.record_custody(presence_id=presence_id, way_in=form.way_in(), by=request.person, at=at),
        at=at,
    )


@requires(Permission.READ)
@require_GET
def care(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """The profile, privacy, and the yearly review."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    return respond.respond(request, "registry/care.html", cared(request, shown, at))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def profile(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record a look at the profile."""
    at = clock.now()
    shown, form = sheet.presence_of(request, presence_id, at=at), forms.ProfileForm(request.POST)
    return sheet.Answer("care", cared, "profile_form", _("The check is recorded.")).to(
        request,
        shown,
        form,
        lambda: registry.check_profile(presence_id=presence_id, profile=form.profile(), by=request.person, at=at),
        at=at,
    )


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def privacy(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record an assessment of privacy."""
    at = clock.now()
    shown, form = sheet.presence_of(request, presence_id, at=at), forms.PrivacyForm(request.POST)
    return sheet.Answer("care", cared, "privacy_form", _("The assessment is recorded.")).to(
        request,
        shown,
        form,
        lambda: registry.assess_privacy(presence_id=presence_id, found=form.found(), by=request.person, at=at),
        at=at,
    )


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def review(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record the yearly review."""
    at = clock.now()
    shown, form = sheet.presence_of(request, presence_id, at=at), forms.ReviewForm(request.POST)
    return sheet.Answer("care", cared, "review_form", _("The review is recorded.")).to(
        request,
        shown,
        form,
        lambda: registry.review_presence(presence_id=presence_id, reviewed=form.reviewed(), by=request.person, at=at),
        at=at,
    )


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def terms(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """What a group may be, and a form to set it."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    if shown.kind not in GROUPS:
        raise NotFound(_("Only a group has terms."))
    if request.method == "GET":
        return respond.respond(request, "registry/terms.html", grouped(request, shown, at))
    form = forms.TermsForm(request.POST)
    return sheet.Answer("terms", grouped, "form", _("The terms are set.")).to(
        request,
        shown,
        form,
        lambda: registry.set_terms(presence_id=presence_id, terms=form.terms(), by=request.person, at=at),
        at=at,
    )


def entered(request: StaffRequest, shown: Presence, at: datetime) -> sheet.Context:
    """What the page on access shows."""
    administrations = shown.administrations.select_related("person").order_by("-ended_at", "person__name")
    return {
        **sheet.frame(request, shown, "access", at=at),
        "administrations": administrations,
        "readings": shown.access_readings.order_by("platform"),
        "custodies": shown.custodies.select_related("holder", "recorded_by").order_by("-recorded_at", "-id"),
        "administrator_form": forms.AdministratorForm(),
        "custody_form": forms.CustodyForm(),
    }


def cared(request: StaffRequest, shown: Presence, at: datetime) -> sheet.Context:
    """What the page on profile and privacy shows."""
    newest = ("-recorded_at", "-id")
    return {
        **sheet.frame(request, shown, "care", at=at),
        "profiles": queries.profiles_told(shown),
        "checks": shown.profile_checks.select_related("recorded_by").order_by(*newest),
        "assessments": shown.privacy_assessments.select_related("recorded_by").order_by(*newest),
        "goals": [view for view in queries.goals_of(shown, at=at) if view.goal.ended_at is None],
        "reviews": shown.reviews.select_related("recorded_by").order_by(*newest),
        "profile_form": forms.ProfileForm(),
        "privacy_form": forms.PrivacyForm(),
        "review_form": forms.ReviewForm(),
    }


def grouped(request: StaffRequest, shown: Presence, at: datetime) -> sheet.Context:
    """What the page on a group's terms shows."""
    held = list(shown.terms.select_related("recorded_by").order_by("-recorded_at", "-id"))
    told = ("legal_ground", "members", "pictures", "needs_consent")
    initial = {name: getattr(held[0], name) for name in told} if held else None
    return {
        **sheet.frame(request, shown, "terms", at=at),
        "held": held,
        "form": forms.TermsForm(initial=initial),
    }
