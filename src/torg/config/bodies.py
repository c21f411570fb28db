"""Reads a body whole before Django sees the request: one that is too large, too slow or broken off never gets there.

Django runs in a few threads. Had a thread to wait for the network, as many slow visitors as there are threads would
be enough to keep everybody else out; and a form whose sender was cut off would be taken for the whole form.
"""

import asyncio
import errno
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http import HTTPStatus
from typing import IO, Any

from django.conf import settings

from torg.config.live import Reach, Receive, Scope, Send

Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Slow enough for a picture over a poor mobile line.
BODY_SECONDS = 60.0
# Bodies on their way in, all together: visitors wait their turn rather than fill the memory.
MOST_BYTES_HELD = 256 * 1024 * 1024
# A film lies on disk while it comes: a part at a time is in memory, and few may send one at once.
PART = 256 * 1024
MOST_FILMS = 4
# It lies there as it comes, and once more as Django takes it in; what else is written there needs room too.
COPIES, ROOM = 2, 200_000_000
# There was room when it began; others write, too.
FULL = {errno.ENOSPC, errno.EDQUOT}
# As slow as a poor line sends; whoever is slower only keeps others out.
SLOWEST = 100_000

WORDS = {
    HTTPStatus.REQUEST_TIMEOUT: "Dette kom for sakte fram. Prøv igjen.\n",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Dette er for stort til å sendes hit.\n",
    HTTPStatus.INSUFFICIENT_STORAGE: "Serveren har ikke plass til filmen. Si fra til dem som drifter den.\n",
    HTTPStatus.SERVICE_UNAVAILABLE: "Mange sender noe akkurat nå. Prøv igjen om litt.\n",
}


class Refused(Exception):
    """The body is not taken; `status` says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class BrokenOff(Exception):
    """The sender left before the body was whole; there is nobody to answer."""


async def nobody(_scope: Scope) -> None:
    """A reach by which everybody is a stranger."""


class WholeBodies:
    """Hands requests on with their whole body: 413 when it is too large, 408 when it drips, 503 when too many send,
    507 when the disk has no room for a film.

    Films are taken from those whom `reach` knows: anybody can send a cookie.
    """

    def __init__(
        self,
        application: Application,
        *,
        reach: Reach = nobody,
        seconds: float = BODY_SECONDS,
        most_held: int = MOST_BYTES_HELD,
    ) -> None:
        self._application = application
        self._reach = reach
        self._seconds = seconds
        self._most_held = most_held
        self._held = 0
        self._films = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if not has_body(headers):
            await self._application(scope, receive, send)
            return
        most = longer_limit(scope, headers)
        if most is not None and await self._reach(scope) is not None:
            await self._take_film(most, scope, receive, send)
            return
        body = bytearray()
        try:
            await self._read(body, headers, receive)
            await self._application(scope, replay(bytes(body), receive), send)
        except Refused as refusal:
            await refuse(send, refusal.status)
        except BrokenOff:
            return
        finally:
            self._held -= len(body)

    async def _take_film(self, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may be long; it is on disk, whole, before Django sees it."""
        if self._films >= MOST_FILMS:
            await refuse(send, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        self._films += 1
        try:
            with tempfile.TemporaryFile() as file:
                length = await self._written(file, most, scope, receive)
                await self._application(scope, read_again(file, length, receive), send)
        except Refused as refusal:
            await refuse(send, refusal.status)
        except OSError as error:
            if error.errno not in FULL:
                raise
            await refuse(send, HTTPStatus.INSUFFICIENT_STORAGE)
        except BrokenOff:
            return
        finally:
            self._films -= 1

    async def _written(self, file: IO[bytes], most: int, scope: Scope, receive: Receive) -> int:
        """Write the body to the file as it comes; returns its length. Raises Refused or BrokenOff."""
        said = int(dict(scope["headers"]).get(b"content-length", b"0"))
        if said > most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if shutil.disk_usage(tempfile.gettempdir()).free < ROOM + COPIES * (said or most):
            raise Refused(HTTPStatus.INSUFFICIENT_STORAGE)
        try:
            return await _take_to_disk(file, most, receive, patience=self._seconds)
        except TimeoutError:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT) from None

    async def _read(self, body: bytearray, headers: Mapping[bytes, bytes], receive: Receive) -> None:
        """Fill `body`; raises Refused or BrokenOff."""
        limit = limit_for(headers)
        if int(headers.get(b"content-length", b"0")) > limit:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(self._seconds):
                await self._take(body, limit, receive)
        except TimeoutError:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT) from None

    async def _take(self, body: bytearray, limit: int, receive: Receive) -> None:
        is_more = True
        while is_more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise BrokenOff
            part = message.get("body", b"")
            body += part
            self._held += len(part)
            if len(body) > limit:
                raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            if self._held > self._most_held:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
            is_more = message.get("more_body", False)


def has_body(headers: Mapping[bytes, bytes]) -> bool:
    """Whether the request says that something follows its head."""
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


def limit_for(headers: Mapping[bytes, bytes]) -> int:
    """The largest body: files may be larger than forms."""
    is_upload = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
    return settings.UPLOAD_MAX_BYTES if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def longer_limit(scope: Scope, headers: Mapping[bytes, bytes]) -> int | None:
    """How long the body may be where films are taken, from somebody who says that they are signed in; else None."""
    is_upload = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
    has_session = settings.SESSION_COOKIE_NAME.encode() + b"=" in headers.get(b"cookie", b"")
    return settings.LONG_UPLOADS.get(scope["path"]) if is_upload and has_session else None


async def _take_to_disk(file: IO[bytes], most: int, receive: Receive, *, patience: float) -> int:
    """Write the body to the file as it comes; returns its length.

    It may lag behind the slowest line by so many seconds, at any time and not only at the end: whoever drips takes
    the place of others. Raises Refused, BrokenOff or TimeoutError.
    """
    length, is_more = 0, True
    last_moment = asyncio.get_running_loop().time() + patience
    while is_more:
        async with asyncio.timeout_at(last_moment + length / SLOWEST):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise BrokenOff
        part = message.get("body", b"")
        length += len(part)
        if length > most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        await asyncio.to_thread(file.write, part)
        is_more = message.get("more_body", False)
    await asyncio.to_thread(file.flush)
    return length


def read_again(file: IO[bytes], length: int, receive: Receive) -> Receive:
    """A `receive` that gives the body from the file in parts, and then what comes after it."""
    left = length
    file.seek(0)

    async def again() -> MutableMapping[str, Any]:
        nonlocal left
        if left < 0:
            return await receive()
        part = await asyncio.to_thread(file.read, PART)
        left -= len(part)
        is_more = left > 0
        left = left if is_more else -1
        return {"type": "http.request", "body": part, "more_body": is_more}

    return again


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body first, and then what comes after it."""
    waiting: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return again


async def refuse(send: Send, status: HTTPStatus) -> None:
    """Answer that the body is not taken; the connection ends, for what follows on it is the rest of the body."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    headers += [(b"retry-after", b"30")] if status == HTTPStatus.SERVICE_UNAVAILABLE else []
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": WORDS[status].encode()})
