"""Opening hours and answering hours, and who is on duty."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.calendar import CalendarProblem, WorkingCalendar
from torg.core.errors import Invalid, NotFound
from torg.people import events, policies
from torg.people.acting import person_or_none
from torg.people.models import CalendarKind, CalendarRow, Duty, Person, Unit
from torg.people.types import Permission


@transaction.atomic
def set_hours(
    *, kind: CalendarKind, unit: Unit | None, definition: dict[str, Any], from_at: datetime, by: Actor, at: datetime
) -> CalendarRow:
    """Set opening hours (åpningstid) or answering hours (svartid) of a unit, or of all, from a moment on.

    The row before ends where this one begins; nothing is overwritten, so a deadline can be computed again later.

    Raises NotAllowed without the right to manage people, Invalid when the hours cannot be used.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    try:
        WorkingCalendar.from_json(definition)
    except CalendarProblem as problem:
        raise Invalid(_("These hours cannot be used: %s") % problem, field="definition") from problem
    earlier = CalendarRow.objects.select_for_update().filter(kind=kind, unit=unit)
    earlier.filter(from_at__gte=from_at, from_at__gt=at).delete()
    earlier.filter(until_at=None, from_at__lt=from_at).update(until_at=from_at)
    row = CalendarRow.objects.create(
        kind=kind, unit=unit, definition=definition, from_at=from_at, made_by=person_or_none(by)
    )
    audit.record(events.HOURS_SET, actor=by, scope=None, target=row, at=at, facts={"kind": kind.value})
    return row


@transaction.atomic
def give_duty(
    *, person: Person, from_at: datetime, until_at: datetime, by: Actor, at: datetime, order: int = 1
) -> Duty:
    """Put a person on duty (vakt): the one who is alarmed at any hour when life is in danger.

    Raises NotAllowed without the right to manage people, Invalid when the period ends before it begins.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    if until_at <= from_at:
        raise Invalid(_("The duty must end after it begins."), field="until_at")
    duty = Duty.objects.create(person=person, from_at=from_at, until_at=until_at, order=order)
    audit.record(events.DUTY_GIVEN, actor=by, scope=None, target=duty, at=at, facts={"person": str(person.public_id)})
    return duty


@transaction.atomic
def end_duty(*, duty_id: UUID, by: Actor, at: datetime) -> None:
    """Take a person off duty now. Raises NotAllowed without the right to manage people, NotFound when it has ended."""
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    duty = Duty.objects.select_for_update().filter(public_id=duty_id, until_at__gt=at).first()
    if duty is None:
        raise NotFound(_("There is no such duty."))
    audit.record(events.DUTY_ENDED, actor=by, scope=None, target=duty, at=at)
    if duty.from_at >= at:
        duty.delete()
        return
    duty.until_at = at
    duty.save(update_fields=["until_at"])
