"""The letter with last week's figures, to leaders, on Monday."""

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from torg.desk.queries import digest as queries
from torg.people import mailing, posting
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import LetterKind, LetterState, NotificationKind, Permission, Tell


def send(*, at: datetime) -> int:
    """Send last week's figures to each leader who wants them, once; returns how many letters went."""
    sent = 0
    for leader in people.holders(Permission.JUDGE, at=at).order_by("pk"):
        if mailing.wishes_of(leader).of(NotificationKind.DIGEST) == Tell.NEVER:
            continue
        compose = partial(composed, leader, at=at)
        state = posting.post(leader, LetterKind.DIGEST, queries.last_week(at=at).period, compose=compose, at=at)
        sent += state == LetterState.SENT
    return sent


def composed(leader: Person, *, at: datetime) -> tuple[str, str]:
    """Subject and body: figures of units, and where the page is."""
    told = queries.digest(leader, at=at)
    subject = _("Week %(number)d in figures") % {"number": told.week.number}
    line = _("%(unit)s: %(asked)d asked, %(in_time)d answered in time, %(late)d late, %(open)d open now")
    counted = ("asked", "in_time", "late", "open")
    lines = [line % {"unit": row.unit, **dict(zip(counted, row.counts, strict=True))} for row in told.units]
    confirmed = _("%(unit)s: %(confirmed)d of %(people)d have confirmed the poster")
    lines += [""] + [
        confirmed % {"unit": row.unit, "confirmed": row.counts[0], "people": row.people} for row in told.learning
    ]
    lines += ["", _("Questions for advice: %(count)d") % {"count": told.advice_asked}]
    lines += ["", _("The same as a page:"), mailing.address(reverse("desk:digest")), ""]
    return subject, "\n".join(lines)
