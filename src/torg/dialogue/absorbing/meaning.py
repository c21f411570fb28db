"""What one event says: who wrote what where, or what changed state."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from torg.channels.types import Arrived
from torg.connectors.contract import InboundEvent, Kind
from torg.dialogue.models import ItemKind, PlatformState

ITEM_KINDS = {
    Kind.COMMENT: ItemKind.COMMENT,
    Kind.REPLY: ItemKind.REPLY,
    Kind.MESSAGE: ItemKind.MESSAGE,
    Kind.MENTION: ItemKind.MENTION,
}
TEXT_VERBS = frozenset({"add", "edit", "postback"})
STATE_VERBS = frozenset({"remove", "hide", "unhide"})
WATERMARKS = {"read": "read_up_to_at", "delivery": "delivered_up_to_at"}
# Milliseconds reached this number in 1973, seconds reach it in the year 5138.
FIRST_MILLISECOND = 10**11


class Key(NamedTuple):
    """What an item is known by. A comment can prove to be a reply, so the two share one family."""

    connection_id: int
    family: str
    external_id: str


class Wording(NamedTuple):
    """One text that an item has had. In order of writing: the original first, then by time."""

    is_edit: bool
    at: datetime
    number: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class NewState:
    """That a thing is in a state since a moment."""

    state: PlatformState
    at: datetime
    by_us: bool
    delivery_id: UUID


def family_of(kind: Kind) -> str:
    """The name space of an item's external id."""
    return "comment" if kind in (Kind.COMMENT, Kind.REPLY) else kind.value


def key_of(arrived: Arrived, external_id: str) -> Key:
    """The key of the item that the event is about, or of its parent."""
    return Key(arrived.connection_id, family_of(arrived.event.kind), external_id)


def happened_at(arrived: Arrived) -> datetime:
    """When it happened by the platform's word, never later than when we received it."""
    told = arrived.event.occurred_at
    return arrived.received_at if told is None or told > arrived.received_at else told


def state_told(arrived: Arrived, *, acted_by_us: bool) -> NewState | None:
    """The state that the event puts its thing in, or None when it tells none."""
    event = arrived.event
    if event.verb == "remove":
        ours = acted_by_us or (event.own and event.kind is not Kind.MESSAGE)
        state = PlatformState.REMOVED_BY_US if ours else PlatformState.DELETED_BY_AUTHOR
    elif event.platform_state is not None:
        state = PlatformState[event.platform_state.name]
    elif event.verb in ("hide", "unhide"):
        state = PlatformState.HIDDEN_BY_US if event.verb == "hide" else PlatformState.VISIBLE
    else:
        return None
    at = arrived.received_at if arrived.is_polled else happened_at(arrived)
    return NewState(state, at, acted_by_us, arrived.delivery_id)


def wording_of(arrived: Arrived, text: str, known: list[Wording]) -> Wording:
    """The text as a dated fact; a poll that reads another text than we know reads an edit."""
    digest = hashlib.sha256(text.encode()).digest()
    if arrived.is_polled and known:
        return Wording(True, arrived.received_at, len(known) + 1, digest)
    return Wording(arrived.event.verb == "edit", happened_at(arrived), len(known) + 1, digest)


def count_versions(wordings: list[Wording]) -> int:
    """How many texts stood after one another; the same text told twice in a row is one."""
    ordered = sorted(wordings)
    return sum(
        index == 0 or wording.content_hash != ordered[index - 1].content_hash for index, wording in enumerate(ordered)
    )


def other_party(event: InboundEvent) -> str:
    """Whom a private dialogue is with, whoever spoke; the empty string when the platform does not say."""
    return event.details.get("person_id") or ("" if event.own else event.author_id or "")


def watermark(arrived: Arrived) -> datetime:
    """Up to when the other party has read or got our messages."""
    told = arrived.event.details.get("watermark", "")
    if not told.isdecimal():
        return happened_at(arrived)
    number = int(told)
    return datetime.fromtimestamp(number / 1000 if number >= FIRST_MILLISECOND else number, UTC)


def clean(text: str | None) -> str:
    """Text that PostgreSQL can hold: NUL and lone surrogates become the replacement character."""
    if not text:
        return ""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def id_of(arrived: Arrived) -> str:
    """The platform's id of the item; where it sends none (a pressed button), one made from what is told."""
    event = arrived.event
    if event.external_id:
        return clean(event.external_id)
    told = f"{event.kind}|{event.verb}|{event.author_id}|{happened_at(arrived)}|{event.text}"
    return "unnamed-" + hashlib.sha256(told.encode(errors="replace")).hexdigest()
