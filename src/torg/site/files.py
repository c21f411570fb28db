"""Answers with pictures, films and sound from this machine's disk, a piece at a time, so that none fills the memory."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any, BinaryIO

from torg.site import ranges
from torg.site.copies import Kept
from torg.site.ready import NOTHING, Headers, Scope, matches

PIECE = 256 * 1024
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def answer(kept: Kept, headers: Headers, scope: Scope, receive: Receive, send: Send) -> None:
    """The file, the stretch of it that is asked for (206), or that nothing has changed (304) or lies there (416)."""
    asked_if = dict(scope["headers"]).get(b"if-none-match", b"")
    if asked_if and matches(asked_if, kept.etag):
        await _nothing(send, 304, headers)
        return
    told = [*headers, (b"accept-ranges", b"bytes"), (b"content-type", kept.media_type.encode())]
    try:
        stretch = ranges.asked(scope["headers"], size=kept.length, etag=kept.etag)
    except ranges.Unsatisfiable:
        await _nothing(send, 416, [*headers, (b"content-range", f"bytes */{kept.length}".encode())])
        return
    first, length = stretch or (0, kept.length)
    if stretch is not None:
        told.append((b"content-range", f"bytes {first}-{first + length - 1}/{kept.length}".encode()))
    told.append((b"content-length", str(length).encode()))
    await send({"type": "http.response.start", "status": 206 if stretch else 200, "headers": told})
    if scope["method"] == "HEAD":
        await send(NOTHING)
        return
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await _pieces(kept.place, kept.first + first, length, send, until=leaving)
    finally:
        leaving.cancel()


async def _pieces(place: Path, first: int, length: int, send: Send, *, until: asyncio.Future[None]) -> None:
    # An open file stays whole for whoever reads it, also when the copy is taken away or replaced meanwhile.
    with place.open("rb") as file:
        file.seek(first)
        while length > PIECE and not until.done():
            await send({"type": "http.response.body", "body": await _read(file, PIECE), "more_body": True})
            length -= PIECE
        if not until.done():
            await send({"type": "http.response.body", "body": await _read(file, length)})


async def _left(receive: Receive) -> None:
    """Until whoever asked has gone: what is sent to them is thrown away, and a film would be read to its end."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _read(file: BinaryIO, length: int) -> bytes:
    return await asyncio.to_thread(file.read, length)


async def _nothing(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send(NOTHING)
