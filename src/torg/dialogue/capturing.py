"""A thread, an item or a post as the records room keeps it: everything known, every version, the raw deliveries too."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.module_loading import import_string

from torg.channels.models import RawDelivery
from torg.dialogue.models import Attachment, AttachmentState, Item, ItemVersion, Post, Reaction, StateChange, Thread
from torg.dialogue.models import Author as KnownAuthor
from torg.dialogue.types import Spokesperson
from torg.files import commands as files
from torg.records.types import Attached, Author, Captured, Snapshot, Subject, Version

THREAD, ITEM, POST = "dialogue.thread", "dialogue.item", "dialogue.post"
LONGEST_TITLE = 80
# Bodies held in memory at one time.
DELIVERIES_AT_ONCE = 100

Row = TypeVar("Row")
Wrote = Callable[[Sequence[Item]], Mapping[int, Spokesperson]]


def snapshot_of_thread(thread: Thread, *, at: datetime) -> Snapshot:
    """The thread with the post that it stands under; stores the raw deliveries' bytes as files."""
    return snapshots_of_threads([thread], at=at)[thread.id]


def snapshots_of_threads(threads: Sequence[Thread], *, at: datetime) -> dict[int, Snapshot]:
    """The same for many threads, by the thread's key: what one channel asks of the database does not grow with them."""
    prefetch_related_objects(threads, "post__author", "connection__presence")
    found: dict[int, Snapshot] = {}
    for some in _by(threads, "connection_id").values():
        items = list(_items().filter(thread__in=some))
        posts = {thread.post.id: thread.post for thread in some if thread.post}
        around = _around(items, posts.values(), some[0].connection.platform, at)
        of_thread = _by(items, "thread_id")
        for thread in some:
            subject = Subject(THREAD, thread.public_id)
            found[thread.id] = _snapshot(subject, thread, thread.post, of_thread.get(thread.id, []), around, at=at)
    return found


def snapshot_of_item(item: Item, *, at: datetime) -> Snapshot:
    """The item with its whole thread, since a text is judged in its context; `facts["about"]` is the item's id."""
    return snapshots_of_items([item], at=at)[item.id]


def snapshots_of_items(items: Sequence[Item], *, at: datetime) -> dict[int, Snapshot]:
    """The same for many items, by the item's key."""
    prefetch_related_objects(items, "thread")
    found = snapshots_of_threads(list({item.thread_id: item.thread for item in items}.values()), at=at)
    return {item.id: _about(item, found[item.thread_id]) for item in items}


def snapshot_of_post(post: Post, *, at: datetime) -> Snapshot:
    """The post with all that is written beneath: one document (strategy D4)."""
    items = list(_items().filter(post=post))
    around = _around(items, [post], post.connection.platform, at)
    return _snapshot(Subject(POST, post.public_id), post, post, items, around, at=at)


def snapshot_of_post_alone(post: Post, *, at: datetime) -> Snapshot:
    """The post without what is written beneath: each conversation there is a subject of its own."""
    around = _around([], [post], post.connection.platform, at)
    return _snapshot(Subject(POST, post.public_id), post, post, [], around, at=at)


def _items() -> QuerySet[Item]:
    """What people wrote, in the order in which it is read; a placeholder holds nothing to keep."""
    return Item.objects.filter(is_placeholder=False).select_related("author").order_by("posted_at", "id")


def _about(item: Item, found: Snapshot) -> Snapshot:
    return replace(found, subject=Subject(ITEM, item.public_id), facts={**found.facts, "about": str(item.public_id)})


def _snapshot(
    subject: Subject,
    owner: Thread | Post,
    post: Post | None,
    items: Sequence[Item],
    around: "_Around",
    *,
    at: datetime,
) -> Snapshot:
    connection = owner.connection
    captured = [*([around.post(post)] if post and not post.is_placeholder else []), *map(around.item, items)]
    return Snapshot(
        subject=subject,
        scope_id=owner.scope_id,
        title=_title(post, items, connection.presence.name),
        channel=connection.platform,
        place=connection.presence.name,
        taken_at=at,
        items=tuple(captured),
        permalink=(post.permalink if post else "") or (items[0].permalink if items else "") or None,
    )


def _around(items: Sequence[Item], posts: Collection[Post], platform: str, at: datetime) -> "_Around":
    changes = _changes(items, posts)
    return _Around(items, posts, changes, _keep_deliveries(items, changes, platform, at))


class _Around:
    """All that belongs to some items of one connection and their posts, read in a fixed number of queries."""

    def __init__(
        self,
        items: Sequence[Item],
        posts: Collection[Post],
        changes: Sequence[StateChange],
        kept: Mapping[UUID, str],
    ) -> None:
        self._ids = {item.external_id: str(item.public_id) for item in items}
        # A comment that answers no other comment answers the post.
        self._posts = {post.id: str(post.public_id) for post in posts if not post.is_placeholder}
        numbers = [item.id for item in items]
        self._versions = _by(ItemVersion.objects.filter(item_id__in=numbers).order_by("number"), "item_id")
        self._attachments = _by(Attachment.objects.filter(item__in=numbers).order_by("id"), "item_id")
        self._changes = _by([change for change in changes if change.item_id], "item_id")
        self._changes_of_post = _by([change for change in changes if change.post_id], "post_id")
        self._reactions = _reactions(items, posts)
        self._spoke = cast(Wrote, import_string(settings.WHO_ANSWERED))([item for item in items if item.is_own])
        self._kept = kept

    def post(self, post: Post) -> Captured:
        """The post itself, which has one wording only."""
        changes = self._changes_of_post.get(post.id, [])
        return Captured(
            id=str(post.public_id),
            kind="post",
            author=_author(post.author, is_own=post.is_own),
            versions=(Version(1, post.text, post.posted_at, post.received_at),),
            posted_at=post.posted_at,
            received_at=post.received_at,
            state=post.platform_state,
            external_id=post.external_id,
            permalink=post.permalink or None,
            deliveries=self._deliveries(changes),
            facts={**_told({"title": post.title}), **self._history(changes, post.external_id)},
        )

    def item(self, item: Item) -> Captured:
        """One comment, reply, message or mention."""
        changes = self._changes.get(item.id, [])
        spoke = self._spoke.get(item.id)
        return Captured(
            id=str(item.public_id),
            kind=item.kind.lower(),
            author=_author(item.author, is_own=item.is_own, role=spoke.role if spoke else ""),
            versions=tuple(
                Version(row.number, row.text, row.posted_at, row.received_at) for row in self._versions.get(item.id, [])
            ),
            posted_at=item.posted_at,
            received_at=item.received_at,
            state=item.platform_state,
            parent=self._ids.get(item.parent_external_id) or self._posts.get(item.post_id or 0),
            external_id=item.external_id,
            permalink=item.permalink or None,
            attachments=tuple(map(_attached, self._attachments.get(item.id, []))),
            deliveries=self._deliveries(changes, item.delivery_id),
            facts={
                **_told({"answered_by": spoke.name if spoke else "", "unsent": "yes" if item.is_unsent else ""}),
                **self._history(changes, item.external_id),
            },
        )

    def _deliveries(self, changes: Iterable[StateChange], *others: UUID) -> tuple[str, ...]:
        wanted = dict.fromkeys([*others, *(change.delivery_id for change in changes)])
        return tuple(dict.fromkeys(self._kept[delivery] for delivery in wanted if delivery in self._kept))

    def _history(self, changes: Sequence[StateChange], external_id: str) -> dict[str, str]:
        told = {
            f"state_change_{number:03}": " ".join(
                [_moment(change.at), change.from_state, change.to_state, "by_us" if change.by_us else "not_by_us"]
            )
            for number, change in enumerate(changes, 1)
        }
        return {**told, **_told({"reactions": self._reactions.get(external_id, "")})}


def _by(rows: Iterable[Row], field: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return found


def _changes(items: Sequence[Item], posts: Collection[Post]) -> list[StateChange]:
    of_items = StateChange.objects.filter(item__in=[item.id for item in items])
    of_posts = StateChange.objects.filter(post__in=[post.id for post in posts])
    return sorted([*of_items, *of_posts], key=lambda change: (change.at, change.id))


def _keep_deliveries(
    items: Sequence[Item], changes: Sequence[StateChange], platform: str, at: datetime
) -> dict[UUID, str]:
    """Each delivery's SHA-256, its bytes copied into a file: a month of deliveries can be detached, evidence not."""
    wanted = sorted({item.delivery_id for item in items} | {change.delivery_id for change in changes})
    kept: dict[UUID, str] = {}
    for start in range(0, len(wanted), DELIVERIES_AT_ONCE):
        some = wanted[start : start + DELIVERIES_AT_ONCE]
        rows = RawDelivery.objects.filter(id__in=some, platform=platform).values_list("id", "body").order_by("id")
        bodies = {number: bytes(body) for number, body in rows if body}
        stored = files.store_many(contents=bodies.values(), claimed_type="application/json", at=at)
        kept |= {number: file.sha256 for number, file in zip(bodies, stored, strict=True)}
    return kept


def _reactions(items: Sequence[Item], posts: Collection[Post]) -> dict[str, str]:
    told: dict[str, list[str]] = {}
    for connection in {item.connection_id for item in items} | {post.connection_id for post in posts}:
        targets = [item.external_id for item in items] + [post.external_id for post in posts]
        rows = Reaction.objects.filter(connection_id=connection, target_external_id__in=targets, count__gt=0)
        for row in rows.order_by("type"):
            told.setdefault(row.target_external_id, []).append(f"{row.type}={row.count}")
    return {target: " ".join(counts) for target, counts in told.items()}


def _author(author: KnownAuthor | None, *, is_own: bool, role: str = "") -> Author:
    return Author(
        name=author.name if author else None,
        external_id=author.external_id if author else None,
        role=role,
        is_own=is_own,
    )


def _attached(row: Attachment) -> Attached:
    """Only a file that we keep has a place by its hash; of one that we only saw, the hash is told as the reason."""
    is_kept = row.state == AttachmentState.STORED
    seen = f"sha256:{row.sha256}" if row.sha256 and not is_kept else ""
    return Attached(
        kind=row.kind,
        title=row.title,
        sha256=row.sha256 if is_kept else None,
        media_type=row.media_type,
        state=row.state,
        reason=row.reason or seen,
    )


def _title(post: Post | None, items: Sequence[Item], place: str) -> str:
    """The first words, sensitive passages masked: titles are read by more people than the text is."""
    said = (post.title or post.text) if post and not post.is_placeholder else ""
    if not said:
        said = next((item.masked_text for item in items if item.masked_text and not item.is_unsent), "")
    line = " ".join(said.split())
    return (line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…") or place


def _told(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
