"""The list of employees: who is on it, and a new list that is looked at before it is taken over."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from torg.core import clock
from torg.people import commands as people
from torg.people import forms, queries
from torg.people.access import StaffRequest, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond

AT_A_TIME = 100
SHOWN = 50


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Everybody on the list, and a form to hand in a new one."""
    at = clock.now()
    form = forms.EmployeeFileForm(request.POST or None, request.FILES or None)
    context = {**_shown(request, at), "form": form}
    if request.method == "GET":
        return respond.respond(request, "people/employees.html", context)
    if not form.is_valid():
        return respond.respond(request, "people/employees.html", context, status=422)
    respond.redraw_on_refusal(request, "people/employees.html", context, form=form)
    row = people.read_employees(data=form.cleaned_data["file"].read(), by=request.person, at=at)
    return respond.done(request, to=reverse("people:employee-import", args=[row.public_id]))


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def one_import(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """What a list would change; which column is which."""
    at = clock.now()
    context = _preview(import_id, at)
    if request.method == "GET":
        return respond.respond(request, "people/employee_import.html", context)
    form = forms.ColumnsForm(request.POST, columns=context["told"].columns)
    context["columns_form"] = form
    if not form.is_valid():
        return respond.respond(request, "people/employee_import.html", context, status=422)
    people.map_columns(import_id=import_id, columns=form.cleaned_data, by=request.person, at=at)
    return respond.done(request, to=reverse("people:employee-import", args=[import_id]))


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_POST
def take_over(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Take the list over."""
    at = clock.now()
    context = _preview(import_id, at)
    form = forms.TakeOverForm(request.POST)
    context["form"] = form
    respond.redraw_on_refusal(request, "people/employee_import.html", context, form=form)
    is_confirmed = form.is_valid() and form.cleaned_data["is_confirmed"]
    people.import_employees(import_id=import_id, is_confirmed=is_confirmed, by=request.person, at=at)
    return respond.done(request, to=reverse("people:employees"), toast=_("The list is taken over."))


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_POST
def drop(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Drop the list."""
    people.drop_import(import_id=import_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("people:employees"), toast=_("The list is dropped."))


def _shown(request: StaffRequest, at: Any) -> dict[str, Any]:
    text = request.GET.get("text", "").strip()
    page = Paginator(queries.employees(text=text), AT_A_TIME).get_page(request.GET.get("page"))
    return {"page": page, "text": text, "today": timezone.localtime(at).date(), "at": at}


def _preview(import_id: UUID, at: Any) -> dict[str, Any]:
    row = queries.import_or_absent(import_id)
    told = queries.told_by(row)
    changes = queries.changes_by(told, at=at)
    return {
        "import": row,
        "told": told,
        "changes": changes,
        "groups": [
            (_("New"), changes.new),
            (_("Changed"), changes.changed),
            (_("Have left"), changes.ending),
            (_("Are back"), changes.returning),
        ],
        "shown": f":{SHOWN}",
        "columns_form": forms.ColumnsForm(columns=told.columns, initial=dict(told.mapping)),
        "form": forms.TakeOverForm(),
    }
