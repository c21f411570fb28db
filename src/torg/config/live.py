"""The live stream: what PostgreSQL notifies reaches the browsers of those who may see it, as ids only.

Each process has one LISTEN connection. A notification is never stored, so whoever may have missed one is
told to fetch again: when a stream opens, after a lost connection to the database, after a queue ran full.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
import structlog

log = structlog.get_logger(__name__)

CHANNEL = "torg_live"
QUEUED_EVENTS = 100
HEARTBEAT_SECONDS = 15.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0
# The kind becomes the name of an event in the stream: a line break in it would forge a second event.
KIND = re.compile(r"[a-z][a-z_.-]{0,39}")
REFETCH = b"event: refetch\ndata: {}\n\n"
HEARTBEAT = b": still here\n\n"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
# Whoever a request belongs to, as the scopes they may read now; None when nobody is signed in.
Reach = Callable[[Scope], Awaitable[frozenset[UUID] | None]]


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification: something of this scope changed."""

    scope_id: UUID
    event: bytes


def read_notice(payload: str) -> Notice | None:
    """The notice in a payload; None for what we did not write."""
    try:
        told = json.loads(payload)
        kind = told["kind"]
        if not KIND.fullmatch(kind):
            return None
        facts = {name: told[name] for name in ("id", "count") if name in told}
        return Notice(UUID(told["scope"]), f"event: {kind}\ndata: {json.dumps(facts)}\n\n".encode())
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


@dataclass(eq=False)
class Client:
    """One open stream."""

    scopes: frozenset[UUID]
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUED_EVENTS))

    def put(self, event: bytes) -> None:
        """Queue an event; a client too slow for its queue gets one hint to fetch again instead of all of it."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            event = REFETCH
        self.queue.put_nowait(event)


class Hub:
    """Listens once for the process and hands each notice to the clients whose scopes it concerns."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._clients: set[Client] = set()
        self._task: asyncio.Task[None] | None = None
        self.is_listening = False

    @property
    def open_streams(self) -> int:
        return len(self._clients)

    async def start(self) -> None:
        """Begin to listen, in the running event loop."""
        self._task = asyncio.create_task(self._listen_for_ever())

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @contextlib.contextmanager
    def client(self, scopes: frozenset[UUID]) -> Iterator[Client]:
        """A client that receives what its scopes reach, for as long as the context lasts."""
        client = Client(scopes)
        self._clients.add(client)
        try:
            yield client
        finally:
            self._clients.discard(client)

    def tell(self, payload: str) -> None:
        """Hand on one notification."""
        notice = read_notice(payload)
        if notice is None:
            log.warning("live.notice.unreadable", length=len(payload))
            return
        for client in self._clients:
            if notice.scope_id in client.scopes:
                client.put(notice.event)

    async def _listen_for_ever(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async for payload in self._notifications():
                    pause = FIRST_PAUSE
                    self.tell(payload)
            except psycopg.OperationalError as error:
                log.warning("live.listen.lost", error=type(error).__name__, again_in=pause)
            self.is_listening = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _notifications(self) -> AsyncIterator[str]:
        async with await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self.is_listening = True
            # Whatever was notified while nobody listened is gone.
            for client in self._clients:
                client.put(REFETCH)
            async for notification in connection.notifies():
                yield notification.payload


class LiveStream:
    """The ASGI application at `/events`: Server-Sent Events for whoever is signed in, 401 for others."""

    def __init__(self, hub: Hub, reach: Reach, *, heartbeat: float = HEARTBEAT_SECONDS) -> None:
        self._hub = hub
        self._reach = reach
        self._heartbeat = heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scopes = await self._reach(scope)
        if scopes is None:
            await refuse(send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        with self._hub.client(scopes) as client:
            # Between the page and its stream, or between two streams, something may have been missed.
            client.put(REFETCH)
            writing = asyncio.create_task(self._write(scope, client, send))
            leaving = asyncio.create_task(until_gone(receive))
            await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            for task in (writing, leaving):
                task.cancel()
            await asyncio.gather(writing, leaving, return_exceptions=True)

    async def _write(self, scope: Scope, client: Client, send: Send) -> None:
        loop = asyncio.get_running_loop()
        checked_at = loop.time()
        while True:
            remaining = checked_at + self._heartbeat - loop.time()
            event = await next_event(client, remaining) if remaining > 0 else HEARTBEAT
            if loop.time() - checked_at >= self._heartbeat:
                # Someone who lost a role, or signed out, stops receiving at the next heartbeat.
                scopes = await self._reach(scope)
                if scopes is None:
                    await send({"type": "http.response.body", "body": b"event: signed-out\ndata: {}\n\n"})
                    return
                client.scopes, checked_at = scopes, loop.time()
            await send({"type": "http.response.body", "body": event, "more_body": True})


HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # nginx would otherwise hold events back until its buffer is full.
    (b"x-accel-buffering", b"no"),
]


async def next_event(client: Client, seconds: float) -> bytes:
    """The client's next event, or a heartbeat when none comes in time."""
    try:
        return await asyncio.wait_for(client.queue.get(), seconds)
    except TimeoutError:
        return HEARTBEAT


async def until_gone(receive: Receive) -> None:
    """Return when the browser has left."""
    while (await receive())["type"] != "http.disconnect":
        continue


async def refuse(send: Send) -> None:
    """Answer that nobody is signed in."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": b"Sign in first.\n"})
