"""A snapshot as bytes, always the same for the same content, and back again."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from torg.records.types import Attached, Author, Captured, Snapshot, Subject, Version

FORM = "snapshot/1"
# Half a character, as some platforms cut it: no UTF-8 has it, but JSON can name it.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_bytes(snapshot: Snapshot) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8. The time of taking is left out: it belongs to the capture."""
    content = asdict(snapshot)
    del content["taken_at"]
    # Absent where there is none, so that what was captured before there were contexts keeps its sum.
    if snapshot.context is None:
        del content["context"]
    told = json.dumps(
        {"form": FORM, **content}, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_told
    )
    return LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", told).encode()


def from_bytes(data: bytes, *, taken_at: datetime) -> Snapshot:
    """The snapshot that `to_bytes` wrote; raises ValueError for another form."""
    content = json.loads(data)
    if content.pop("form") != FORM:
        raise ValueError("This is another form of snapshot.")
    content["subject"] = Subject(content["subject"]["kind"], UUID(content["subject"]["id"]))
    content["scope_id"] = UUID(content["scope_id"])
    content["items"] = tuple(_captured(item) for item in content["items"])
    return Snapshot(**content, taken_at=taken_at)


def _told(value: object) -> str | dict[str, str]:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a snapshot")


def _captured(item: dict[str, Any]) -> Captured:
    item["author"] = Author(**item["author"])
    item["versions"] = tuple(
        Version(
            **{**version, "posted_at": _moment(version["posted_at"]), "received_at": _moment(version["received_at"])}
        )
        for version in item["versions"]
    )
    item["attachments"] = tuple(Attached(**attachment) for attachment in item["attachments"])
    item["deliveries"] = tuple(item["deliveries"])
    item["posted_at"], item["received_at"] = _moment(item["posted_at"]), _moment(item["received_at"])
    return Captured(**item)


def _moment(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text else None
