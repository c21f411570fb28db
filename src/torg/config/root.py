"""Sends each request to the part that answers it, and measures and logs what was answered."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import structlog
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from torg.channels import intake
from torg.config import env, logs, memory, metrics
from torg.config.bodies import WholeBodies
from torg.config.health import Health
from torg.config.live import Hub, LiveStream, Receive, Scope, Send
from torg.config.static_files import StaticFiles
from torg.config.visitors import Visitors
from torg.site.freshness import Freshness
from torg.site.pages import StoredPages
from torg.site.ready import Headers, Message

log = structlog.get_logger(__name__)

PAGE_THREADS = 8
# Parts of an answer that wait for a slow reader in memory, so that no thread does: more than any static file has.
ANSWER_PARTS = 4096


class Service(Protocol):
    """Something that goes on in the event loop beside requests."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Store(Protocol):
    """Whole answers that lie ready."""

    def find(self, scope: Scope) -> tuple[Message, Message] | None: ...


class Root:
    """The ASGI application of `torg web`.

    Args:
        services: what goes on beside requests, in the order of starting.
        stores: whole answers that lie ready, asked first; they are counted, and not logged one by one.
        rooms: each part by the beginning of its path, the longest first; the last, "/", takes the rest.
    """

    def __init__(self, *, services: Sequence[Service], stores: Sequence[Store], rooms: Mapping[str, Any]) -> None:
        self._services = services
        self._find = [store.find for store in stores]
        self._rooms = rooms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for find in self._find:
                found = find(scope)
                if found is not None:
                    await send(found[0])
                    await send(found[1])
                    metrics.count_stored(found[0]["status"])
                    return
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live_through(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _live_through(self, receive: Receive, send: Send) -> None:
        await receive()
        for service in self._services:
            await service.start()
        memory.settle()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for service in reversed(self._services):
            await service.stop()
        # Last: what has been taken must be on disk before the process ends.
        await intake.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.perf_counter(), 500
        # The last takes the rest, also what is no path at all (`OPTIONS *`).
        *first, rest = self._rooms
        prefix = next((prefix for prefix in first if scope["path"].startswith(prefix)), rest)

        async def noting(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = with_transport_security(message)
            await send(message)

        room = unanswerable if has_nul(scope) else self._rooms[prefix]
        try:
            await room(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - began
            metrics.count_request(prefix, status, seconds)
            log.info(
                "web.answered",
                method=scope["method"],
                path=loggable(scope["path"]),
                status=status,
                ms=round(seconds * 1000, 1),
            )


def loggable(path: str) -> str:
    """The path without what is secret in it. Query strings are never logged: people search for names."""
    return logs.without_secrets(path)


def has_nul(scope: Scope) -> bool:
    """Whether the address or a cookie holds a NUL, plain or written out: PostgreSQL has no such character."""
    cookies = b"".join(value for name, value in scope["headers"] if name == b"cookie")
    return "\x00" in scope["path"] or b"%00" in scope["query_string"] or b"\\000" in cookies


async def unanswerable(scope: Scope, receive: Receive, send: Send) -> None:
    """400, for what no browser sends."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": b"Denne adressen kan ikke leses.\n"})


def with_transport_security(start: Any) -> Any:
    """The start of an answer that tells browsers to come by TLS only, whichever part of the house it is from."""
    headers = start.get("headers", [])
    if not settings.SECURE_HSTS_SECONDS or any(name == b"strict-transport-security" for name, _ in headers):
        return start
    return {**start, "headers": [*headers, *transport_security()]}


def transport_security() -> Headers:
    """The header that tells browsers so, where the house has TLS."""
    if not settings.SECURE_HSTS_SECONDS:
        return []
    return [(b"strict-transport-security", f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains".encode())]


class Intake:
    """What intake has taken but not written yet is written before the process ends."""

    async def start(self) -> None:
        """The door opens with the first delivery."""

    async def stop(self) -> None:
        await intake.close()


class SiteCopies:
    """Keeps the public pages on this machine's disk as the database has them."""

    def __init__(self, freshness: Freshness) -> None:
        self._freshness = freshness

    async def start(self) -> None:
        self._freshness.start()

    async def stop(self) -> None:
        # It waits for its thread, which the event loop must not.
        await asyncio.to_thread(self._freshness.stop)


def make_application() -> Any:
    """Everything that a web process serves."""
    visitors = Visitors()
    hub = Hub(env.conninfo(connections.settings["default"]))
    health = Health(visitors, hub)
    # The bridge and Django describe the same two protocols with different types.
    django: Any = get_wsgi_application()
    bridge: Any = WSGIMiddleware(django, workers=PAGE_THREADS, send_queue_size=ANSWER_PARTS)
    pages = WholeBodies(bridge, reach=visitors.reach)
    site = StoredPages(settings.SITE_FOLDER, then=pages, headers=transport_security())
    static = StaticFiles(Path(settings.STATIC_ROOT), settings.STATIC_URL, headers=transport_security())
    rooms = {
        "/webhooks/": intake.application,
        "/events": LiveStream(hub, visitors.reach),
        "/healthz": health.alive,
        "/readyz": health.ready,
        "/metrics": health.metrics,
        "/": site,
    }
    return Root(services=[Intake(), SiteCopies(Freshness(site)), hub], stores=[site, static], rooms=rooms)
