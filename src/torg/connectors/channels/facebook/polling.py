"""Reading beneath the push: posts, comments on posts that are alive, and messages, each with a cursor of its own.

Facebook filters a listing of posts by when the post was made, so comments on old posts are found by walking the
posts and reading those that changed. A walk goes one call at a time; where it stands is in the cursor's token.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from torg.connectors import contract
from torg.connectors.channels.facebook import objects
from torg.connectors.channels.facebook.graph import Graph, Page
from torg.connectors.channels.facebook.values import Object, as_id, as_time
from torg.connectors.contract import Cursor, InboundEvent, Polled

# Clocks differ, and what was written during the last walk may have been missed: read a day again.
OVERLAP = timedelta(hours=24)
# Posts older than this get no comments worth a frequent look; a walk without `since` reads them all.
ALIVE = timedelta(days=90)
# Bounds the token: the waiting ids stand in it.
_OUTER_LIMIT = 25


@dataclass(frozen=True, slots=True)
class _Walk:
    """One kind of listing; `inner` is the edge read below each of its objects that changed."""

    path: str
    fields: str
    params: Mapping[str, str]
    changed: str
    ends_at: Callable[[Object, datetime], bool]
    inner: str | None = None
    inner_fields: str = ""
    inner_params: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a walk stands: when it began, which objects wait to be read, and both listings' cursors."""

    began: str
    outer: str | None = None
    waiting: tuple[str, ...] = ()
    inner: str | None = None
    outer_done: bool = False

    def token(self) -> str:
        return json.dumps([self.began, self.outer, self.waiting, self.inner, self.outer_done], separators=(",", ":"))

    @classmethod
    def of(cls, cursor: Cursor, *, now: datetime) -> "_Place":
        """Where the cursor says; a token that cannot be read (of another version) begins the walk anew."""
        try:
            began, outer, waiting, inner, outer_done = json.loads(cursor.token or "")
            return cls(began, outer, tuple(waiting), inner, outer_done)
        except (ValueError, TypeError):
            return cls(began=now.isoformat())


def _is_before(name: str) -> Callable[[Object, datetime], bool]:
    def judge(found: Object, moment: datetime) -> bool:
        at = as_time(found.get(name))
        return at is not None and at < moment

    return judge


_WALKS: Mapping[str, _Walk] = {
    "feed": _Walk(
        path="{page}/feed",
        fields=objects.POST_FIELDS,
        params={"include_hidden": "true"},
        changed="updated_time",
        ends_at=_is_before("created_time"),
    ),
    "comments": _Walk(
        path="{page}/feed",
        fields="id,created_time,updated_time",
        params={"include_hidden": "true"},
        changed="updated_time",
        ends_at=lambda found, moment: _is_before("created_time")(found, moment - ALIVE),
        inner="comments",
        inner_fields=objects.COMMENT_FIELDS,
        inner_params={"filter": "stream", "order": "reverse_chronological"},
    ),
    "messages": _Walk(
        path="{page}/conversations",
        fields="id,updated_time",
        params={"platform": "MESSENGER"},
        changed="updated_time",
        ends_at=_is_before("updated_time"),
        inner="messages",
        inner_fields=objects.MESSAGE_FIELDS,
    ),
}
OBJECT_TYPES = tuple(_WALKS)


def poll(graph: Graph, cursor: Cursor) -> Polled:
    """The next step of the walk that the cursor stands in, or the first of a new one; raises ChannelError."""
    walk = _WALKS[cursor.object_type]
    place = _Place.of(cursor, now=graph.now())
    horizon = cursor.since - OVERLAP if cursor.since else None
    step = _inner_step if place.waiting else _outer_step
    events, place = step(graph, walk, place, horizon)
    if place.waiting or not place.outer_done:
        return Polled(events, replace(cursor, token=place.token()), is_last=False)
    return Polled(events, Cursor(cursor.object_type, since=as_time(place.began)), is_last=True)


def _outer_step(
    graph: Graph, walk: _Walk, place: _Place, horizon: datetime | None
) -> tuple[tuple[InboundEvent, ...], _Place]:
    page_id = graph.access.page_id
    path = walk.path.format(page=page_id)
    page = graph.listing(path, walk.fields, after=place.outer, limit=_OUTER_LIMIT, params=walk.params)
    is_end = horizon is not None and bool(page.objects) and walk.ends_at(page.objects[-1], horizon)
    after = replace(place, outer=page.after, outer_done=page.after is None or is_end)
    if walk.inner is None:
        return tuple(objects.post(found, page_id=page_id) for found in page.objects), after
    alive = (found for found in page.objects if horizon is None or not _is_before(walk.changed)(found, horizon))
    return (), replace(after, waiting=tuple(own for found in alive if (own := as_id(found.get("id")))))


def _inner_step(
    graph: Graph, walk: _Walk, place: _Place, horizon: datetime | None
) -> tuple[tuple[InboundEvent, ...], _Place]:
    parent = place.waiting[0]
    try:
        page = graph.listing(f"{parent}/{walk.inner}", walk.inner_fields, after=place.inner, params=walk.inner_params)
    except contract.Gone:
        # It was deleted while we walked; the others are still to be read.
        page = Page((), None)
    is_end = horizon is not None and bool(page.objects) and _is_before("created_time")(page.objects[-1], horizon)
    events = tuple(_inner_event(found, walk, graph.access.page_id, parent) for found in page.objects)
    if page.after is None or is_end:
        return events, replace(place, waiting=place.waiting[1:], inner=None)
    return events, replace(place, inner=page.after)


def _inner_event(found: Object, walk: _Walk, page_id: str, parent: str) -> InboundEvent:
    if walk.inner == "messages":
        return objects.message(found, page_id=page_id)
    return objects.comment(found, page_id=page_id, post_id=parent)
