"""The note that lies with a plain message: its type, its id, what it answers, and each file with its checksum."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from torg.connectors.archives.fiks_arkiv.messages import Outgoing, Unreadable

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Listed:
    """One file as the manifest names it."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read; `answers` is the client message id of what it answers."""

    type: str
    answers: UUID | None
    files: tuple[Listed, ...]


def write(message: Outgoing, files: Iterable[Listed]) -> bytes:
    """The manifest of an outgoing message."""
    listed = [{"name": one.name, "mediaType": one.media_type, "size": one.size, "sha256": one.sha256} for one in files]
    content = {
        "type": message.type,
        "klientMeldingId": str(message.id),
        "klientKorrelasjonsId": str(message.id),
        "system": message.system,
        "files": listed,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes) -> Manifest:
    """The manifest of an answer; raises Unreadable."""
    try:
        told = json.loads(content)
        files = tuple(
            Listed(str(one["name"]), str(one.get("mediaType", "")), int(one["size"]), str(one["sha256"]).lower())
            for one in told.get("files", [])
        )
        return Manifest(str(told["type"]), answered(told), files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("the manifest is not what it should be") from error


def answered(told: Mapping[str, Any]) -> UUID | None:
    """Which of our messages an answer answers; the correlation id comes back unchanged."""
    try:
        return UUID(str(told["klientKorrelasjonsId"]))
    except (KeyError, ValueError):
        return None
