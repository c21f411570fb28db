"""A message as a folder or a ZIP with a manifest, for an archive or a carrier on the same file system."""

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from torg.connectors.archives.fiks_arkiv import manifest
from torg.connectors.archives.fiks_arkiv.manifest import Listed
from torg.connectors.archives.fiks_arkiv.messages import Incoming, Outgoing, Part, Unreadable
from torg.connectors.contract import Refused

_MOST_ANSWER_BYTES = 10_000_000
_CHUNK = 1 << 20
# ZIP knows no time before 1980; a fixed one makes the same message the same bytes.
_TIMELESS = (1980, 1, 1, 0, 0, 0)


class Folder:
    """One folder a message."""

    suffix = ""

    def pack(self, message: Outgoing, place: Path) -> None:
        """Write the parts, then the manifest."""
        place.mkdir()
        listed = []
        for part in message.parts:
            with (place / part.name).open("xb") as target:
                listed.append(copy(part, target))
        (place / manifest.NAME).write_bytes(manifest.write(message, listed))

    def unpack(self, place: Path) -> Incoming:
        """Read an answer's folder; one without a manifest is not finished or not ours."""
        if not (place / manifest.NAME).is_file():
            raise Unreadable("the answer has no manifest")
        return _read(place.name, lambda name: (place / name).open("rb"))


class Zip:
    """One ZIP a message."""

    suffix = ".zip"

    def pack(self, message: Outgoing, place: Path) -> None:
        """Write the parts, then the manifest."""
        with zipfile.ZipFile(place, "x", zipfile.ZIP_DEFLATED) as archive:
            listed = []
            for part in message.parts:
                with archive.open(entry(part.name), "w", force_zip64=True) as target:
                    listed.append(copy(part, target))
            archive.writestr(entry(manifest.NAME), manifest.write(message, listed))

    def unpack(self, place: Path) -> Incoming:
        """Read an answer's ZIP."""
        try:
            with zipfile.ZipFile(place) as archive:
                return _read(place.name, lambda name: archive.open(name))
        except (zipfile.BadZipFile, KeyError, RuntimeError) as error:
            raise Unreadable("the answer is not a whole ZIP with a manifest") from error


def copy(part: Part, target: IO[bytes]) -> Listed:
    """Write a part, and list what was written; raises Refused when it is not what it should be."""
    sha256, size = hashlib.sha256(), 0
    with part.open() as source:
        while chunk := source.read(_CHUNK):
            sha256.update(chunk)
            size += len(chunk)
            target.write(chunk)
    if part.sha256 and part.sha256 != sha256.hexdigest():
        raise Refused("A document's file has changed since it was registered.")
    return Listed(part.name, part.media_type, size, sha256.hexdigest())


def _read(handle: str, open_file: Callable[[str], IO[bytes]]) -> Incoming:
    told = manifest.read(_content(open_file, manifest.NAME))
    if len(told.files) > 1:
        raise Unreadable("the answer has more than one file")
    payload = None
    for one in told.files:
        if Path(one.name).name != one.name:
            raise Unreadable("the answer names a file outside of itself")
        payload = _content(open_file, one.name)
        if len(payload) != one.size or hashlib.sha256(payload).hexdigest() != one.sha256:
            raise Unreadable("the answer's file is not the one that its manifest names")
    return Incoming(handle, told.type, told.answers, payload)


def _content(open_file: Callable[[str], IO[bytes]], name: str) -> bytes:
    try:
        with open_file(name) as opened:
            content = opened.read(_MOST_ANSWER_BYTES + 1)
    except FileNotFoundError as error:
        raise Unreadable("a file of the answer is missing") from error
    if len(content) > _MOST_ANSWER_BYTES:
        raise Unreadable("the answer is longer than we take")
    return content


def entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A ZIP entry without a time."""
    info = zipfile.ZipInfo(name, _TIMELESS)
    info.compress_type = compression
    return info
