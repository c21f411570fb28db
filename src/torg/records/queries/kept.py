"""Search in everything that is kept: the journal, and what was captured, with its context."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Q, QuerySet

from torg.core.actors import Actor
from torg.people import queries as people
from torg.people.types import Permission
from torg.records.models import CaptureText, JournalEntry
from torg.records.queries.journal import Row, journal_page

PAGE = 20
# A subject that was captured many times stands once.
READ = 5 * PAGE
# A common word fills its page from the newest; a rare one is looked up.
NEWEST = 5000
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A capture that has the words: what it was of, when, a piece of the text, and the entries that stand on it."""

    title: str
    taken_at: datetime
    excerpt: str
    subject_kind: str
    subject_id: UUID
    entries: Sequence[JournalEntry]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found for the words: journal entries by title, and captures by text."""

    words: str
    is_full: bool
    entries: Sequence[Row]
    hits: Sequence[Hit]
    may_open: bool


def search_kept(person: Actor, *, at: datetime, words: str, in_full: bool = False) -> Kept:
    """Everything kept in the scopes where one keeps records that has all the words, newest first.

    `in_full` searches and shows what is masked too, where one has OPEN_SENSITIVE; the caller puts that in the log.
    """
    words = words.strip()[:MOST_WORDS]
    scopes = people.scope_ids_for(person, Permission.JOURNAL, at=at)
    opened = set(scopes) & set(people.scope_ids_for(person, Permission.OPEN_SENSITIVE, at=at))
    if not words:
        return Kept("", in_full, (), (), may_open=bool(opened))
    entries = [row for row in journal_page(person, at=at, words=words).rows if row.entry][:PAGE]
    texts = _found(CaptureText.objects.filter(scope_id__in=scopes), words, opened if in_full else set())
    return Kept(words, in_full, entries, [_hit(row) for row in texts], may_open=bool(opened))


def _found(seen: QuerySet[CaptureText], words: str, opened: set[UUID]) -> Sequence[CaptureText]:
    query = SearchQuery(words, config="norwegian", search_type="websearch")
    has = Q(search=query)
    if opened:
        has |= Q(search_full=query, scope_id__in=opened)
    newest = seen.order_by("-taken_at", "-capture").values("pk")[:NEWEST]
    found = _subjects(CaptureText.objects.filter(pk__in=newest).filter(has))
    if len(found) < PAGE:
        found = _subjects(seen.filter(has))
    return _told([row.pk for row in found[:PAGE]], query, opened)


def _subjects(found: QuerySet[CaptureText]) -> list[CaptureText]:
    """The newest capture of each subject."""
    by_subject: dict[UUID, CaptureText] = {}
    rows = found.select_related("capture").defer("masked", "full", "search", "search_full")
    for row in rows.order_by("-taken_at", "-capture")[:READ]:
        by_subject.setdefault(row.capture.subject_id, row)
    return list(by_subject.values())


def _told(keys: list[int], query: SearchQuery, opened: set[UUID]) -> Sequence[CaptureText]:
    rows = CaptureText.objects.filter(pk__in=keys).defer("search", "search_full", "masked", "full")
    told = rows.annotate(excerpt=_piece("masked", query), opened=_piece("full", query))
    prefetched = told.select_related("capture").prefetch_related("capture__entries__case_file")
    found = list(prefetched.order_by("-taken_at", "-capture"))
    for row in found:
        if row.scope_id in opened and vars(row)["opened"]:
            vars(row)["excerpt"] = vars(row)["opened"]
    return found


def _piece(column: str, query: SearchQuery) -> SearchHeadline:
    """The words around the first hit, without marks."""
    return SearchHeadline(column, query, config="norwegian", max_words=30, min_words=15, start_sel="", stop_sel="")


def _hit(row: CaptureText) -> Hit:
    return Hit(
        title=row.title,
        taken_at=row.taken_at,
        excerpt=vars(row)["excerpt"],
        subject_kind=row.capture.subject_kind,
        subject_id=row.capture.subject_id,
        entries=list(row.capture.entries.all()),
    )
