"""The users of the directory, and what the server says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from torg.api import calls
from torg.api.access import Caller
from torg.api.scim import documents, mapping
from torg.api.scim.answers import answer, problem, scim, sent
from torg.core.errors import Invalid
from torg.people import commands as people
from torg.people import policies, queries
from torg.people.employee_list import LONGEST, Entry
from torg.people.models import Employee
from torg.people.types import Permission

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@scim("GET")
def configuration(request: HttpRequest, who: Caller) -> HttpResponse:
    """What is supported."""
    return answer(documents.configuration())


@scim("GET")
def resource_types(request: HttpRequest, who: Caller, name: str = "") -> HttpResponse:
    """The kinds of resources."""
    return _documents(documents.resource_types(), name)


@scim("GET")
def schemas(request: HttpRequest, who: Caller, name: str = "") -> HttpResponse:
    """The attributes that are kept."""
    return _documents(documents.schemas(), name)


@scim("GET", "POST")
def users(request: HttpRequest, who: Caller) -> HttpResponse:
    """Employees by a filter, in pages; or a new one."""
    _check(who)
    if request.method == "GET":
        return _page(request, who)
    entry = _checked(mapping.entry_of(sent(request), today=_today(who)))
    return _written(who, "scim_create", lambda: people.upsert_employee(entry=entry, by=who.person, at=who.at), 201)


@scim("GET", "PUT", "PATCH", "DELETE")
def user(request: HttpRequest, who: Caller, user_id: str) -> HttpResponse:
    """One employee: read, replaced, changed in part, or recorded as one who has left (never deleted)."""
    _check(who)
    row = queries.employee_or_absent(mapping.uuid_of(user_id))
    today = _today(who)
    if request.method == "GET":
        return answer(_told(row, who))
    if request.method == "DELETE":
        first = max(today, row.started_on or today)
        with calls.acting(who, "scim_delete"):
            people.employee_left(employee_id=row.public_id, on=first, by=who.person, at=who.at)
        return HttpResponse(status=204)
    if request.method == "PUT":
        entry = mapping.entry_of(sent(request), today=today, before=row)
    else:
        entry = _patched(queries.entry_of(row), row, sent(request), who)
    wanted = _checked(entry)
    return _written(
        who,
        f"scim_{request.method.lower()}" if request.method else "scim",
        lambda: people.upsert_employee(entry=wanted, employee_id=row.public_id, by=who.person, at=who.at),
        200,
    )


def _check(who: Caller) -> None:
    # Who made the token may have lost the right since.
    policies.check_may(who.person, Permission.MANAGE_PEOPLE, scope_id=None, at=who.at)


def _page(request: HttpRequest, who: Caller) -> HttpResponse:
    rows = queries.employees().order_by("pk")
    expression = request.GET.get("filter", "")
    if expression:
        rows = rows.filter(**mapping.condition(expression))
    start = max(_number(request, "startIndex", 1), 1)
    count = min(max(_number(request, "count", documents.MOST), 0), documents.MOST)
    found = list(rows[start - 1 : start - 1 + count])
    return answer(
        {
            "schemas": [LIST],
            "totalResults": rows.count(),
            "startIndex": start,
            "itemsPerPage": len(found),
            "Resources": [_told(row, who) for row in found],
        }
    )


def _patched(entry: Entry, row: Employee, body: Mapping[str, Any], who: Caller) -> Entry:
    operations = body.get("Operations")
    if not isinstance(operations, list) or not all(isinstance(one, Mapping) for one in operations):
        raise Invalid(_("Operations must be a list."))
    entry = replace(entry, user_name=row.user_name)
    for one in operations:
        verb, path, value = str(one.get("op", "")).lower(), one.get("path"), one.get("value")
        if verb not in ("add", "replace", "remove"):
            raise Invalid(_("op must be add, replace or remove."))
        if path is None and not isinstance(value, Mapping):
            raise Invalid(_("An operation without a path needs an object."))
        wanted = mapping.spread(value) if path is None and isinstance(value, Mapping) else [(str(path), value)]
        for name, told in wanted:
            entry = mapping.patched(entry, name, None if verb == "remove" else told, today=_today(who))
    return entry


def _written(who: Caller, operation: str, command: Callable[[], Employee], status: int) -> HttpResponse:
    try:
        with transaction.atomic(), calls.acting(who, operation):
            row = command()
    except DataError:
        return problem(
            400, _("Something in this cannot be stored. Remove unusual signs and try again."), "invalidValue"
        )
    told = _told(row, who)
    return answer(told, status=status, location=told["meta"]["location"])


def _checked(entry: Entry) -> Entry:
    for name, most in LONGEST.items():
        if len(getattr(entry, name)) > most:
            raise Invalid(_("A text is too long."))
    if entry.email and "@" not in entry.email:
        raise Invalid(_("The e-mail address is none."))
    return entry


def _told(row: Employee, who: Caller) -> dict[str, Any]:
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("scim:users")
    return mapping.told(row, address=address, today=_today(who))


def _today(who: Caller) -> Any:
    return timezone.localtime(who.at).date()


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    told = request.GET.get(name, "")
    if not told:
        return otherwise
    try:
        return min(int(told), 10**9)
    except ValueError:
        raise Invalid(_("%(name)s must be a number.") % {"name": name}) from None


def _documents(found: list[dict[str, Any]], name: str) -> HttpResponse:
    if not name:
        return answer({"schemas": [LIST], "totalResults": len(found), "Resources": found})
    one = next((each for each in found if each["id"] == name), None)
    return answer(one) if one else problem(404, _("There is nothing like that here."))
