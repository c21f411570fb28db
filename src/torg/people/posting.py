"""E-mail that goes once: a letter is claimed before it is sent, and not repeated when nobody knows whether it went."""

import contextlib
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation

from torg.people.models import Letter, Notification, Person
from torg.people.types import LetterKind, LetterState

# A letter that is claimed for longer was interrupted by a fall of ours, and may have gone.
INTERRUPTED = timedelta(minutes=15)
MOST_TRIES = 5

log = structlog.get_logger(__name__)

Composed = tuple[str, str]
Compose = Callable[[], Composed]


def post(
    person: Person,
    kind: LetterKind,
    period: str,
    *,
    compose: Compose,
    at: datetime,
    told: Sequence[Notification] = (),
) -> LetterState | None:
    """Send one letter for the period, unless one has been or may have been sent; None when there was nothing to do.

    Args:
        person: who gets it, in their own language.
        kind: which sort of letter.
        period: what it is for, such as `2026-W11`; one letter each.
        compose: gives subject and body; called in the person's language.
        at: now.
        told: what it tells of; noted as told with the letter.
    """
    letter = _claimed(person, kind, period, told, at=at)
    if letter is None:
        return None
    with translation.override(person.language):
        state = _sent(letter, *compose())
    Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=at if state == LetterState.SENT else None)
    log.info("people.letter", letter=str(letter.public_id), kind=kind.value, state=state.value)
    return state


def settle_interrupted(*, at: datetime) -> int:
    """What was being sent when a process fell: we cannot know, so it is not sent again. Returns how many."""
    fallen = Letter.objects.filter(state=LetterState.CLAIMED, claimed_at__lt=at - INTERRUPTED)
    return fallen.update(state=LetterState.UNCONFIRMED)


@transaction.atomic
def _claimed(
    person: Person, kind: LetterKind, period: str, told: Sequence[Notification], *, at: datetime
) -> Letter | None:
    """The letter as ours to send; None when another job has it, or it has gone, or it failed too often."""
    letter, is_new = Letter.objects.get_or_create(
        person=person, kind=kind, period=period, defaults={"claimed_at": at, "state": LetterState.CLAIMED}
    )
    if not is_new:
        again = Letter.objects.filter(pk=letter.pk, state=LetterState.FAILED, tries__lt=MOST_TRIES)
        if not again.update(state=LetterState.CLAIMED, claimed_at=at, tries=letter.tries + 1):
            return None
    Notification.objects.filter(pk__in=[each.pk for each in told]).update(letter=letter)
    return letter


def _sent(letter: Letter, subject: str, body: str) -> LetterState:
    """What became of it. Only a refusal in so many words, or a door that never opened, means that it did not go."""
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        return LetterState.FAILED
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{letter.public_id}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(subject, body, to=[letter.person.email], headers=headers, connection=connection)
    try:
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        return LetterState.FAILED
    except OSError:
        # The server went silent: it may have taken the letter before that.
        return LetterState.UNCONFIRMED
    finally:
        with contextlib.suppress(OSError):
            connection.close()
    return LetterState.SENT
