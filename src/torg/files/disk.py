"""Bytes on disk, each file under its own SHA-256: written whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from django.conf import settings

WRITERS = 8


def place_of(sha256: str) -> Path:
    """Where the file with this hash lies; two levels of folders keep each small."""
    return Path(settings.FILES_FOLDER) / sha256[:2] / sha256[2:4] / sha256


def write(contents: Mapping[str, bytes]) -> None:
    """Put the bytes on disk, each by its SHA-256, so that they survive a power cut from here on.

    The same bytes twice are one file. Several are written at a time, for what takes time is waiting for the disk.
    """
    with ThreadPoolExecutor(min(len(contents), WRITERS) or 1) as writers:
        folders = set(chain.from_iterable(writers.map(_put, contents, contents.values())))
        for _done in writers.map(_sync, folders):
            pass


def _put(sha256: str, data: bytes) -> list[Path]:
    """Returns the folders that are to be made durable."""
    place = place_of(sha256)
    if place.exists() and digest(place) == sha256:
        # Its age keeps the sweeping of strays away while the caller's transaction is open.
        os.utime(place)
        return []
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return list(place.parents[:3])


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty file beside the others, for what is written piece by piece; it is gone afterwards unless taken over.

    It lies where strays lie, so that what a crash leaves behind is swept.
    """
    folder = Path(settings.FILES_FOLDER) / "00" / "00"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def take_over(source: Path, sha256: str) -> None:
    """Move a file that was written to its place, so that it survives a power cut from here on."""
    place = place_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    _sync(source)
    source.replace(place)
    for folder in place.parents[:3]:
        _sync(folder)


def digest(place: Path) -> str:
    """The SHA-256 of what lies there now; raises FileNotFoundError."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def everything() -> Iterator[Path]:
    """Each file in the folder, half-written ones included."""
    yield from (path for path in Path(settings.FILES_FOLDER).glob("*/*/*") if path.is_file())


def _sync(place: Path) -> None:
    """A new name is durable only when its folder is, and its bytes only when the file is."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
