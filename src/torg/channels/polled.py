"""What we read ourselves, written down as a delivery: so that it is processed, and replayed, like any other."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from torg.connectors.contract import Attachment, InboundEvent, Kind, PlatformState, Unreadable

_PLAIN = tuple(
    field.name
    for field in fields(InboundEvent)
    if field.name not in {"kind", "attachments", "occurred_at", "platform_state", "details", "raw"}
)
_ATTACHMENT = tuple(field.name for field in fields(Attachment))


def encode(events: Sequence[InboundEvent]) -> bytes:
    """The events as bytes, the platform's own objects among them."""
    return json.dumps({"polled": [_told(event) for event in events]}, default=str).encode()


def decode(body: bytes) -> Iterator[InboundEvent]:
    """The events again. Raises Unreadable for bytes that `encode` did not make."""
    try:
        found = json.loads(body)["polled"]
        return iter([_event(told) for told in found])
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("these are not events that we have read") from error


def _told(event: InboundEvent) -> dict[str, Any]:
    return {
        **{name: getattr(event, name) for name in _PLAIN},
        "kind": event.kind.value,
        "attachments": [{name: getattr(one, name) for name in _ATTACHMENT} for one in event.attachments],
        "occurred_at": event.occurred_at.isoformat() if event.occurred_at else None,
        "platform_state": event.platform_state.value if event.platform_state else None,
        "details": dict(event.details),
        "raw": event.raw,
    }


def _event(told: dict[str, Any]) -> InboundEvent:
    return InboundEvent(
        **{name: told[name] for name in _PLAIN},
        kind=Kind(told["kind"]),
        attachments=tuple(Attachment(**one) for one in told["attachments"]),
        occurred_at=datetime.fromisoformat(told["occurred_at"]) if told["occurred_at"] else None,
        platform_state=PlatformState(told["platform_state"]) if told["platform_state"] else None,
        details=told["details"],
        raw=told["raw"],
    )
