"""Answering hours in an incident: wide while it lasts, and afterwards as they were."""

from copy import deepcopy
from datetime import datetime

from django.db.models import QuerySet

from torg.core import jobs
from torg.crisis.models import Incident
from torg.crisis.types import SWITCH, IncidentState
from torg.people import commands as people
from torg.people import queries
from torg.people.models import CalendarKind, CalendarRow

FROM_TO = ["06:00", "24:00"]
WEEK = {day: [FROM_TO] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
# No holidays: in an incident, every day is a day on which people ask.
WIDE = {"time_zone": "Europe/Oslo", "week": WEEK}


def widen(incident: Incident, *, at: datetime) -> None:
    """Answer every day from six to midnight. Another incident may have widened them already."""
    if not incident.widens_hours or _others(incident).filter(hours_row__isnull=False).exists():
        return
    if queries.hours_row(CalendarKind.ANSWERING, at=at) is None:
        return
    incident.hours_row = people.set_hours(
        kind=CalendarKind.ANSWERING, unit=None, definition=deepcopy(WIDE), from_at=at, by=SWITCH, at=at
    )
    incident.save(update_fields=["hours_row"])
    jobs.enqueue("crisis.count_deadlines", once="crisis.count_deadlines")


def restore(incident: Incident, *, at: datetime) -> None:
    """Back to the hours before, or, where another incident runs, hand the wide ones on to it.

    Where somebody has set other hours meanwhile, those stay.
    """
    wide, incident.hours_row = incident.hours_row, None
    if wide is None or wide.until_at is not None:
        return
    incident.save(update_fields=["hours_row"])
    heir = _others(incident).filter(widens_hours=True).order_by("opened_at").first()
    if heir is not None:
        heir.hours_row = wide
        heir.save(update_fields=["hours_row"])
        return
    earlier = CalendarRow.objects.filter(kind=wide.kind, unit=None, until_at=wide.from_at).order_by("-id").first()
    if earlier is not None:
        people.set_hours(
            kind=CalendarKind.ANSWERING, unit=None, definition=earlier.definition, from_at=at, by=SWITCH, at=at
        )
        jobs.enqueue("crisis.count_deadlines", once="crisis.count_deadlines")


def _others(incident: Incident) -> QuerySet[Incident]:
    return Incident.objects.exclude(state=IncidentState.CLOSED).exclude(pk=incident.pk).filter(is_exercise=False)
