"""A small store on local disk for deliveries that arrive while PostgreSQL is away."""

import os
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from torg.core import ids

SUFFIX = ".deliveries"
# id, received (microseconds), length of platform, of state, of headers' digest, of body
HEAD = struct.Struct(">16sqBBBQ")


class Delivery(NamedTuple):
    """A signed delivery as it arrived; `state` is INSPECT for what cannot be read."""

    id: UUID
    platform: str
    received_at: datetime
    body: bytes
    headers_digest: bytes
    state: str = "PENDING"

    def __repr__(self) -> str:
        """Without what people wrote: a trace of an error may be logged."""
        return f"Delivery({self.id})"


class SpoolFull(Exception):
    """The spool has reached its size; the platform must keep what we cannot."""


@dataclass(frozen=True, slots=True)
class Spool:
    """Files of deliveries in one folder, written whole and synced before they are answered for."""

    folder: Path
    max_bytes: int = 512 * 1024 * 1024

    def keep(self, deliveries: Sequence[Delivery]) -> Path:
        """Write deliveries to a file of their own; returns when it is on disk. Raises SpoolFull."""
        content = b"".join(map(_packed, deliveries))
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.size() + len(content) > self.max_bytes:
            raise SpoolFull
        path = self.folder / f"{deliveries[0].received_at:%Y%m%dT%H%M%S%f}-{ids.new().hex}{SUFFIX}"
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
        _sync_folder(self.folder)
        return path

    def size(self) -> int:
        """How many bytes lie here."""
        return sum(path.stat().st_size for path in self.folder.glob(f"*{SUFFIX}"))

    def files(self) -> list[Path]:
        """The whole files, oldest first; a partial one was never answered for."""
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def remove(self, path: Path) -> None:
        """Forget a file whose deliveries are all in the database."""
        path.unlink(missing_ok=True)
        _sync_folder(self.folder)

    def put_aside(self, path: Path) -> None:
        """Keep a copy of a damaged file for a person to look at; it is imported no more."""
        shutil.copyfile(path, path.with_suffix(".damaged"))
        _sync_folder(self.folder)


def read(path: Path) -> Iterator[Delivery]:
    """The deliveries of one file."""
    with path.open("rb") as file:
        while head := file.read(HEAD.size):
            number, microseconds, *lengths = HEAD.unpack(head)
            platform, state, digest, body = (_exactly(file, length) for length in lengths)
            yield Delivery(
                id=UUID(bytes=number),
                platform=platform.decode(),
                received_at=datetime.fromtimestamp(microseconds / 1_000_000, UTC),
                body=body,
                headers_digest=digest,
                state=state.decode(),
            )


def _packed(delivery: Delivery) -> bytes:
    platform, state = delivery.platform.encode(), delivery.state.encode()
    microseconds = int(delivery.received_at.timestamp() * 1_000_000)
    head = HEAD.pack(
        delivery.id.bytes, microseconds, len(platform), len(state), len(delivery.headers_digest), len(delivery.body)
    )
    return head + platform + state + delivery.headers_digest + delivery.body


def _exactly(file: BinaryIO, length: int) -> bytes:
    # A damaged length can be any number: nobody asks for more memory than the file has bytes.
    found = file.read(min(length, os.fstat(file.fileno()).st_size))
    if len(found) != length:
        raise EOFError("A spool file is shorter than it says.")
    return found


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
