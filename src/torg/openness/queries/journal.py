"""The public journal as everyone reads it. Where entries stand together, names older than a year are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.openness import proposing
from torg.openness.models import JournalDay, JournalSettings, PublicEntry
from torg.openness.types import STARS, PublicationState, PublicParty
from torg.records import days
from torg.records.codes import EntryType, PartyRole

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as the public reads it; `senders` and `recipients` are ready to show."""

    id: UUID
    day: date
    number: str
    case_number: str
    kind: str
    code: str
    document_on: date
    title: str
    case_title: str
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    ground: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, newest first; `after` leads on."""

    rows: Sequence[Shown]
    words: str
    after: str


def is_on() -> bool:
    """Whether the journal is public."""
    return JournalSettings.objects.filter(is_on=True).exists()


def published() -> QuerySet[PublicEntry]:
    """What is public now; nothing while the journal is switched off."""
    rows: QuerySet[PublicEntry] = PublicEntry.objects.filter(state=PublicationState.PUBLISHED)
    return rows if is_on() else rows.none()


def shown(row: PublicEntry, *, at: datetime, is_alone: bool = False) -> Shown:
    """The entry; persons' names stand on its own page (`is_alone`), and elsewhere for a year."""
    has_names = is_alone or row.day > proposing.year_before(days.day_of(at))
    named = [(party["role"], _name(party, has_names=has_names)) for party in row.parties]
    return Shown(
        id=row.public_id,
        day=row.day,
        number=row.number,
        case_number=row.case_number,
        kind=str(EntryType(row.entry_type).label),
        code=row.entry_type,
        document_on=row.document_on,
        title=row.title,
        case_title=row.case_title,
        senders=tuple(name for role, name in named if role in SENDERS),
        recipients=tuple(name for role, name in named if role not in SENDERS),
        ground=row.ground,
    )


SENDERS = {PartyRole.SENDER, PartyRole.INTERNAL_SENDER}


def entries_of(first: date, last: date, *, at: datetime) -> list[Shown]:
    """All entries of these days, both included, in the order of their numbers."""
    rows = published().filter(day__gte=first, day__lte=last).order_by("day", "id")
    return [shown(row, at=at) for row in rows]


def entries_after(after: str, *, first: date | None, last: date | None, at: datetime, limit: int) -> list[Shown]:
    """At most `limit` entries in a steady order, after the one with this id; for programs."""
    rows = published().order_by("id")
    if first:
        rows = rows.filter(day__gte=first)
    if last:
        rows = rows.filter(day__lte=last)
    if after:
        rows = rows.filter(pk__gt=PublicEntry.objects.filter(public_id=after).values("pk"))
    return [shown(row, at=at) for row in rows[:limit]]


def months() -> list[tuple[date, int]]:
    """The months that have entries, newest first, with how many."""
    counted = published().annotate(month=TruncMonth("day")).values_list("month").annotate(count=Count("pk"))
    return list(counted.order_by("-month"))


def days_to_draw() -> list[date]:
    """The days whose pages are not what they should be."""
    return list(JournalDay.objects.filter(is_stale=True).order_by("day").values_list("day", flat=True))


def standing_days(first: date, last: date) -> list[tuple[date, int]]:
    """The days of a span that have entries, with how many."""
    rows = published().filter(day__gte=first, day__lte=last).values_list("day")
    return list(rows.annotate(count=Count("pk")).order_by("day"))


def search(words: str, *, after: str, at: datetime) -> Found:
    """Entries by words of their titles and by bodies; by persons only where the entry is less than a year old."""
    recent = proposing.year_before(days.day_of(at))
    text = words.strip()[:200]
    rows = published()
    if text:
        by_words = SearchQuery(text, config="norwegian", search_type="websearch")
        by_name = SearchQuery(text, config="simple", search_type="websearch")
        rows = rows.filter(Q(search=by_words) | Q(name_search=by_name, day__gt=recent))
    page = list(_beyond(rows, after).order_by("-day", "-id")[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    return Found([shown(row, at=at) for row in page[:PAGE]], text, str(last.public_id) if last else "")


def entry_or_absent(public_entry_id: UUID, *, at: datetime) -> Shown:
    """One entry with its names; raises NotFound."""
    row = published().filter(public_id=public_entry_id).first()
    if row is None:
        raise NotFound(_("There is no such entry in the public journal."))
    return shown(row, at=at, is_alone=True)


def _beyond(rows: QuerySet[PublicEntry], after: str) -> QuerySet[PublicEntry]:
    try:
        last = PublicEntry.objects.filter(public_id=UUID(after)).values_list("day", "pk").first() if after else None
    except ValueError:
        return rows
    return rows.filter(Q(day__lt=last[0]) | Q(day=last[0], pk__lt=last[1])) if last else rows


def _name(party: PublicParty, *, has_names: bool) -> str:
    if party["name"] == STARS or has_names or not party["is_person"]:
        return party["name"]
    return _("Private person")


def lines(rows: Iterable[Shown]) -> list[dict[str, str]]:
    """The same as plain fields, for files and programs; names of the fields are Noark's."""
    return [
        {
            "id": str(row.id),
            "journaldato": row.day.isoformat(),
            "journalnummer": row.number,
            "saksnummer": row.case_number,
            "journalposttype": row.code,
            "dokumentetsDato": row.document_on.isoformat(),
            "offentligTittel": row.title,
            "sakstittel": row.case_title,
            "avsender": "; ".join(row.senders),
            "mottaker": "; ".join(row.recipients),
            "skjermingshjemmel": row.ground,
        }
        for row in rows
    ]
