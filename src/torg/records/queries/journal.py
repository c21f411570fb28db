"""The journal by day, one entry, one case file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.types import Permission
from torg.records import titling
from torg.records.codes import ArchiveState, DocumentRole, EntryStatus
from torg.records.days import day_of
from torg.records.models import (
    ArchiveCore,
    CaseFile,
    ChangeLog,
    Correspondent,
    Delivery,
    DocumentObject,
    JournalEntry,
    RecordDocument,
    Restriction,
)

PAGE = 50
# A word that does not fill a page from so many entries is rare enough to be sorted whole.
NEWEST = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the journal shows it; `entry` is None for one of a scope that the reader does not see."""

    number: str
    day: date
    title: str
    entry: JournalEntry | None = None
    is_restricted: bool = False
    is_unanswered: bool = False
    is_public_title_other: bool = False


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of the journal, newest first; `after` leads on (the last entry's day and key)."""

    rows: Sequence[Row]
    words: str
    unanswered: int
    after: str
    ended: int = 0


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """One entry with all that belongs to it."""

    entry: JournalEntry
    correspondents: Sequence[Correspondent]
    documents: Sequence[RecordDocument]
    restrictions: Sequence[Restriction]
    changes: Sequence[ChangeLog]
    others: Sequence[JournalEntry]
    can_keep: bool
    can_deliver: bool = False

    @property
    def is_unanswered(self) -> bool:
        """Whether it waits to be followed up."""
        return bool(self.entry.awaits_follow_up)

    @property
    def unready(self) -> frozenset[UUID]:
        """The attachments that are in no archive format, by public id."""
        return frozenset(
            document.public_id
            for document in self.documents
            if document.role == DocumentRole.ATTACHMENT
            and not any(kept.is_archival for kept in document.objects_kept.all())
        )


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case file with its entries, and the changes of its metadata."""

    case: CaseFile
    entries: Sequence[JournalEntry]
    changes: Sequence[ChangeLog]
    can_keep: bool
    can_choose: bool = False


def journal_page(person: Actor, *, at: datetime, words: str = "", after: str = "") -> JournalPage:
    """The journal, by day and newest first; `words` search the titles that the person may read.

    What stands in a scope that the person does not see is shown with its number and a neutral title, to those who
    keep records for the whole municipality: the number series has no holes. Nobody finds it by searching.
    """
    scopes = people.scope_ids_for(person, Permission.JOURNAL, at=at)
    seen = JournalEntry.objects.filter(scope_id__in=scopes)
    is_for_all = people.may(person, Permission.JOURNAL, scope_id=None, at=at)
    if words.strip():
        entries = _found(_beyond(seen, after), words)
    else:
        entries = _newest(_beyond(JournalEntry.objects.all() if is_for_all else seen, after))
    told = set(scopes)
    last = entries[PAGE - 1] if len(entries) > PAGE else None
    return JournalPage(
        rows=[_row(entry, is_seen=entry.scope_id in told) for entry in entries[:PAGE]],
        words=words,
        unanswered=seen.filter(awaits_follow_up=True).count(),
        ended=0 if words.strip() else ended_restrictions(person, at=at).count(),
        after=f"{last.journal_on:%Y-%m-%d}_{last.pk}" if last else "",
    )


def entry_with(person: Actor, capture_id: int, *, at: datetime) -> JournalEntry | None:
    """The entry that journals what was captured, for those who may open it."""
    rows = JournalEntry.objects.visible_to(person, at=at, permission=Permission.JOURNAL).filter(capture=capture_id)
    found: JournalEntry | None = rows.order_by("id").first()
    return found


def entry_known(person: Actor, entry_id: UUID, *, at: datetime) -> JournalEntry | None:
    """The entry with this id, for those who may open it."""
    rows = JournalEntry.objects.visible_to(person, at=at, permission=Permission.JOURNAL).filter(public_id=entry_id)
    found: JournalEntry | None = rows.first()
    return found


def _found(seen: QuerySet[JournalEntry], words: str) -> list[JournalEntry]:
    """What has the words, newest first: a common word fills its page from the newest, a rare one is looked up."""
    query = SearchQuery(words[:200], config="norwegian", search_type="websearch")
    newest = seen.order_by("-journal_on", "-id").values("pk")[:NEWEST]
    found = _newest(JournalEntry.objects.filter(pk__in=newest, search=query))
    return found if len(found) > PAGE else _newest(seen.filter(search=query))


def _newest(shown: QuerySet[JournalEntry]) -> list[JournalEntry]:
    """One page and one more, with whether each is restricted."""
    held = Exists(Restriction.objects.filter(entry=OuterRef("pk"), lifted_at=None))
    page = shown.select_related("case_file").annotate(held=held)
    return list(page.order_by("-journal_on", "-id")[: PAGE + 1])


def entry_sheet(person: Actor, entry_id: UUID, *, at: datetime) -> EntrySheet:
    """The entry with correspondents, documents, restrictions and history; raises NotFound."""
    rows = JournalEntry.objects.visible_to(person, at=at).select_related("case_file", "responsible", "unit", "capture")
    entry = rows.annotate(can_be_delivered=_is_undelivered("entry")).prefetch_related(
        "follow_ups__by_entry__case_file", "follows_up__entry__case_file", "remarks",
        "references__to_entry__case_file", "references__to_case_file",
    ).filter(public_id=entry_id).first()  # fmt: skip
    if entry is None:
        raise NotFound(_("There is no such journal entry."))
    correspondents = list(entry.correspondents.order_by("id"))
    restrictions = list(entry.restrictions.select_related("reference", "correspondent", "document").order_by("-id"))
    kept = Prefetch("objects_kept", DocumentObject.objects.order_by("version", "variant", "part"))
    ids = [entry.public_id, *(row.public_id for row in [*correspondents, *restrictions])]
    return EntrySheet(
        entry=entry,
        correspondents=correspondents,
        documents=list(entry.documents.prefetch_related(kept).order_by("number")),
        restrictions=restrictions,
        changes=list(ChangeLog.objects.filter(target_id__in=ids).order_by("-changed_at", "-id")[:50]),
        others=list(entry.case_file.entries.exclude(pk=entry.pk).select_related("case_file").order_by("post_number")),
        can_keep=people.may(person, Permission.JOURNAL, scope_id=entry.scope_id, at=at),
        can_deliver=vars(entry)["can_be_delivered"] and entry.status != EntryStatus.EXPIRED,
    )


def ended_restrictions(person: Actor, *, at: datetime) -> QuerySet[Restriction]:
    """Restrictions that hold although their last day has passed, the oldest end first, where `person` keeps records."""
    seen = Restriction.objects.visible_to(person, at=at, permission=Permission.JOURNAL)
    ended: QuerySet[Restriction] = seen.filter(lifted_at=None, expires_on__lt=day_of(at))
    told = ended.select_related("entry__case_file", "reference", "correspondent", "document")
    return told.order_by("expires_on", "id")


def case_sheet(person: Actor, case_id: UUID, *, at: datetime) -> CasePage:
    """The case file with its entries; raises NotFound."""
    case = CaseFile.objects.visible_to(person, at=at).select_related("responsible", "unit").filter(public_id=case_id)
    found = case.annotate(can_choose=_is_undelivered("entry__case_file")).first()
    if found is None:
        raise NotFound(_("There is no such case file."))
    return CasePage(
        case=found,
        entries=list(found.entries.select_related("case_file").order_by("post_number")),
        changes=list(ChangeLog.objects.filter(target_id=found.public_id).order_by("-changed_at", "-id")[:50]),
        can_keep=people.may(person, Permission.JOURNAL, scope_id=found.scope_id, at=at),
        can_choose=vars(found)["can_choose"],
    )


def _is_undelivered(what: str) -> Q:
    """That an archive is connected, and nothing of this entry (`entry`), or case file, is in it or on its way."""
    connected = ArchiveCore.objects.exclude(state=ArchiveState.CLOSED)
    delivered = Delivery.objects.filter(core__in=connected.values("pk"), **{what: OuterRef("pk")})
    return Exists(connected) & ~Exists(delivered)


def _beyond(shown: QuerySet[JournalEntry], after: str) -> QuerySet[JournalEntry]:
    day, _line, key = after.partition("_")
    try:
        place, number = date.fromisoformat(day), int(key)
    except ValueError:
        return shown
    return shown.filter(TupleLessThan(Tuple(F("journal_on"), F("id")), (place, number)))


def _row(entry: JournalEntry, *, is_seen: bool) -> Row:
    number = f"{entry.journal_number}/{entry.journal_year}" if entry.journal_number else _("Internal note")
    if not is_seen:
        return Row(number, entry.journal_on, titling.neutral_title(), is_restricted=True)
    return Row(
        number,
        entry.journal_on,
        entry.title,
        entry,
        is_restricted=bool(vars(entry)["held"]),
        is_unanswered=entry.awaits_follow_up,
        is_public_title_other=entry.public_title != entry.title,
    )
