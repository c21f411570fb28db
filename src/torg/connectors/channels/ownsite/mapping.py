"""From what our own site tells to the events of the contract."""

from collections.abc import Mapping
from typing import Any

from torg.connectors.board import APPLICATION, Standing
from torg.connectors.channels.ownsite import delivery
from torg.connectors.contract import Attachment, InboundEvent, Kind, PlatformState

_VERBS = frozenset({"add", "edit", "hide", "unhide", "remove"})


def to_event(told: Mapping[str, Any]) -> InboundEvent:
    """The event of one delivery; what is not understood is kept as unknown."""
    site, verb = _text(told.get("site")), _text(told.get("verb"))
    if verb in _VERBS and isinstance(told.get("comment"), dict):
        return _of_comment(site, verb, told["comment"])
    if verb in _VERBS and isinstance(told.get("article"), dict):
        return _of_article(site, verb, told["article"])
    return InboundEvent(Kind.UNKNOWN, verb or "unknown", site or None, raw=told)


def of_standing(site: str, standing: Standing) -> InboundEvent:
    """What a poll reads: the comment with its text and state as they are now."""
    told = delivery.read(delivery.of_comment(site, "add", standing))
    return to_event(told)


def _of_comment(site: str, verb: str, told: Mapping[str, Any]) -> InboundEvent:
    is_own, parent = bool(told.get("own")), _text(told.get("parent"))
    tells_text = verb in {"add", "edit"}
    # Deliveries of before the writers had links of their own tell no writer.
    writer = _text(told.get("writer")) or _text(told.get("id"))
    state = _state(told.get("state"))
    return InboundEvent(
        kind=Kind.REPLY if parent else Kind.COMMENT,
        verb=verb,
        account_id=site,
        external_id=_text(told.get("id")),
        parent_id=parent or _text(told.get("article")),
        post_id=_text(told.get("article")),
        # A name that anybody may type is no identity: each comment has an author of its own, who may go on below it.
        author_id=site if is_own else f"anyone-{writer}",
        author_name=_text(told.get("name")) or None,
        text=_text(told.get("text")) if tells_text else None,
        own=is_own or (not tells_text and state is not PlatformState.DELETED_BY_AUTHOR),
        occurred_at=delivery.moment(told.get("written_at" if verb == "add" else "changed_at")),
        permalink=_text(told.get("permalink")) or None,
        platform_state=state,
        echo_app_id=APPLICATION if is_own else None,
        raw=told,
    )


def _of_article(site: str, verb: str, told: Mapping[str, Any]) -> InboundEvent:
    address, title = _text(told.get("permalink")), _text(told.get("title"))
    return InboundEvent(
        kind=Kind.POST,
        verb=verb,
        account_id=site,
        external_id=_text(told.get("id")),
        post_id=_text(told.get("id")),
        author_id=site,
        text=_text(told.get("lead")),
        attachments=(Attachment(kind="link", url=address, title=title),),
        own=True,
        occurred_at=delivery.moment(told.get("at")),
        permalink=address or None,
        raw=told,
    )


def _state(told: object) -> PlatformState | None:
    return PlatformState(told) if told in {str(state) for state in PlatformState} else None


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""
