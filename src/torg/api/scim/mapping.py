"""SCIM's words for a user, and ours for an employee."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.people.employee_list import Entry
from torg.people.models import Employee

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
FILTER = re.compile(r'^\s*(userName|externalId|id|emails(?:\.value)?)\s+eq\s+"((?:[^"\\]|\\.)*)"\s*$', re.IGNORECASE)
WORK_MAIL = re.compile(r'^emails(?:\[type eq "work"\])?(?:\.value)?$', re.IGNORECASE)
# What a filter may name, by the column it is held in.
COLUMNS = {
    "username": "user_name__iexact",
    "externalid": "external_id",
    "id": "public_id",
    "emails": "email__iexact",
    "emails.value": "email__iexact",
}


def told(employee: Employee, *, address: str, today: date) -> dict[str, Any]:
    """The employee as SCIM tells a user."""
    user: dict[str, Any] = {
        "schemas": [USER, ENTERPRISE],
        "id": str(employee.public_id),
        "userName": employee.user_name,
        "displayName": employee.name,
        "name": {"formatted": employee.name},
        "active": not employee.has_left(today),
        ENTERPRISE: {"employeeNumber": employee.number, "department": employee.unit},
        "meta": {
            "resourceType": "User",
            "created": employee.recorded_at.isoformat(),
            "lastModified": employee.changed_at.isoformat(),
            "location": f"{address}/{employee.public_id}",
        },
    }
    if employee.external_id:
        user["externalId"] = employee.external_id
    if employee.email:
        user["emails"] = [{"value": employee.email, "type": "work", "primary": True}]
    return user


def entry_of(user: Mapping[str, Any], *, today: date, before: Employee | None = None) -> Entry:
    """The employee that a user is; who is not active has left, today if no earlier day is known.

    Raises Invalid without a user name, or for a value of the wrong sort.
    """
    user_name = _text(user, "userName")
    if not user_name:
        raise Invalid(_("userName is missing."))
    names = _object(user, "name")
    whole = " ".join(filter(None, (_text(names, "givenName"), _text(names, "familyName"))))
    enterprise = _object(user, ENTERPRISE)
    is_active = truth(user.get("active", True))
    left_on = before.left_on if before is not None else None
    number = _text(enterprise, "employeeNumber") or (before.number if before else "") or _text(user, "externalId")
    return Entry(
        number=number or user_name,
        name=_text(user, "displayName") or _text(names, "formatted") or whole or user_name,
        user_name=user_name,
        email=_mail(user),
        unit=_text(enterprise, "department"),
        external_id=_text(user, "externalId"),
        started_on=before.started_on if before is not None else None,
        left_on=None if is_active else min(left_on or today, today),
    )


def patched(entry: Entry, path: str, value: Any, *, today: date) -> Entry:
    """The entry with one attribute replaced; attributes that we do not keep change nothing.

    Raises Invalid for a value of the wrong sort.
    """
    if path.lower() == "active":
        return replace(entry, left_on=None if truth(value) else min(entry.left_on or today, today))
    if WORK_MAIL.match(path):
        return replace(entry, email=_mail({"emails": value}) if isinstance(value, list) else _plain(value))
    change = _CHANGES.get(path.lower())
    return change(entry, _plain(value)) if change else entry


def spread(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """An operation without a path names its attributes in its value."""
    found: list[tuple[str, Any]] = []
    for name, told_value in value.items():
        if name == "name" and isinstance(told_value, Mapping):
            found += [(f"name.{part}", text) for part, text in told_value.items()]
        elif name == ENTERPRISE and isinstance(told_value, Mapping):
            found += [(f"{ENTERPRISE}:{part}", text) for part, text in told_value.items()]
        else:
            found.append((name, told_value))
    return found


def condition(expression: str) -> dict[str, Any]:
    """The filter as a condition on our columns. Raises Invalid for what we do not filter by."""
    found = FILTER.match(expression)
    if found is None:
        raise Invalid(_('Only filters such as userName eq "kari@example.com" are supported.'))
    name, value = found[1].lower(), re.sub(r"\\(.)", r"\1", found[2])
    if name == "id":
        return {COLUMNS[name]: uuid_of(value)}
    return {COLUMNS[name]: value}


def uuid_of(told_id: str) -> UUID:
    """An id of ours; one of nobody for what is no id."""
    try:
        return UUID(told_id)
    except ValueError:
        return UUID(int=0)


def truth(value: Any) -> bool:
    """A truth value; some directories send it as a word. Raises Invalid for anything else."""
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise Invalid(_("active must be true or false."))
    return value


_CHANGES: Mapping[str, Callable[[Entry, str], Entry]] = {
    "username": lambda entry, text: replace(entry, user_name=text),
    "externalid": lambda entry, text: replace(entry, external_id=text),
    "displayname": lambda entry, text: replace(entry, name=text),
    "name.formatted": lambda entry, text: replace(entry, name=text),
    f"{ENTERPRISE}:employeenumber".lower(): lambda entry, text: replace(entry, number=text),
    f"{ENTERPRISE}:department".lower(): lambda entry, text: replace(entry, unit=text),
}


def _mail(user: Mapping[str, Any]) -> str:
    emails = user.get("emails") or []
    if not isinstance(emails, list) or not all(isinstance(one, Mapping) for one in emails):
        raise Invalid(_("emails must be a list."))
    best = sorted(emails, key=lambda one: (one.get("primary") is not True, one.get("type") != "work"))
    return _text(best[0], "value") if best else ""


def _object(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = of.get(name) or {}
    if not isinstance(value, Mapping):
        raise Invalid(_("%(name)s must be an object.") % {"name": name})
    return value


def _text(of: Mapping[str, Any], name: str) -> str:
    return _plain(of.get(name))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value:
        raise Invalid(_("A text was expected."))
    return value.strip()
