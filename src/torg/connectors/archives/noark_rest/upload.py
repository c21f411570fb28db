"""Uploading a document's file: at once when it is small, else in parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from torg.connectors.archives.contract import File
from torg.connectors.archives.noark_rest.api import Answer, Api
from torg.connectors.archives.noark_rest.errors import TooLong, unreadable
from torg.connectors.contract import PermissionMissing, Refused

_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Above `whole` bytes (bulkgrense) a file goes in parts of `part` bytes."""

    whole: int = 150 * 1024 * 1024
    part: int = 8 * 1024 * 1024


def upload(api: Api, href: str, file: File, *, limits: Limits) -> None:
    """Send a file's bytes; the core keeps them only when all have come and agree with what the object says.

    Raises Refused when our own bytes are fewer or more than they should be.
    """
    if file.size <= limits.whole:
        try:
            _whole(api, href, file)
        except (TooLong, PermissionMissing):
            # The core's own limit is lower than ours; it answers so with 403 or 413.
            _in_parts(api, href, file, limits.part)
    else:
        _in_parts(api, href, file, limits.part)


def _whole(api: Api, href: str, file: File) -> None:
    headers = {"Content-Type": file.media_type, "Content-Length": str(file.size)}
    api.call("POST", href, is_act=True, headers=headers, content=lambda: _bytes_of(file))


def _in_parts(api: Api, href: str, file: File, size: int) -> None:
    begun = api.call(
        "POST",
        href,
        is_act=True,
        headers={
            "Content-Length": "0",
            "X-Upload-Content-Type": file.media_type,
            "X-Upload-Content-Length": str(file.size),
        },
    )
    session = begun.headers.get("location")
    if not session:
        raise unreadable(str(begun.status), is_act=True)
    start, answer = 0, begun
    with file.open() as opened:
        while start < file.size:
            part = _part(opened, min(size, file.size - start))
            span = f"bytes {start}-{start + len(part) - 1}/{file.size}"
            headers = {"Content-Type": file.media_type, "Content-Range": span}
            answer = api.call("PUT", session, is_act=True, headers=headers, content=part)
            start += len(part)
    if answer.status != 201:
        raise _unfinished(answer)


def _unfinished(answer: Answer) -> Exception:
    return unreadable(str(answer.status), is_act=True)


def _bytes_of(file: File) -> Iterator[bytes]:
    left = file.size
    with file.open() as opened:
        while left > 0:
            part = _part(opened, min(_READ, left))
            left -= len(part)
            yield part


def _part(opened: BinaryIO, size: int) -> bytes:
    part = opened.read(size)
    if len(part) != size:
        raise Refused("A document's file is shorter than when it was registered.", code="file-changed")
    return part
