"""E-mail to colleagues; the subject never names anyone."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torg.people import queries
from torg.people.models import Person, StandIn


def announce_role(assignment_id: UUID, *, at: datetime) -> int:
    """Write to all who may agree to deletions there, each in their own language; returns how many."""
    assignment = queries.role_or_absent(assignment_id)
    told = queries.agreers(scope_id=assignment.scope_id, at=at).exclude(pk=assignment.person_id)
    return _write_to(told, _waiting_text if assignment.is_waiting else _given_text, about=assignment.person)


def announce_stand_in(stand_in_id: UUID, *, at: datetime) -> int:
    """Write to all who may agree to deletions where the absent person may; returns how many. None when it has ended."""
    row = StandIn.objects.filter(public_id=stand_in_id, until_at__gt=at).select_related("absent").first()
    if row is None:
        return 0
    scopes = queries.agreement_lent(row, at=at).values_list("scope_id", flat=True)
    reached = {person for scope_id in scopes for person in queries.agreers(scope_id=scope_id, at=at)}
    told = [person for person in reached if person.pk != row.stand_in_id]
    return _write_to(told, _stand_in_waiting_text if row.agreed_at is None else _given_text, about=row.absent)


def _waiting_text() -> tuple[str, str]:
    """Subject and body when a role waits."""
    return (
        _("Somebody is to get the right to agree to deletions"),
        _("A colleague has given this role, and it waits until somebody else agrees. Look at it here:"),
    )


def _stand_in_waiting_text() -> tuple[str, str]:
    """Subject and body when a stand-in waits."""
    return (
        _("Somebody is to get the right to agree to deletions"),
        _("A stand-in is named, and may agree to deletions only when somebody else has agreed. Look at it here:"),
    )


def _given_text() -> tuple[str, str]:
    """Subject and body when the right holds."""
    return (
        _("Somebody has got the right to agree to deletions"),
        _("If this surprises you, look at it at once and end it:"),
    )


def _write_to(colleagues: Iterable[Person], text: Callable[[], tuple[str, str]], *, about: Person) -> int:
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('people:person', args=[about.public_id])}"
    told = list(colleagues)
    for colleague in told:
        with translation.override(colleague.language):
            subject, body = text()
            EmailMessage(subject=subject, body=f"{body}\n\n{address}\n", to=[colleague.email]).send()
    return len(told)
