"""What waits for an archivist before it is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.openness.models import JournalSettings, PublicationChange, PublicEntry
from torg.openness.types import Found, PublicationState
from torg.people.types import Permission

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day; `clean` is how many can be approved together."""

    day: date
    rows: Sequence[PublicEntry]

    @property
    def clean(self) -> int:
        """Those in which nothing was found."""
        return sum(not row.findings for row in self.rows)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Entries in one state, by day."""

    state: str
    days: Sequence[Day]
    settings: JournalSettings | None
    has_more: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One entry for review, with what was found and all that happened to it."""

    row: PublicEntry
    found: Sequence[str]
    changes: Sequence[PublicationChange]


def waiting_reviews(person: Actor, *, at: datetime) -> QuerySet[PublicEntry]:
    """What waits for this person's review."""
    seen: QuerySet[PublicEntry] = PublicEntry.objects.visible_to(person, at=at, permission=Permission.JOURNAL)
    return seen.filter(state=PublicationState.PROPOSED)


def review_page(person: Actor, *, state: str, at: datetime) -> ReviewPage:
    """The entries in this state, oldest day first where they wait, else the newest first."""
    kind = state if state in PublicationState.values else PublicationState.PROPOSED
    seen = PublicEntry.objects.visible_to(person, at=at, permission=Permission.JOURNAL).filter(state=kind)
    order = ("day", "id") if kind == PublicationState.PROPOSED else ("-day", "-id")
    rows = list(seen.order_by(*order)[: MOST_SHOWN + 1])
    by_day: dict[date, list[PublicEntry]] = {}
    for row in rows[:MOST_SHOWN]:
        by_day.setdefault(row.day, []).append(row)
    days = [Day(day, found) for day, found in by_day.items()]
    return ReviewPage(kind, days, JournalSettings.objects.first(), len(rows) > MOST_SHOWN)


def sheet(person: Actor, public_entry_id: UUID, *, at: datetime) -> Sheet:
    """One entry for review; raises NotFound."""
    seen = PublicEntry.objects.visible_to(person, at=at, permission=Permission.JOURNAL)
    row: PublicEntry | None = seen.select_related("entry__case_file").filter(public_id=public_entry_id).first()
    if row is None:
        raise NotFound(_("There is no such journal entry."))
    found = [str(Found(code).label) for code in row.findings]
    return Sheet(row, found, list(row.changes.order_by("-id")[:50]))
