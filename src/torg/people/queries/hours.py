"""Hours and duty in force."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from torg.core.calendar import CalendarProblem, WorkingCalendar
from torg.people.models import (
    CalendarKind,
    CalendarRow,
    Duty,
    Person,
    Unit,
)


def on_duty(*, at: datetime) -> list[Person]:
    """Who is on duty (vakt), in the order in which they are called."""
    return [duty.person for duty in Duty.objects.in_force(at).select_related("person").order_by("order", "id")]


def duties_from(*, at: datetime) -> QuerySet[Duty]:
    """Duties that have not ended, the nearest first."""
    return Duty.objects.filter(until_at__gt=at).select_related("person").order_by("from_at", "order")


def calendar_in_force(kind: CalendarKind, *, unit: Unit | None, at: datetime) -> WorkingCalendar:
    """The unit's own hours at `at`, else everybody's. Raises CalendarProblem when nobody has set any."""
    rows = CalendarRow.objects.in_force(at).filter(Q(unit=unit) | Q(unit=None), kind=kind)
    row = rows.order_by(F("unit_id").desc(nulls_last=True), "-from_at").first()
    if row is None:
        raise CalendarProblem("no hours are set")
    return WorkingCalendar.from_json(row.definition)


def hours_row(kind: CalendarKind, *, at: datetime, unit: Unit | None = None) -> CalendarRow | None:
    """The row of hours in force for exactly this unit, or for all (None)."""
    return CalendarRow.objects.in_force(at).filter(kind=kind, unit=unit).order_by("-from_at").first()
