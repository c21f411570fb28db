"""The round that tells colleagues what waits for them, as each has chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torg.people import posting, quiet
from torg.people.models import Letter, Notification, NotificationChoice, Person, QuietHours, StandIn
from torg.people.quiet import MORNING, Quiet
from torg.people.types import USUALLY, LetterKind, LetterState, NotificationKind, Tell


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one person wants to be told."""

    tells: dict[NotificationKind, Tell]
    quiet: Quiet

    def of(self, kind: str) -> Tell:
        """How soon, for one kind."""
        return self.tells[NotificationKind(kind)]


def wishes_of(person: Person) -> Wishes:
    """What the person has chosen; the usual where nothing is chosen."""
    chosen = {
        NotificationKind(kind): Tell(tell)
        for kind, tell in NotificationChoice.objects.filter(person=person).values_list("kind", "tell")
    }
    hours = QuietHours.objects.filter(person=person).first()
    own = Quiet(hours.from_time, hours.until_time, hours.has_quiet_weekends) if hours else quiet.USUAL
    return Wishes(USUALLY | chosen, own)


def send_due(*, at: datetime) -> int:
    """Send what is due to be told; returns how many letters went. Safe to run twice, also at the same time."""
    posting.settle_interrupted(at=at)
    Notification.objects.filter(letter=None).exclude(person__left_at=None).delete()
    failed = Q(letter__state=LetterState.FAILED, letter__tries__lt=posting.MOST_TRIES)
    waiting = Notification.objects.filter(Q(letter=None) | failed).select_related("person", "letter")
    rows = list(waiting.filter(person__left_at=None).order_by("person_id", "id"))
    return sum(_tell(person, list(them), at=at) for person, them in groupby(rows, key=lambda row: row.person))


def _tell(person: Person, rows: Sequence[Notification], *, at: datetime) -> int:
    wishes, local = wishes_of(person), timezone.localtime(at)
    unwanted = [row.pk for row in rows if wishes.of(row.kind) == Tell.NEVER]
    Notification.objects.filter(pk__in=unwanted).delete()
    if wishes.quiet.holds(local):
        return 0
    sent = _again(person, [row for row in rows if row.letter is not None and row.pk not in unwanted], at=at)
    fresh = [row for row in rows if row.letter is None]
    at_once = [row for row in fresh if wishes.of(row.kind) == Tell.AT_ONCE]
    if at_once:
        sent += _send(person, f"{at_once[0].public_id}", at_once, at=at)
    daily = [row for row in fresh if wishes.of(row.kind) == Tell.DAILY]
    if daily and local.time() >= MORNING:
        sent += _send(person, f"{local:%Y-%m-%d}", daily, at=at)
    return sent


def _again(person: Person, rows: Sequence[Notification], *, at: datetime) -> int:
    """Letters that did not go the last time."""
    letters: dict[str, list[Notification]] = {}
    for row in rows:
        if row.letter is not None:
            letters.setdefault(row.letter.period, []).append(row)
    return sum(_send(person, period, them, at=at) for period, them in letters.items())


def _send(person: Person, period: str, rows: Sequence[Notification], *, at: datetime) -> int:
    state = posting.post(person, LetterKind.NOTICE, period, compose=lambda: _composed(rows), at=at, told=rows)
    return int(state == LetterState.SENT)


def _composed(rows: Sequence[Notification]) -> tuple[str, str]:
    """Subject and body: what kind of thing, and where to look. Neither names anybody but in what concerns one's own
    absence: somebody who is ill does not sign in to read it.
    """
    one = NotificationKind(rows[0].kind).label
    subject = (
        str(one)
        if len(rows) == 1
        else ngettext("%(count)d notice", "%(count)d notices", len(rows)) % {"count": len(rows)}
    )
    lines = [f"{NotificationKind(row.kind).label}:\n{_said_of(row)}{address(row.path)}" for row in _once_each(rows)]
    choices = _("Choose what you are told, and when:")
    return subject, "\n\n".join([*lines, f"--\n{choices}\n{address('/people/notifications/')}"]) + "\n"


def _said_of(row: Notification) -> str:
    """Who registered one's absence, from when to when, and who stands in; nothing of anything else."""
    absences = StandIn.objects.select_related("stand_in", "named_by")
    absence = absences.filter(public_id=row.key).first() if row.kind == NotificationKind.AWAY else None
    if absence is None:
        return ""
    period = [date_format(timezone.localtime(moment), "j. F Y H:i") for moment in (absence.from_at, absence.until_at)]
    told = {
        _("Away"): " – ".join(period),
        _("Stand-in"): absence.stand_in.name,
        _("Registered by"): absence.named_by.name if absence.named_by else "Torg",
    }
    wrong = _("Is something wrong? Change it, or end the period, here:")
    return "".join(f"{label}: {value}\n" for label, value in told.items()) + f"{wrong}\n"


def _once_each(rows: Iterable[Notification]) -> list[Notification]:
    own = NotificationKind.AWAY
    return list({(row.kind, row.path, row.key if row.kind == own else ""): row for row in rows}.values())


def address(path: str) -> str:
    """The whole address of one of our pages."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}"


def letters_to(person: Person) -> list[Letter]:
    """The newest letters to the person, and what became of them."""
    rows = Letter.objects.filter(person=person).prefetch_related("notifications")
    return list(rows.order_by(F("claimed_at").desc())[:10])
