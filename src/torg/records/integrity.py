"""How the stored files stand: when each was last hashed again, what is wrong, and the mail that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count, Min
from django.utils import translation
from django.utils.translation import gettext as _

from torg.files import queries as files
from torg.files.models import FileState, Hold, StoredFile
from torg.people import queries as rights
from torg.people.models import Person, RoleAssignment, Scope
from torg.people.types import Permission, Role

BROKEN = (FileState.DAMAGED, FileState.MISSING)
# Every file is hashed again within so long; longer means that the job does not keep up, or does not run.
ROUND = timedelta(days=31)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that is not as it was stored, and the kinds of what needs it."""

    sha256: str
    state: str
    seen_at: datetime
    needed_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Integrity:
    """The last round: the oldest and the newest check, and what is broken."""

    number: int
    oldest_at: datetime | None
    newest_at: datetime | None
    broken: int
    shown: Sequence[BrokenFile]
    is_late: bool


def standing(*, seen_by: Person, at: datetime) -> Integrity:
    """How it stands now, of the files that `seen_by` may know of: a number that grows tells of a secret group."""
    secret = Scope.objects.filter(is_secret=True)
    unseen = secret.exclude(pk__in=rights.scopes_for(seen_by, Permission.READ, at=at).values("pk"))
    hidden = Hold.objects.filter(scope_id__in=unseen.values("pk"), released_at=None)
    known = StoredFile.objects.exclude(sha256__in=hidden.values("file_id"))
    kept = known.exclude(state=FileState.REMOVED)
    counted = kept.aggregate(number=Count("sha256"), oldest=Min("verified_at"))
    newest = kept.order_by("-verified_at").values_list("verified_at", flat=True).first()
    wrong = known.filter(state__in=BROKEN)
    rows = list(wrong.order_by("-verified_at", "sha256")[:SHOWN])
    holders = files.holders_of_all([row.sha256 for row in rows])
    return Integrity(
        number=counted["number"],
        oldest_at=counted["oldest"],
        newest_at=newest,
        broken=wrong.count() if len(rows) == SHOWN else len(rows),
        shown=[
            BrokenFile(row.sha256, row.get_state_display(), row.verified_at, holders.get(row.sha256, ()))
            for row in rows
        ],
        is_late=bool(counted["oldest"] and counted["oldest"] < at - ROUND),
    )


def broken() -> int:
    """How many files are not as they were stored."""
    return StoredFile.objects.filter(state__in=BROKEN).count()


def tell(number: int, *, at: datetime) -> int:
    """Mail those who keep records for the whole municipality; returns how many. What is broken stands on the page."""
    held = RoleAssignment.objects.in_force(at).filter(role=Role.ARCHIVIST, scope=None, person__left_at=None)
    people = list(Person.objects.filter(pk__in=held.values("person")).exclude(email="").order_by("pk"))
    for person in people:
        with translation.override(person.language):
            send_mail(
                subject=_("Files in the archive are not in order"),
                message=_(
                    "Files that were checked are damaged or missing: %(number)d. See which, and what needs them:\n\n"
                    "%(address)s\n\nFetch them from the backup as soon as you can."
                )
                % {"number": number, "address": f"{settings.PUBLIC_ADDRESS}/records/integrity/"},
                from_email=None,
                recipient_list=[person.email],
            )
    return len(people)
