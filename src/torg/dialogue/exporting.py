"""What was written on a presence, thread by thread and word for word, for the register's export."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from torg.dialogue.models import Attachment, Item, ItemVersion, Post, Thread
from torg.files import queries as files
from torg.registry.exporting import as_json, as_json_list
from torg.registry.types import ExportPart

# So many threads, and so many bytes of a file, are in memory at a time.
AT_ONCE = 50
PIECE = 1 << 20
ATTACHED = ("kind", "title", "state", "sha256", "type")


def contents_of(scope_id: UUID) -> Iterator[ExportPart]:
    """Posts, then each thread with every wording of every item, then the files that are kept of what was attached."""
    posts = Post.objects.filter(scope_id=scope_id, is_placeholder=False).select_related("author", "connection")
    in_order = posts.order_by("posted_at", "id").iterator(chunk_size=AT_ONCE)
    yield ExportPart("posts.json", as_json_list(_post(post) for post in in_order))
    threads = Thread.objects.filter(scope_id=scope_id, merged_into=None).select_related("connection", "post")
    kept: set[str] = set()
    for chunk in _chunks(threads.order_by("started_at", "id").iterator(chunk_size=AT_ONCE)):
        items = _items_of(chunk)
        wordings, attached = _wordings(items), _attached(items)
        for thread in chunk:
            mine = [
                {**_item(item), "wordings": wordings[item.pk], "attachments": attached[item.pk]}
                for item in items
                if item.thread_id == thread.pk
            ]
            yield ExportPart(f"threads/{thread.public_id}.json", [as_json(_thread(thread, mine))])
        kept |= {one["sha256"] for rows in attached.values() for one in rows if one["sha256"]}
    yield from _files(kept)


def _files(wanted: set[str]) -> Iterator[ExportPart]:
    """The files that we keep; one that the disk has lost is named, so that nobody believes it is there."""
    for sha256 in sorted(files.kept(wanted)):
        try:
            with files.checked(sha256) as file:
                yield ExportPart(f"files/{sha256}", iter(partial(file.read, PIECE), b""))
        except files.FileDamaged:
            yield ExportPart(f"files/{sha256}.damaged", [])


def _chunks(threads: Iterable[Thread]) -> Iterator[list[Thread]]:
    chunk: list[Thread] = []
    for thread in threads:
        chunk.append(thread)
        if len(chunk) == AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _items_of(threads: Sequence[Thread]) -> list[Item]:
    rows = Item.objects.filter(thread__in=threads, is_placeholder=False).select_related("author")
    return list(rows.order_by("posted_at", "id"))


def _wordings(items: Sequence[Item]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {item.pk: [] for item in items}
    for row in ItemVersion.objects.filter(item_id__in=list(found)).order_by("item_id", "number"):
        found[row.item_id].append({"text": row.text, "posted_at": row.posted_at, "is_original": row.is_original})
    return found


def _attached(items: Sequence[Item]) -> dict[int, list[dict[str, Any]]]:
    # Not prefetched: rows that know each other in a ring stay in memory until somebody looks for rings.
    found: dict[int, list[dict[str, Any]]] = {item.pk: [] for item in items}
    rows = Attachment.objects.filter(item_id__in=list(found)).order_by("item_id", "id")
    for item_id, *told in rows.values_list("item_id", "kind", "title", "state", "sha256", "media_type"):
        found[item_id].append(dict(zip(ATTACHED, told, strict=True)))
    return found


def _thread(thread: Thread, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": thread.public_id,
        "kind": thread.kind,
        "platform": thread.connection.platform,
        "post": thread.post.public_id if thread.post else None,
        "started_at": thread.started_at,
        "items": items,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.public_id,
        "kind": item.kind,
        "external_id": item.external_id,
        "parent": item.parent_external_id,
        "author": item.author.name if item.author else None,
        "is_own": item.is_own,
        "posted_at": item.posted_at,
        "received_at": item.received_at,
        "state": item.platform_state,
        "link": item.permalink,
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": post.public_id,
        "platform": post.connection.platform,
        "external_id": post.external_id,
        "author": post.author.name if post.author else None,
        "is_own": post.is_own,
        "title": post.title,
        "text": post.text,
        "posted_at": post.posted_at,
        "state": post.platform_state,
        "link": post.permalink,
    }
