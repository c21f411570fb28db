"""Refuses a body that is too large before Django reads it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from torg.config.live import Receive, Scope, Send

Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class LimitedBodies:
    """Answers 413 to a body over the limit, by its announced length or, when it has none, by counting."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        limit = limit_for(headers)
        announced = headers.get(b"content-length")
        if announced is None and b"transfer-encoding" in headers:
            body = await read_at_most(limit, receive)
            if body is None:
                await refuse(send)
                return
            receive = replay(body, receive)
        elif announced is not None and int(announced) > limit:
            await refuse(send)
            return
        await self._application(scope, receive, send)


def limit_for(headers: MutableMapping[bytes, bytes]) -> int:
    """The largest body: files may be larger than forms."""
    is_upload = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
    return settings.UPLOAD_MAX_BYTES if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


async def read_at_most(limit: int, receive: Receive) -> bytes | None:
    """The whole body, or None when it is longer than `limit`."""
    body = bytearray()
    is_more = True
    while is_more and len(body) <= limit:
        message = await receive()
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
    return bytes(body) if len(body) <= limit else None


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body first, and then what comes after it."""
    waiting: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return again


async def refuse(send: Send) -> None:
    """Answer that the body is too large."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": "Dette er for stort til å sendes hit.\n".encode()})
