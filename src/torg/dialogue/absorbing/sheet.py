"""Everything that one batch touches, loaded in a few queries and changed in memory."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection as database
from django.db.models import Model
from django.db.models.base import ModelState

from torg.channels.models import Connection
from torg.channels.types import Arrived, Batch
from torg.connectors.contract import Kind
from torg.core import ids
from torg.dialogue.absorbing import meaning
from torg.dialogue.absorbing.meaning import ITEM_KINDS, Key, Wording
from torg.dialogue.models import Author, Item, Post, Thread, ThreadKind
from torg.dialogue.types import What

COMMENTS = ("COMMENT", "REPLY")
# First of the two numbers of the advisory lock under which one connection's items are absorbed.
LOCK_CLASS = 7_201

# How many numbers and ids are drawn at a time.
AT_ONCE = 500

PostKey = tuple[int, str]
AuthorKey = tuple[int, str]
ThreadKey = tuple[int, str, str]


@dataclass(slots=True)
class NewVersion:
    """A wording to be written."""

    item: Item
    wording: Wording
    text: str
    received_at: datetime


@dataclass(slots=True)
class Sheet:
    """The rows that a batch touches, and what is to be written about them."""

    connections: dict[int, Connection] = field(default_factory=dict)
    items: dict[Key, Item] = field(default_factory=dict)
    posts: dict[PostKey, Post] = field(default_factory=dict)
    authors: dict[AuthorKey, Author] = field(default_factory=dict)
    threads: dict[ThreadKey, Thread] = field(default_factory=dict)
    threads_by_id: dict[int, Thread] = field(default_factory=dict)
    wordings: dict[int, list[Wording]] = field(default_factory=dict)
    new: dict[type[Model], list[Any]] = field(default_factory=lambda: {Author: [], Post: [], Thread: [], Item: []})
    changed: dict[type[Model], dict[int, Any]] = field(
        default_factory=lambda: {Author: {}, Post: {}, Thread: {}, Item: {}}
    )
    versions: list[NewVersion] = field(default_factory=list)
    state_changes: list[tuple[Any, ...]] = field(default_factory=list)
    attachments: list[tuple[Any, ...]] = field(default_factory=list)
    reactions: list[tuple[Any, ...]] = field(default_factory=list)
    unknown: list[tuple[Any, ...]] = field(default_factory=list)
    # Threads that proved to be part of another: old id to new thread.
    merged: dict[int, Thread] = field(default_factory=dict)
    outcomes: dict[tuple[int, What], tuple[Item, bool]] = field(default_factory=dict)
    acted_on: frozenset[tuple[int, str]] = frozenset()
    # What is known to stand in for a text where it is not shown in full.
    masks: Mapping[str, str] = field(default_factory=dict)
    _public_ids: Iterator[UUID] = field(default_factory=lambda: iter(()))
    _numbers: dict[type[Model], Iterator[int]] = field(default_factory=dict)
    _is_new: dict[type[Model], set[int]] = field(
        default_factory=lambda: {Author: set(), Post: set(), Thread: set(), Item: set()}
    )

    def add(self, row: Any) -> None:
        """Give a new row its number and remember to write it."""
        kind = type(row)
        row.id = self._next_number(kind)
        row.public_id = next(self._public_ids, None) or self._next_public_id()
        self._is_new[kind].add(row.id)
        self.new[kind].append(row)

    def touch(self, row: Any) -> None:
        """Remember that a row has changed; a new one is written whole anyway."""
        if row.id not in self._is_new[type(row)]:
            self.changed[type(row)][row.id] = row

    def is_new(self, row: Any) -> bool:
        """Whether this batch made the row."""
        return row.id in self._is_new[type(row)]

    def _next_public_id(self) -> UUID:
        self._public_ids = ids.several(AT_ONCE)
        return next(self._public_ids)

    def _next_number(self, kind: type[Model]) -> int:
        number = next(self._numbers.get(kind, iter(())), None)
        if number is None:
            self._numbers[kind] = iter(_draw_numbers(kind, AT_ONCE))
            number = next(self._numbers[kind])
        return number


def open_sheet(batch: Batch) -> Sheet:
    """Lock the batch's connections and load what its events refer to.

    Under the lock nobody else absorbs for these connections, so that what is read here stays true until commit.
    """
    sheet = Sheet()
    connection_ids = sorted({arrived.connection_id for arrived in batch.events})
    with database.cursor() as cursor:
        # In order of number, so that two workers cannot wait for each other.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, id) FROM (SELECT unnest(%s::int[]) AS id ORDER BY 1) AS wanted",
            [LOCK_CLASS, connection_ids],
        )
    sheet.connections = Connection.objects.only("id", "app_id", "scope_id", "platform").in_bulk(connection_ids)
    _load_posts(sheet, batch.events)
    _load_authors(sheet, batch.events)
    _load_items(sheet, batch.events)
    _load_threads(sheet, batch.events)
    return sheet


def new_row(model: type[Model], /, **fields: Any) -> Any:
    """A row that is not in the database yet; `Sheet.add` numbers it and gives it its public id.

    Copies the fields' defaults as a whole: asking each field for its own took a third of the time of a batch.
    """
    row = model.__new__(model)
    row.__dict__.update(_blank(model), _state=ModelState(), **fields)
    return row


@cache
def _blank(model: type[Model]) -> dict[str, Any]:
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


def _draw_numbers(kind: type[Model], count: int) -> list[int]:
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [kind._meta.db_table, count]
        )
        return [number for (number,) in cursor.fetchall()]


def _pairs(found: Iterable[tuple[int, str | None]]) -> tuple[list[int], list[str]]:
    distinct = {(number, text) for number, text in found if text}
    return [number for number, _ in distinct], [text for _, text in distinct]


def _matching(kind: type[Model], column: str, pairs: tuple[list[int], list[str]], extra: str = "") -> Iterable[Any]:
    """Rows whose connection and `column` are among the pairs, in one statement whatever their number."""
    if not pairs[0]:
        return []
    table = kind._meta.db_table
    return kind._default_manager.raw(
        f"SELECT t.* FROM unnest(%s::bigint[], %s::text[]) AS wanted(connection_id, external_id) "  # noqa: S608
        f"JOIN {table} t ON t.connection_id = wanted.connection_id AND t.{column} = wanted.external_id {extra}",
        [pairs[0], pairs[1]],
    )


def _load_posts(sheet: Sheet, events: Iterable[Arrived]) -> None:
    wanted = _pairs(
        (arrived.connection_id, meaning.clean(named))
        for arrived in events
        for named in (arrived.event.post_id, arrived.event.external_id if arrived.event.kind is Kind.POST else None)
    )
    for post in _matching(Post, "external_id", wanted):
        sheet.posts[post.connection_id, post.external_id] = post


def _load_authors(sheet: Sheet, events: Iterable[Arrived]) -> None:
    wanted = _pairs((arrived.connection_id, meaning.clean(arrived.event.author_id)) for arrived in events)
    for author in _matching(Author, "external_id", wanted):
        sheet.authors[author.connection_id, author.external_id] = author


def _load_items(sheet: Sheet, events: Iterable[Arrived]) -> None:
    by_family: dict[str, set[tuple[int, str | None]]] = {}
    with_text: set[Key] = set()
    for arrived in events:
        event = arrived.event
        if event.kind not in ITEM_KINDS:
            continue
        key = meaning.key_of(arrived, meaning.id_of(arrived))
        wanted = by_family.setdefault(key.family, set())
        wanted.add((key.connection_id, key.external_id))
        if event.kind is Kind.REPLY and event.parent_id:
            wanted.add((key.connection_id, meaning.clean(event.parent_id)))
        if event.verb in meaning.TEXT_VERBS:
            with_text.add(key)
    for family, found in by_family.items():
        kinds = "IN ('COMMENT', 'REPLY')" if family == "comment" else f"= '{family.upper()}'"
        for item in _matching(Item, "external_id", _pairs(found), f"AND t.kind {kinds}"):
            sheet.items[Key(item.connection_id, family, item.external_id)] = item
    _load_wordings(sheet, [sheet.items[key].id for key in with_text if key in sheet.items])


def _load_wordings(sheet: Sheet, item_ids: list[int]) -> None:
    if not item_ids:
        return
    sheet.wordings = {item_id: [] for item_id in item_ids}
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT item_id, NOT is_original, posted_at, number, content_hash FROM dialogue_itemversion "
            "WHERE item_id = ANY(%s)",
            [item_ids],
        )
        for item_id, is_edit, at, number, content_hash in cursor.fetchall():
            sheet.wordings[item_id].append(Wording(is_edit, at, number, bytes(content_hash)))


def _load_threads(sheet: Sheet, events: Iterable[Arrived]) -> None:
    roots: set[tuple[int, str | None]] = set()
    for arrived in events:
        kind, event = arrived.event.kind, arrived.event
        if kind is Kind.MESSAGE or (kind is Kind.STATE_CHANGE and event.verb in meaning.WATERMARKS):
            roots.add((arrived.connection_id, meaning.clean(meaning.other_party(event))))
        elif kind in ITEM_KINDS:
            roots.add((arrived.connection_id, meaning.id_of(arrived)))
            roots.add((arrived.connection_id, meaning.clean(event.parent_id)))
    for thread in _matching(Thread, "root_external_id", _pairs(roots)):
        _keep(sheet, thread)
    missing = {item.thread_id for item in sheet.items.values()} - sheet.threads_by_id.keys()
    for thread in Thread.objects.filter(id__in=missing):
        _keep(sheet, thread)


def _keep(sheet: Sheet, thread: Thread) -> None:
    sheet.threads[thread.connection_id, thread.kind, thread.root_external_id] = thread
    sheet.threads_by_id[thread.id] = thread


def thread_for(sheet: Sheet, key: ThreadKey, *, scope_id: UUID, post: Post | None, started_at: datetime) -> Thread:
    """The thread with this root, made when there is none."""
    thread = sheet.threads.get(key)
    if thread is None:
        thread = new_row(
            Thread,
            scope_id=scope_id,
            connection_id=key[0],
            kind=ThreadKind(key[1]),
            root_external_id=key[2],
            post_id=post.id if post else None,
            started_at=started_at,
            last_item_at=started_at,
        )
        sheet.add(thread)
        _keep(sheet, thread)
    return thread
