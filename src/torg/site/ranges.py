"""Which part of a file a browser asks for: films are played, and searched, a stretch at a time (RFC 9110, 14)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

ASKED = re.compile(rb"bytes=(\d{0,15})-(\d{0,15})")


class Stretch(NamedTuple):
    """Bytes from `first`, and how many."""

    first: int
    length: int


class Unsatisfiable(Exception):
    """The stretch begins where the file has ended."""


def asked(headers: Iterable[tuple[bytes, bytes]], *, size: int, etag: str) -> Stretch | None:
    """The one stretch that is asked for; None for the whole file.

    The whole is also the answer to several stretches at once, to what cannot be understood, and to a browser that
    holds a part of other bytes (`If-Range`). Raises Unsatisfiable.
    """
    told = dict(headers)
    found = ASKED.fullmatch(told.get(b"range", b"").replace(b" ", b""))
    if found is None or told.get(b"if-range", etag.encode()) != etag.encode():
        return None
    first, last = found.groups()
    if not first:
        return _end(int(last), size) if last else None
    if int(first) >= size:
        raise Unsatisfiable
    end = min(int(last) if last else size - 1, size - 1)
    return Stretch(int(first), end - int(first) + 1) if end >= int(first) else None


def _end(length: int, size: int) -> Stretch:
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Stretch(max(0, size - length), min(length, size))
