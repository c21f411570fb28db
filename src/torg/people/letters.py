"""E-mail to colleagues; the subject never names anyone."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torg.people import queries
from torg.people.models import Person


def announce_role(assignment_id: UUID, *, at: datetime) -> int:
    """Write to all who may agree to deletions there, each in their own language; returns how many."""
    assignment = queries.role_or_absent(assignment_id)
    told = list(queries.agreers(scope_id=assignment.scope_id, at=at).exclude(pk=assignment.person_id))
    for colleague in told:
        with translation.override(colleague.language):
            _write(colleague, is_waiting=assignment.is_waiting, about=assignment.person)
    return len(told)


def _write(colleague: Person, *, is_waiting: bool, about: Person) -> None:
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('people:person', args=[about.public_id])}"
    if is_waiting:
        subject = _("Somebody is to get the right to agree to deletions")
        body = _("A colleague has given this role, and it waits until somebody else agrees. Look at it here:")
    else:
        subject = _("Somebody has got the right to agree to deletions")
        body = _("If this surprises you, look at it at once and end the role:")
    EmailMessage(subject=subject, body=f"{body}\n\n{address}\n", to=[colleague.email]).send()
