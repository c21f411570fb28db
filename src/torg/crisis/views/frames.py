"""What every page of an incident is drawn with, and how a small form becomes an act."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from torg.core.errors import Invalid
from torg.crisis import policies, queries
from torg.crisis.models import Incident, Question
from torg.crisis.types import IncidentState, QuestionState
from torg.people.access import StaffRequest
from torg.ui.types import Place


def frame(request: StaffRequest, incident_id: UUID, *, current: str, at: datetime) -> dict[str, Any]:
    """The incident, its pages, and what this person may do in it."""
    incident = queries.incident_seen_by(request.person, incident_id, at=at)
    is_open = incident.state != IncidentState.CLOSED
    may_lead = policies.may_lead(request.person, incident, at=at)
    seats = queries.seats_of(request.person, incident, at=at)
    return {
        "incident": incident,
        "places": _places(incident, current),
        "at": at,
        "is_open": is_open,
        "may_lead": may_lead,
        "may_approve": is_open and queries.may_approve(request.person, incident, at=at),
        "takes_part": is_open and (may_lead or bool(seats)),
    }


def may_take_down(request: StaffRequest, context: dict[str, Any]) -> bool:
    """Also when it is over: what is wrong on our site can be taken down at any time. `context` is from `frame`."""
    if context["is_open"]:
        return bool(context["may_approve"])
    return queries.may_approve(request.person, context["incident"], at=context["at"])


def valid(form: forms.Form) -> dict[str, Any]:
    """What was filled in; raises Invalid with what is wrong."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), field=field)
    return form.cleaned_data


def is_id(text: str) -> bool:
    """Whether it can be a public id; what is sent by hand need not be one."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _places(incident: Incident, current: str) -> list[Place]:
    waiting = Question.objects.filter(incident=incident, state=QuestionState.OPEN).count()
    named = (
        ("incident", _("Overview"), "today", None),
        ("questions", _("Questions"), "question", waiting),
        ("public", _("Status page"), "screen", None),
        ("team", _("Team"), "people", None),
        ("log", pgettext("incident", "Log"), "note", None),
        ("after", _("Afterwards"), "history", None),
    )
    return [
        Place(label, reverse(f"crisis:{name}", args=[incident.public_id]), icon, name == current, count=count)
        for name, label, icon, count in named
    ]
