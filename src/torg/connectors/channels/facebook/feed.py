"""Changes on a Page: posts, comments, reactions, mentions, ratings and films."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from torg.connectors.channels.facebook.attachments import of_change as attachments_of
from torg.connectors.channels.facebook.origin import Origin
from torg.connectors.channels.facebook.values import Object, as_address, as_id, as_object, as_text, as_time, is_object
from torg.connectors.contract import InboundEvent, Kind, PlatformState

_VERBS = {"edited": "edit", "update": "edit", "delete": "remove"} | {
    verb: verb for verb in ("add", "edit", "remove", "hide", "unhide", "block", "unblock", "mute", "unmute", "follow")
}
# Only these tell a state; a removal does not say whether the author or we removed it.
_STATES = {"hide": PlatformState.HIDDEN_BY_US, "unhide": PlatformState.VISIBLE}
_POSTS = frozenset({"post", "status", "share", "link", "photo", "picture", "video", "album", "photo-album"}) | {
    *("event", "story", "platform-story", "note", "milestone", "life_event", "question", "coupon", "offer")
}
_REACTIONS = frozenset({"reaction", "like"})
_DETAILS = ("item", "reaction_type", "published", "rating", "recommendation_type", "story", "video_flag_reason")


@dataclass(frozen=True, slots=True)
class _Ids:
    kind: Kind
    external_id: str | None
    parent_id: str | None = None
    post_id: str | None = None


def to_event(change: Object, origin: Origin) -> InboundEvent:
    """The event of one element of `changes`."""
    field = as_text(change.get("field")) or "unknown"
    value = change.get("value")
    if not is_object(value):
        return unknown(change, field, origin)
    if field in _STATUSES:
        return _of_status(value, field, origin)
    return _of_item(value, field, origin)


def unknown(raw: Object, name: str, origin: Origin) -> InboundEvent:
    """Keep what we do not understand, with what can be read out of it."""
    value = as_object(raw.get("value")) or raw
    event = _event(_Ids(Kind.UNKNOWN, _first_id(value), post_id=_post_id(value)), _word(value) or name, value, origin)
    return replace(event, raw=raw, details={**event.details, "field": name})


def page_of(value: Object) -> str | None:
    """The Page of a change that came without its entry: post ids begin with it."""
    page, separator, _ = (_post_id(value) or "").partition("_")
    return page if separator else None


def _of_item(value: Object, field: str, origin: Origin) -> InboundEvent:
    word = _word(value) or ("add" if field == "mention" else None)
    read = _READERS.get(field)
    ids = read(value) if read else None
    if ids is None or word not in _VERBS:
        return unknown({"field": field, "value": value}, field, origin)
    return _event(ids, _VERBS[word], value, origin)


def _of_feed(value: Object) -> _Ids | None:
    # The item decides first: a reaction, too, carries a comment_id.
    item = as_text(value.get("item"))
    if item in _REACTIONS:
        post_id = _post_id(value)
        return _Ids(Kind.REACTION, None, as_id(value.get("comment_id")) or post_id, post_id)
    if item == "comment":
        return _of_comment(value)
    if item == "mention":
        return _of_mention(value)
    if item == "rating":
        return _of_rating(value)
    own_id = _first_id(value)
    return _Ids(Kind.POST, own_id, post_id=_post_id(value)) if item in _POSTS and own_id else None


def _of_comment(value: Object) -> _Ids | None:
    comment_id, post_id = as_id(value.get("comment_id")), _post_id(value)
    if comment_id is None:
        return None
    parent_id = as_id(value.get("parent_id"))
    if parent_id is None or parent_id == comment_id:
        return _Ids(Kind.COMMENT, comment_id, post_id, post_id)
    kind = Kind.REPLY if is_comment(parent_id, post_id=post_id, sibling=comment_id) else Kind.COMMENT
    return _Ids(kind, comment_id, parent_id, post_id)


def is_comment(parent_id: str, *, post_id: str | None, sibling: str) -> bool:
    """Whether a parent is a comment: not the post, with or without the Page in front of its id.

    Without a post id the shape must tell: comments on one post share what stands before the underscore.
    """
    if post_id is not None:
        return parent_id.rpartition("_")[2] != post_id.rpartition("_")[2]
    return "_" in parent_id and parent_id.partition("_")[0] == sibling.partition("_")[0]


def _of_mention(value: Object) -> _Ids | None:
    own_id, post_id = _first_id(value), _post_id(value)
    if own_id is None:
        return None
    return _Ids(Kind.MENTION, own_id, post_id if own_id != post_id else None, post_id)


def _of_rating(value: Object) -> _Ids | None:
    story_id = as_id(value.get("open_graph_story_id")) or _post_id(value)
    return _Ids(Kind.POST, story_id, post_id=story_id) if story_id else None


_READERS: dict[str, Callable[[Object], _Ids | None]] = {
    "feed": _of_feed,
    "mention": _of_mention,
    "ratings": _of_feed,
}
# Fields that tell only that something has another state now.
_STATUSES = frozenset({"live_videos", "videos", "conversations"})


def _of_status(value: Object, field: str, origin: Origin) -> InboundEvent:
    status = value.get("status")
    word = as_text(status) or as_text(as_object(status).get("video_status")) or "update"
    external_id = as_id(value.get("id")) or as_id(value.get("thread_id")) or _first_id(value)
    event = _event(_Ids(Kind.STATE_CHANGE, external_id), word.lower(), value, origin)
    return replace(event, details={**event.details, "field": field})


def _event(ids: _Ids, verb: str, value: Object, origin: Origin) -> InboundEvent:
    author_id, author_name = author_of(value)
    return InboundEvent(
        kind=ids.kind,
        verb=verb,
        account_id=origin.account_id,
        external_id=ids.external_id,
        parent_id=ids.parent_id,
        post_id=ids.post_id,
        author_id=author_id,
        author_name=author_name,
        text=next((text for key in ("message", "review_text") if (text := as_text(value.get(key))) is not None), None),
        attachments=attachments_of(value),
        own=author_id is not None and author_id == origin.account_id,
        occurred_at=as_time(value.get("created_time")) or origin.at,
        permalink=_permalink(value, ids.kind),
        platform_state=_STATES.get(verb) if ids.kind in _WITH_STATE else None,
        details=_details(value),
        raw=value,
    )


_WITH_STATE = frozenset({Kind.POST, Kind.COMMENT, Kind.REPLY})


def author_of(value: Object) -> tuple[str | None, str | None]:
    """Id and name of who did it: `from`, or the older flat names, or nobody (Facebook leaves it out at will)."""
    person = as_object(value.get("from"))
    if person:
        return as_id(person.get("id")), as_text(person.get("name"))
    for who in ("sender", "reviewer"):
        author_id = as_id(value.get(f"{who}_id"))
        if author_id is not None:
            return author_id, as_text(value.get(f"{who}_name"))
    return None, as_text(value.get("sender_name"))


def _permalink(value: Object, kind: Kind) -> str | None:
    own = as_address(value.get("permalink_url"))
    # The nested post is the thing itself only for a post; a comment's own address is not told.
    return own or (as_address(as_object(value.get("post")).get("permalink_url")) if kind is Kind.POST else None)


def _details(value: Object) -> MappingProxyType[str, str]:
    found = ((key, as_id(value.get(key))) for key in _DETAILS)
    return MappingProxyType({key: text for key, text in found if text is not None})


def _word(value: Object) -> str | None:
    return as_text(value.get("verb")) or None


def _post_id(value: Object) -> str | None:
    return as_id(value.get("post_id")) or as_id(as_object(value.get("post")).get("id"))


def _first_id(value: Object) -> str | None:
    own = next((found for key in ("comment_id", "post_id") if (found := as_id(value.get(key)))), None)
    keys = ("video_id", "photo_id", "album_id", "event_id", "share_id", "id")
    return own or _post_id(value) or next((found for key in keys if (found := as_id(value.get(key)))), None)
