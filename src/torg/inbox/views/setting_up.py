"""What the pages of the inbox's settings share: their tabs, and how a form that is not filled in is shown."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse

from torg.core import clock
from torg.people import queries as people
from torg.people.access import StaffRequest
from torg.people.types import Permission
from torg.ui import respond


def is_filled_in(form: forms.Form) -> bool:
    """Whether the form was sent, and rightly."""
    return form.is_bound and form.is_valid()


def frame(request: StaffRequest, current: str) -> dict[str, Any]:
    """The tabs: which one this is, and whether the person decides rules as well."""
    decides = people.may_anywhere(request.person, Permission.MANAGE_PRESENCE, at=clock.now())
    return {"current": current, "decides_rules": decides}


def shown(
    request: StaffRequest, page: str, current: str, context: Mapping[str, Any], *, form: forms.Form | None = None
) -> HttpResponse:
    """The page; 422 for a form that was sent with something wrong in it."""
    status = 422 if form is not None and form.errors else 200
    return respond.respond(request, page, {**context, **frame(request, current)}, status=status)
