"""Danger to life: taking an alarm over, calling the next, and keeping the help numbers right."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.inbox import alarms, audit, events, loading, policies, queries
from torg.inbox.models import Alarm, HelpLine
from torg.inbox.types import INTAKE, Change
from torg.people.models import Person


@transaction.atomic
def acknowledge_alarm(*, alarm_id: UUID, by: Person, at: datetime) -> Alarm:
    """Take an alarm over: nobody else is called. Whoever was called may, and whoever sees the page.

    Raises NotFound.
    """
    seen = Alarm.objects.visible_to(by, at=at) | Alarm.objects.filter(person=by)
    alarm: Alarm | None = seen.filter(public_id=alarm_id).first()
    if alarm is None:
        raise NotFound(_("There is no such alarm."))
    enquiry = loading.enquiry_for_change(enquiry_id=alarm.enquiry.public_id, by=INTAKE, at=at)
    open_alarms = Alarm.objects.filter(enquiry=enquiry, item_id=alarm.item_id, acknowledged_at=None)
    open_alarms.update(acknowledged_at=at, acknowledged_by=by)
    enquiry.assignee = enquiry.assignee or by
    loading.save(enquiry, Change.ASSIGNED)
    audit.record(events.ALARM_ACKNOWLEDGED, actor=by, scope=alarm.scope_id, target=alarm, at=at)
    alarm.refresh_from_db()
    return alarm


@transaction.atomic
def escalate_alarms(*, at: datetime, by: Actor = INTAKE) -> int:
    """Call the next on duty for each alarm that nobody has taken over in time; returns how many were called."""
    raised = 0
    for alarm in queries.alarms_to_escalate(at=at):
        raised += alarms.raise_step(alarm.enquiry, alarm.item_id, step=alarm.step + 1, at=at)
    if raised:
        audit.record_batch(events.ALARM_RAISED, actor=by, at=at, facts={"called": raised})
    return raised


@transaction.atomic
def check_help_line(*, line_id: UUID, number: str, by: Person, at: datetime) -> HelpLine:
    """Say that a help number was looked up and is right, or correct it. Raises NotAllowed, NotFound."""
    policies.check_can_set_rules(by, scope_id=None, at=at)
    line = HelpLine.objects.select_for_update().filter(public_id=line_id).first()
    if line is None:
        raise NotFound(_("There is no such help number."))
    line.number, line.checked_at, line.checked_by = number.strip() or line.number, at, by
    line.save()
    audit.record(events.HELP_LINE_CHECKED, actor=by, scope=None, target=line, at=at)
    return line
