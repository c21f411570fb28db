"""Who is alarmed of danger to life, in which order, and the mail that says so."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.inbox import events
from torg.inbox.models import Alarm, Enquiry
from torg.inbox.types import INTAKE
from torg.people import queries as people
from torg.people.models import Person, RoleAssignment
from torg.people.types import Role


def raise_for(dangers: Sequence[tuple[Enquiry, int]], *, at: datetime) -> int:
    """Alarm the first on duty of each new danger; returns how many alarms were raised."""
    return sum(raise_step(enquiry, item_id, step=1, at=at) for enquiry, item_id in dangers)


def raise_step(enquiry: Enquiry, item_id: int, *, step: int, at: datetime) -> int:
    """Alarm those of one step: the next on duty, or after the last of them every editor at once.

    Returns how many were alarmed now; a repeated call alarms nobody twice.
    """
    raised = 0
    for person in people_of_step(step, at=at):
        alarm, is_new = Alarm.objects.get_or_create(
            item_id=item_id,
            step=step,
            person=person,
            defaults={"enquiry": enquiry, "scope_id": enquiry.scope_id, "raised_at": at},
        )
        if is_new:
            audit.record(
                events.ALARM_RAISED,
                actor=INTAKE,
                scope=enquiry.scope_id,
                target=alarm,
                at=at,
                facts={"step": step, "person": str(person.public_id)},
            )
            raised += 1
    if raised:
        jobs.enqueue("inbox.mail_alarms", once="inbox.mail_alarms")
    return raised


def people_of_step(step: int, *, at: datetime) -> list[Person]:
    """Who is alarmed at a step: one on duty after the other, then all information officers and deputies together."""
    roster = people.on_duty(at=at)
    if step <= len(roster):
        return [roster[step - 1]]
    if step > len(roster) + 1:
        return []
    held = RoleAssignment.objects.in_force(at).filter(role__in=[Role.OFFICER, Role.DEPUTY], person__left_at=None)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("pk"))


def mail(alarm: Alarm) -> None:
    """Send the alarm by mail, in the receiver's language: where to look, never what was written."""
    with translation.override(alarm.person.language):
        send_mail(
            subject=_("Danger to life: look now"),
            message=_(
                "Somebody may be in danger. Read what was written and follow the procedure card:\n\n%(address)s\n\n"
                "If you cannot, do nothing: the next on duty is alarmed in %(minutes)d minutes."
            )
            % {
                "address": f"{settings.PUBLIC_ADDRESS}/desk/enquiries/{alarm.enquiry.public_id}/",
                "minutes": ESCALATE_AFTER_MINUTES,
            },
            from_email=None,
            recipient_list=[alarm.person.email],
        )


ESCALATE_AFTER_MINUTES = 10
