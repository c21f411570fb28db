"""Reads a body whole before Django sees the request: one that is too large, too slow or broken off never gets there.

Django runs in a few threads. Had a thread to wait for the network, as many slow visitors as there are threads would
be enough to keep everybody else out; and a form whose sender was cut off would be taken for the whole form.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http import HTTPStatus
from typing import Any

from django.conf import settings

from torg.config.live import Receive, Scope, Send

Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Slow enough for a picture over a poor mobile line.
BODY_SECONDS = 60.0
# Bodies on their way in, all together: visitors wait their turn rather than fill the memory.
MOST_BYTES_HELD = 256 * 1024 * 1024

WORDS = {
    HTTPStatus.REQUEST_TIMEOUT: "Dette kom for sakte fram. Prøv igjen.\n",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Dette er for stort til å sendes hit.\n",
    HTTPStatus.SERVICE_UNAVAILABLE: "Mange sender noe akkurat nå. Prøv igjen om litt.\n",
}


class Refused(Exception):
    """The body is not taken; `status` says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class BrokenOff(Exception):
    """The sender left before the body was whole; there is nobody to answer."""


class WholeBodies:
    """Hands requests on with their whole body: 413 when it is too large, 408 when it drips, 503 when too many send."""

    def __init__(
        self, application: Application, *, seconds: float = BODY_SECONDS, most_held: int = MOST_BYTES_HELD
    ) -> None:
        self._application = application
        self._seconds = seconds
        self._most_held = most_held
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if not has_body(headers):
            await self._application(scope, receive, send)
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
