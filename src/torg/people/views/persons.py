"""The list of persons and units, and a person's own sheet with roles."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.people import commands as people
from torg.people import forms, queries
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.models import Scope
from torg.people.types import Permission, Role
from torg.ui import respond


@requires(Permission.MANAGE_PEOPLE)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Everybody who works here, with roles, and the units."""
    context = {**queries.overview(seen_by=request.person, at=clock.now()), "unit_form": forms.UnitForm()}
    return respond.respond(request, "people/index.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Add somebody."""
    form = forms.PersonForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "people/new.html", {"form": form}, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "people/new.html", {"form": form}, form=form)
    person = people.add_person(**form.cleaned_data, by=request.person, at=clock.now())
    return respond.done(
        request, to=reverse("people:person", args=[person.public_id]), toast=_("The person is added. Now give a role.")
    )


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def new_unit(request: StaffRequest) -> HttpResponse:
    """Add a unit."""
    at = clock.now()
    form = forms.UnitForm(request.POST)
    context = {**queries.overview(seen_by=request.person, at=at), "unit_form": form}
    respond.redraw_on_refusal(request, "people/index.html", context, form=form)
    people.add_unit(name=request.POST.get("name", ""), by=request.person, at=at)
    return respond.done(request, to=reverse("people:index"), toast=_("The unit is added."))


@requires(Permission.MANAGE_PEOPLE)
@require_GET
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """One person: roles now and before, stand-ins."""
    return respond.respond(request, "people/person.html", _sheet(request, person_id))


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def give_role(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Give the person a role."""
    sheet = _sheet(request, person_id)
    form = forms.RoleForm(request.POST, places=sheet["places"])
    sheet["form"] = form
    if not form.is_valid():
        return respond.respond(request, "people/person.html", sheet, status=422)
    respond.redraw_on_refusal(request, "people/person.html", sheet, form=form)
    scope_id = form.cleaned_data["scope"]
    assignment = people.give_role(
        person=sheet["subject"],
        role=Role(form.cleaned_data["role"]),
        scope=Scope.objects.get(id=scope_id) if scope_id else None,
        by=request.person,
        at=clock.now(),
    )
    said = _("The role waits until somebody else agrees.") if assignment.is_waiting else _("The role is given.")
    return respond.done(request, to=reverse("people:person", args=[person_id]), toast=said)


@requires(Permission.AGREE)
@require_POST
def agree_to_role(request: StaffRequest, assignment_id: UUID) -> HttpResponse:
    """Agree that a person gets the right to agree to deletions."""
    assignment = people.agree_to_role(assignment_id=assignment_id, by=request.person, at=clock.now())
    to = reverse("people:person", args=[assignment.person.public_id])
    return respond.done(request, to=to, toast=_("The role is given."))


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def end_role(request: StaffRequest, assignment_id: UUID) -> HttpResponse:
    """End a role."""
    assignment = people.end_role(assignment_id=assignment_id, by=request.person, at=clock.now())
    to = reverse("people:person", args=[assignment.person.public_id])
    return respond.done(request, to=to, toast=_("The role has ended."))


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def departure(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Record that the person has left."""
    people.record_departure(person_id=person_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("people:index"), toast=_("The person has left; log-ins are closed."))


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def phone(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The number at which somebody is called out."""
    people.note_phone(person_id=person_id, phone=request.POST.get("phone", ""), by=request.person, at=clock.now())
    return respond.done(request, to=reverse("people:person", args=[person_id]), toast=_("The number is kept."))


@signed_in
@require_http_methods(["GET", "POST"])
def own_phone(request: StaffRequest) -> HttpResponse:
    """One's own number."""
    form = forms.PhoneForm(request.POST or None, initial={"phone": request.person.phone})
    context = {"form": form}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "people/phone.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "people/phone.html", context, form=form)
    people.note_phone(person_id=request.person.public_id, **form.cleaned_data, by=request.person, at=clock.now())
    return respond.done(request, to=request.path, toast=_("The number is kept."))


def _sheet(request: StaffRequest, person_id: UUID) -> dict[str, Any]:
    at = clock.now()
    sheet = queries.sheet_of(queries.person_or_absent(person_id), seen_by=request.person, at=at)
    manages_all = queries.may(request.person, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    return {
        **sheet,
        "form": forms.RoleForm(places=sheet["places"]),
        # Often their own: seen by those who may write it down, and in an incident by its team.
        "phone_form": forms.PhoneForm(initial={"phone": sheet["subject"].phone}) if manages_all else None,
        "can_register_absence": manages_all,
    }
