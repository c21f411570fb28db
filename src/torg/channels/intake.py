"""The door for platforms' deliveries: bare ASGI, beside Django, because each delivery must be on disk in milliseconds.

Checks the signature over the raw bytes, writes them, answers. Reads nothing out of them, and never says no to a
signed delivery because of their number. Answers: 200 kept, 400 signed but not JSON (kept for inspection), 403 not
signed by us, 404 and 405 nothing here, 408 too slow, 413 too long, 503 cannot be kept now.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import psycopg
import structlog
from django.conf import settings
from django.db import connections
from pydantic_core import from_json

from torg.channels.keys import Keys
from torg.channels.patience import Patience, TooSlow
from torg.channels.spool import Delivery, Spool
from torg.channels.writing import Full, Writer
from torg.core import clock, ids

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PLATFORMS = {"/webhooks/facebook": "facebook"}
SIGNATURE = b"x-hub-signature-256"
# Kept as a digest: enough to tell two arrivals apart, nothing to leak.
HEADERS = (b"user-agent", b"content-type", b"x-hub-signature-256", b"x-forwarded-for")

# The challenge is echoed: no browser may take it for anything but text.
_HEADERS = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]

log = structlog.get_logger(__name__)


class TooLong(Exception):
    """The body is longer than we take."""


# Platforms send at once; who drips holds memory before anything is known of them.
BODY_SECONDS = 20.0


class Door:
    """One process' intake: its connection to PostgreSQL, its writer, its keys."""

    def __init__(self) -> None:
        self._databases: dict[str, psycopg.AsyncConnection] = {}
        self._lock = asyncio.Lock()
        self.writer = Writer(lambda: self._connection("writing"), Spool(Path(settings.SPOOL_FOLDER)))
        self._patience = Patience(BODY_SECONDS)
        self.keys = {platform: Keys(platform, lambda: self._connection("keys")) for platform in set(PLATFORMS.values())}

    async def answer(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        """The status and text for one request."""
        platform = PLATFORMS.get(scope["path"].rstrip("/"))
        if platform is None:
            return 404, b""
        if scope["method"] == "GET":
            return await self._verify(platform, scope["query_string"])
        if scope["method"] != "POST":
            return 405, b""
        try:
            body = await _body(scope, receive, self._patience)
        except TooLong:
            return 413, b""
        except TooSlow:
            return 408, b""
        return await self._take(platform, body, scope["headers"])

    async def close(self) -> None:
        """Write what waits and let go of PostgreSQL."""
        await self.writer.stop()
        for database in self._databases.values():
            await database.close()

    async def _verify(self, platform: str, query: bytes) -> tuple[int, bytes]:
        """The platform asks whether this address is ours, before it delivers anything."""
        asked = dict(parse_qsl(query.decode("utf-8", "replace")))
        token = asked.get("hub.verify_token", "").encode()
        if asked.get("hub.mode") == "subscribe" and token and await self.keys[platform].knows(token):
            return 200, asked.get("hub.challenge", "").encode()
        return 403, b""

    async def _take(self, platform: str, body: bytes, headers: list[tuple[bytes, bytes]]) -> tuple[int, bytes]:
        keys = self.keys[platform]
        told = dict(headers)
        if not await keys.fits(body, told.get(SIGNATURE, b"")):
            # Without a single secret we cannot judge (a start while PostgreSQL is away): the platform shall try again.
            return (403, b"") if keys.is_loaded else (503, b"")
        is_json = _is_json(body)
        delivery = Delivery(
            id=ids.new(),
            platform=platform,
            received_at=clock.now(),
            body=body,
            headers_digest=hashlib.sha256(b"\n".join([told.get(name, b"") for name in HEADERS])).digest(),
            state="PENDING" if is_json else "INSPECT",
        )
        try:
            await self.writer.put(delivery)
        except Full:
            return 503, b""
        return (200 if is_json else 400), b""

    async def _connection(self, purpose: str) -> psycopg.AsyncConnection:
        known = self._databases.get(purpose)
        if known is not None and not known.closed and not known.broken:
            return known
        async with self._lock:
            self._databases[purpose] = await psycopg.AsyncConnection.connect(
                **_parameters(), autocommit=True, connect_timeout=3, prepare_threshold=1
            )
        return self._databases[purpose]


_doors: dict[asyncio.AbstractEventLoop, Door] = {}


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application for `/webhooks/…`."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    status, text = await _door().answer(scope, receive)
    headers = _HEADERS if status != 503 else [*_HEADERS, (b"retry-after", b"30")]
    length = (b"content-length", str(len(text)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": text})


async def close() -> None:
    """Write what waits; for whoever runs the lifespan of the whole server."""
    door = _doors.pop(asyncio.get_running_loop(), None)
    if door is not None:
        await door.close()


def _door() -> Door:
    loop = asyncio.get_running_loop()
    if loop not in _doors:
        _doors[loop] = Door()
    return _doors[loop]


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            await close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _body(scope: Scope, receive: Receive, patience: Patience) -> bytes:
    """The body, read no further than we take."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if announced.isdigit() and int(announced) > settings.WEBHOOK_MAX_BYTES:
        raise TooLong
    with patience.waiting():
        message = await receive()
        body: bytes = message.get("body", b"")
        if (
            message["type"] == "http.request"
            and not message.get("more_body")
            and len(body) <= settings.WEBHOOK_MAX_BYTES
        ):
            return body
        return await _read(message, receive)


async def _read(message: MutableMapping[str, Any], receive: Receive) -> bytes:
    """The rest of a body that came in parts."""
    parts, size = [], 0
    while True:
        if message["type"] == "http.disconnect":
            raise TooLong
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > settings.WEBHOOK_MAX_BYTES:
            raise TooLong
        if not message.get("more_body"):
            return b"".join(parts)
        message = await receive()


def _is_json(body: bytes) -> bool:
    """Whether it is a JSON object; read whole, by the quick reader first, which knows no lone surrogates."""
    try:
        return isinstance(from_json(body, allow_inf_nan=True), dict)
    except ValueError:
        return _is_unusual_json(body)


def _is_unusual_json(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


def _parameters() -> dict[str, Any]:
    """Django's own database settings, as psycopg takes them."""
    return {
        name: value
        for name, value in connections["default"].get_connection_params().items()
        if name in {"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "options"}
    }
