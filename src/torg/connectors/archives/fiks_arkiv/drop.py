"""A folder that both sides see: messages go into `out`, the carrier moves them to `taken` and lays answers in `in`.

Everything appears by renaming, so that nobody sees half a message. We never delete: answers that are stored go to
`done`, under the id of the message that they answer.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from uuid import UUID

from torg.connectors.archives.fiks_arkiv.messages import Incoming, Outgoing, Unreadable
from torg.connectors.contract import Refused, Temporary

OUT, TAKEN, IN, DONE, WORK = "out", "taken", "in", "done", "work"
# Names that mean something in one of the packings, beside the payload.
_RESERVED = re.compile(r"(manifest|headers)\.json|mimetype|meta-inf", re.IGNORECASE)
_SAFE_NAME = re.compile(r"[\w][\w .+()-]{0,199}")
_HANDLE = re.compile(r"[\w][\w.-]{0,199}")


class Packing(Protocol):
    """The form of one message in the folder."""

    suffix: str

    def pack(self, message: Outgoing, place: Path) -> None:
        """Write it at a place that does not exist yet; raises OSError or Refused."""

    def unpack(self, place: Path) -> Incoming:
        """Read an answer; raises Unreadable or OSError."""


class FolderDrop:
    """Messages and answers in a folder, which the operator shares with whoever carries them on."""

    def __init__(self, root: Path, packing: Packing) -> None:
        self._root = root
        self._packing = packing

    def put(self, message: Outgoing) -> None:
        """Write aside, then rename; the carrier's `taken` counts as ours, so a message is never handed over twice."""
        _check_names(message)
        if self.has(message.id):
            return
        try:
            self._make_folders()
            work = Path(tempfile.mkdtemp(dir=self._root / WORK))
            try:
                self._packing.pack(message, work / "message")
                _sync(work / "message")
                (work / "message").rename(self._root / OUT / self._name(message.id))
            finally:
                shutil.rmtree(work, ignore_errors=True)
            _sync_folder(self._root / OUT)
        except OSError as error:
            raise Temporary("The folder of the archive cannot be written to.", code=_code(error)) from error

    def has(self, id: UUID) -> bool:
        """Whether it lies there or has been taken."""
        return any((self._root / place / self._name(id)).exists() for place in (OUT, TAKEN))

    def answers(self) -> Iterator[Incoming | tuple[str, Unreadable]]:
        """What lies in `in`, by name; hidden entries are still being written."""
        for place in _entries(self._root / IN):
            try:
                yield self._packing.unpack(place)
            except Unreadable as problem:
                yield place.name, problem
            except OSError as error:
                raise Temporary("An answer from the archive cannot be read.", code=_code(error)) from error

    def answers_to(self, id: UUID) -> Iterator[Incoming]:
        """Stored answers first: they came first."""
        for place in _entries(self._root / DONE / str(id)):
            yield self._packing.unpack(place)
        for incoming in self.answers():
            if isinstance(incoming, Incoming) and incoming.answers == id:
                yield incoming

    def acknowledge(self, handle: str) -> None:
        """Move the answer to `done`."""
        if not _HANDLE.fullmatch(handle):
            raise Refused("That is not the name of an answer.")
        place = self._root / IN / handle
        if not place.exists():
            return
        try:
            answered = self._packing.unpack(place).answers
        except Unreadable:
            answered = None
        aside = self._root / DONE / str(answered or "unreadable")
        try:
            aside.mkdir(parents=True, exist_ok=True)
            place.rename(aside / handle)
        except OSError as error:
            raise Temporary("An answer from the archive cannot be laid aside.", code=_code(error)) from error

    def check(self) -> str:
        """Whether we may write there, and how much waits to be taken."""
        try:
            self._make_folders()
            with tempfile.TemporaryFile(dir=self._root / WORK):
                waiting = sum(1 for _ in _entries(self._root / OUT))
        except OSError as error:
            raise Temporary("The folder of the archive cannot be written to.", code=_code(error)) from error
        return f"{waiting} waiting to be taken"

    def _name(self, id: UUID) -> str:
        return f"{id}{self._packing.suffix}"

    def _make_folders(self) -> None:
        for name in (OUT, TAKEN, IN, DONE, WORK):
            (self._root / name).mkdir(parents=True, exist_ok=True)


def _check_names(message: Outgoing) -> None:
    names = [part.name for part in message.parts]
    if len({name.casefold() for name in names}) != len(names):
        raise Refused("Two files of the message have the same name.")
    for name in names:
        if not _SAFE_NAME.fullmatch(name) or _RESERVED.fullmatch(name):
            raise Refused("A file of the message has a name that the archive cannot take.")


def _entries(folder: Path) -> list[Path]:
    """What stands in a folder, oldest first by name; none when it is not there."""
    if not folder.is_dir():
        return []
    visible = [place for place in folder.iterdir() if not place.name.startswith(".")]
    return sorted(visible, key=lambda place: (place.stat().st_mtime_ns, place.name))


def _sync(place: Path) -> None:
    """Force it to disk before its name appears."""
    files = [file for file in place.rglob("*") if file.is_file()] if place.is_dir() else [place]
    for file in files:
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
    if place.is_dir():
        _sync_folder(place)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _code(error: OSError) -> str:
    return str(error.errno or "")
