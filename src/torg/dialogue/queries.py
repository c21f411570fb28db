"""Reading dialogues: one thread with all around it, and search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.channels.types import Batch
from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.dialogue.absorbing import meaning
from torg.dialogue.models import Attachment, Item, ItemVersion, Post, Reaction, Thread, UnknownEvent
from torg.people import queries as people
from torg.people.types import Permission

EARLIER = 10
PAGE = 50
# How far back a search looks first, and then: a common word fills its page from the last month, whatever came before.
REACHES = (timedelta(days=31), timedelta(days=186), None)
# The longest search that makes sense; each further word only costs.
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Wording:
    """One version as a page shows it: its masked text only."""

    masked_text: str
    posted_at: datetime
    is_original: bool


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread with what one needs to answer it: the post, the branch, each wording, what the author wrote before."""

    thread: Thread
    post: Post | None
    items: Sequence[Item]
    versions: Mapping[int, Sequence[Wording]]
    earlier: Sequence[Item]
    reactions: Mapping[str, Sequence[Reaction]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: the last row that was shown."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found, newest first; `after` leads to the next, None at the end."""

    items: Sequence[Item]
    after: Place | None


def thread_with_context(person: Actor, public_id: UUID, *, at: datetime) -> ThreadView:
    """A thread and its surroundings, in a fixed number of queries; raises NotFound when it is out of sight."""
    threads = Thread.objects.visible_to(person, at=at).select_related("post__author", "author", "connection__presence")
    thread: Thread | None = threads.filter(public_id=public_id).first()
    if thread is None:
        raise NotFound(_("There is no such thread."))
    view = context_of(thread)
    targets = [item.external_id for item in view.items] + ([view.post.external_id] if view.post else [])
    return replace(view, reactions=_reactions(thread, targets))


def context_of(thread: Thread) -> ThreadView:
    """The surroundings of a thread that one has, apart from reactions; the thread with its post."""
    items = list(_shown().filter(thread=thread).order_by("posted_at", "id"))
    return ThreadView(
        thread=thread,
        post=thread.post,
        items=items,
        versions=_wordings([item for item in items if item.version_count > 1 and not item.is_unsent]),
        earlier=_earlier(thread),
    )


def _shown() -> QuerySet[Item]:
    """Items as pages show them: without their full text, which only triage opens."""
    return (
        Item.objects.filter(is_placeholder=False)
        .select_related("author")
        .defer("text")
        .prefetch_related(
            Prefetch("attachments", queryset=Attachment.objects.order_by("id")),
        )
    )


def _wordings(items: Sequence[Item]) -> Mapping[int, Sequence[Wording]]:
    rows = ItemVersion.objects.filter(item_id__in=[item.id for item in items])
    found: dict[int, list[Wording]] = {}
    told = rows.order_by("item_id", "-is_original", "posted_at", "number").values_list(
        "item_id", "masked_text", "posted_at", "is_original"
    )
    for item_id, text, posted_at, is_original in told:
        wordings = found.setdefault(item_id, [])
        if not wordings or wordings[-1].masked_text != (text or ""):
            wordings.append(Wording(text or "", posted_at, is_original))
    return found


def _earlier(thread: Thread) -> Sequence[Item]:
    """What the same author wrote before, elsewhere on the same channel."""
    if thread.author_id is None:
        return ()
    others = _shown().prefetch_related(None).filter(author_id=thread.author_id).exclude(thread=thread)
    return list(others.order_by("-posted_at")[:EARLIER])


def _reactions(thread: Thread, targets: Sequence[str]) -> Mapping[str, Sequence[Reaction]]:
    found: dict[str, list[Reaction]] = {}
    rows = Reaction.objects.filter(connection_id=thread.connection_id, target_external_id__in=targets)
    for row in rows.order_by("-count", "type"):
        found.setdefault(row.target_external_id, []).append(row)
    return found


def search(
    person: Actor, words: str, *, at: datetime, after: Place | None = None, permission: Permission = Permission.READ
) -> Hits:
    """Items with a version that holds all the words, newest first; the last word may be unfinished.

    Walks the versions' partitions from the newest and stops when a page is full, so that a common word is as quick as
    a rare one; nothing is counted. With `Permission.OPEN_SENSITIVE` what is masked is searched as well: the caller
    records that.
    """
    query = _query(words)
    if query is None:
        return Hits((), None)
    versions = _beyond(_versions_with(person, query, at=at, permission=permission), after)
    rows = _newest(versions, since=after.at if after else at, most=PAGE)
    items = {item.id: item for item in _shown().select_related("thread").filter(id__in=[row[0] for row in rows])}
    newest = dict.fromkeys(item_id for item_id, _, _ in rows if item_id in items and not items[item_id].is_unsent)
    last = Place(rows[-1][1], rows[-1][2]) if len(rows) == PAGE else None
    return Hits([items[item_id] for item_id in newest], last)


def _beyond(versions: QuerySet[ItemVersion], after: Place | None) -> QuerySet[ItemVersion]:
    if after is None:
        return versions
    same_time = Q(received_at=after.at, id__lt=after.id)
    # The second condition says nothing new, but lets whole partitions be left out.
    return versions.filter(Q(received_at__lt=after.at) | same_time, received_at__lte=after.at)


def threads_with(
    person: Actor, words: str, *, at: datetime, permission: Permission = Permission.READ, most: int = 250
) -> list[int]:
    """The threads of the newest `most` versions that hold all the words, as `search` finds them."""
    query = _query(words)
    if query is None:
        return []
    rows = _newest(_versions_with(person, query, at=at, permission=permission), since=at, most=most)
    items = Item.objects.filter(id__in={row[0] for row in rows}, is_placeholder=False, is_unsent=False)
    return list(items.values_list("thread_id", flat=True).distinct())


def _versions_with(person: Actor, query: SearchQuery, *, at: datetime, permission: Permission) -> QuerySet[ItemVersion]:
    found = Q(search=query)
    if permission == Permission.OPEN_SENSITIVE:
        found |= Q(search_full=query)
    return ItemVersion.objects.filter(found, scope_id__in=people.scope_ids_for(person, permission, at=at))


def _newest(versions: QuerySet[ItemVersion], *, since: datetime, most: int) -> list[tuple[int, datetime, int]]:
    """The newest `most`, looking further and further back: each look leaves out the partitions before it."""
    ordered = versions.order_by("-received_at", "-id").values_list("item_id", "received_at", "id")
    rows: list[tuple[int, datetime, int]] = []
    for reach in REACHES:
        rows = list((ordered.filter(received_at__gte=since - reach) if reach else ordered)[:most])
        if len(rows) == most:
            break
    return rows


def _query(words: str) -> SearchQuery | None:
    """All words in any inflection, the last also as the beginning of a word; what is no word is left out."""
    found = "".join(letter if letter.isalnum() else " " for letter in words[:MOST_WORDS]).split()
    if not found:
        return None
    last = f"{found[-1]}:*"
    query = SearchQuery(last, config="norwegian", search_type="raw")
    if len(found) > 1:
        query = SearchQuery(" ".join(found[:-1]), config="norwegian", search_type="plain") & query
    return query


def unknown_events(connection: Connection) -> QuerySet[UnknownEvent]:
    """What the channel delivered that we did not understand, newest first."""
    return UnknownEvent.objects.filter(connection=connection).order_by("-received_at")


def texts_in(batch: Batch) -> set[str]:
    """The texts that absorbing the batch can give items, as they will be stored."""
    return {
        meaning.clean(arrived.event.text)
        for arrived in batch.events
        if arrived.event.kind in meaning.ITEM_KINDS and arrived.event.verb in meaning.TEXT_VERBS
    }
