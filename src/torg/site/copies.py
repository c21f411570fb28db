"""Copies of the public pages on this machine's own disk, so that they are there when the database is not."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from torg.files import disk

SUFFIX = ".page"
# The line before a page's bytes is far shorter.
LONGEST_HEAD = 10_000
# Addresses of pictures, films and sound hold the digest of their bytes.
PICTURES = "/media/"


@dataclass(frozen=True, slots=True)
class Copy:
    """One page as it is sent. `version` is the site's change that made it so.

    `frame_ancestors` says which web sites may show it in a box, in the words of the content security policy. Of a
    picture or film the bytes stay on disk (`is_on_disk`): all of them would fill the memory.
    """

    path: str
    etag: str
    media_type: str
    version: int
    body: bytes
    compressed: bytes
    frame_ancestors: str = ""
    is_on_disk: bool = False
    # Of a film: where its bytes lie in the files room, which is not copied.
    file_sha256: str = ""
    file_size: int = 0

    def of_file(self, sha256: str, size: int) -> "Copy":
        """With its bytes in the files room, if it has any there."""
        return replace(self, file_sha256=sha256, file_size=size)

    def without_bytes(self) -> "Copy":
        """As it is kept in memory."""
        return replace(self, body=b"", compressed=b"", is_on_disk=True) if self.path.startswith(PICTURES) else self


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a file's plain bytes lie on the disk: in `place`, from `first`, so many."""

    place: Path
    first: int
    length: int
    etag: str
    media_type: str


class Copies:
    """The folder of copies. A file is whole or absent: written beside, flushed to the disk, then renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self) -> dict[str, Copy]:
        """Every copy that can be read, by its path; a damaged file is left out and fetched anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return {copy.path: copy.without_bytes() for copy in self._read_all()}

    def kept(self, path: str) -> Kept | None:
        """Where the copy's bytes lie, or None when it is not there or not whole."""
        place = self._place_of(path)
        try:
            with place.open("rb") as file:
                told = file.readline(LONGEST_HEAD)
            head = json.loads(told)
            is_whole = place.stat().st_size == len(told) + head["plain"] + head["compressed"]
            if is_whole and head.get("file_sha256"):
                return _in_files(head)
            found = Kept(place, len(told), head["plain"], head["etag"], head["media_type"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if is_whole else None

    def put(self, copy: Copy) -> None:
        """Keep the copy, in place of an older one."""
        head = {"path": copy.path, "etag": copy.etag, "media_type": copy.media_type, "version": copy.version}
        head |= {"frame_ancestors": copy.frame_ancestors, "plain": len(copy.body), "compressed": len(copy.compressed)}
        head |= {"file_sha256": copy.file_sha256, "file_size": copy.file_size}
        told = json.dumps(head).encode()
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
            try:
                file.write(told + b"\n" + copy.body + copy.compressed)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                # Half a file on a full disk keeps it full.
                Path(file.name).unlink()
                raise
        Path(file.name).replace(self._place_of(copy.path))
        self._flush_folder()

    def remove(self, path: str) -> None:
        """Let the copy go, if there is one."""
        self._place_of(path).unlink(missing_ok=True)
        self._flush_folder()

    def _place_of(self, path: str) -> Path:
        return self.folder / (hashlib.sha256(path.encode()).hexdigest()[:40] + SUFFIX)

    def _read_all(self) -> Iterator[Copy]:
        for place in self.folder.glob(f"*{SUFFIX}"):
            copy = parse(place.read_bytes())
            if copy is not None:
                yield copy

    def _flush_folder(self) -> None:
        # Without this a renamed file can be gone after a power failure.
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _in_files(head: Mapping[str, Any]) -> Kept | None:
    """Where a film lies, if it is there in its whole length; raises OSError when it is not."""
    place = disk.place_of(head["file_sha256"])
    if place.stat().st_size != head["file_size"]:
        return None
    return Kept(place, 0, head["file_size"], head["etag"], head["media_type"])


def parse(data: bytes) -> Copy | None:
    """A copy from its file, or None when it is not whole."""
    told, _, content = data.partition(b"\n")
    try:
        head = json.loads(told)
        plain, compressed = head.pop("plain"), head.pop("compressed")
        if len(content) != plain + compressed:
            return None
        return Copy(**head, body=content[:plain], compressed=content[plain:])
    except (ValueError, KeyError, TypeError):
        return None
