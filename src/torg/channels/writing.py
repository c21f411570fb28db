"""Many deliveries in one commit: what queued up while the last commit was in flight goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import psycopg
import structlog

from torg.channels.spool import Delivery, Spool, SpoolFull

WAKE = "torg_work"
MOST_IN_ONE_COMMIT = 500
MOST_WAITING = 5_000
MOST_BYTES_WAITING = 256 * 1024 * 1024

# One statement, and so one commit and one wait: as four, they took a twentieth of the intake's time.
# It wakes the workers on WAKE. The state row decides: a delivery whose id is there already is not written again.
INSERT = """
WITH arrived AS (
    SELECT * FROM unnest(%b::uuid[], %b::text[], %b::timestamptz[], %b::bytea[], %b::bytea[], %b::text[])
        AS a(id, platform, received_at, body, headers_digest, state)
), taken AS (
    INSERT INTO channels_rawdeliverystate (delivery_id, received_at, state, attempts, error)
    SELECT id, received_at, state, 0, '' FROM arrived ON CONFLICT (delivery_id) DO NOTHING RETURNING delivery_id
), kept AS (
    INSERT INTO channels_rawdelivery
        (id, platform, source, received_at, body, signature_ok, headers_digest, delivery_key)
    SELECT id, platform, 'WEBHOOK', received_at, body, true, headers_digest, sha256(uuid_send(id) || body)
    FROM arrived WHERE id IN (SELECT delivery_id FROM taken)
)
SELECT pg_notify('torg_work', 'deliveries')
"""

log = structlog.get_logger(__name__)


class Full(Exception):
    """Too much is waiting to be written; the platform should try again later."""


@dataclass(slots=True)
class Writer:
    """One writer for one process: two would only make each other's commits smaller.

    When PostgreSQL refuses, deliveries go to the spool; `put` returns when the bytes are on disk one way or the
    other, and raises Full when neither is possible.
    """

    connect: Callable[[], Awaitable[psycopg.AsyncConnection]]
    spool: Spool
    _waiting: list[tuple[Delivery, asyncio.Future[None]]] = field(default_factory=list)
    _waiting_bytes: int = 0
    _task: asyncio.Task[None] | None = None

    async def put(self, delivery: Delivery) -> None:
        """Wait until the delivery is durable. Raises Full."""
        if self._waiting_bytes + len(delivery.body) > MOST_BYTES_WAITING or len(self._waiting) >= MOST_WAITING:
            raise Full
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((delivery, written))
        self._waiting_bytes += len(delivery.body)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            await written
        finally:
            self._waiting_bytes -= len(delivery.body)

    async def stop(self) -> None:
        """Write what waits, then end."""
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[:MOST_IN_ONE_COMMIT], self._waiting[MOST_IN_ONE_COMMIT:]
            problem = await self._write([delivery for delivery, _ in taken])
            for _, written in taken:
                if written.done():
                    continue
                if problem is None:
                    written.set_result(None)
                else:
                    written.set_exception(problem)

    async def _write(self, deliveries: Sequence[Delivery]) -> Exception | None:
        try:
            await insert(await self.connect(), deliveries)
            return None
        except (psycopg.Error, OSError) as error:
            log.warning("channels.database_refused", deliveries=len(deliveries), error=type(error).__name__)
        try:
            await asyncio.to_thread(self.spool.keep, deliveries)
            return None
        except (SpoolFull, OSError) as error:
            log.error("channels.delivery_not_kept", deliveries=len(deliveries), error=type(error).__name__)
            return Full()


async def insert(database: psycopg.AsyncConnection, deliveries: Sequence[Delivery]) -> None:
    """Write deliveries and wake a worker; those that are there already are left alone."""
    await database.execute(INSERT, columns(deliveries))


def columns(deliveries: Sequence[Delivery]) -> tuple[list[object], ...]:
    """What `INSERT` takes: one list for each column."""
    return (
        [one.id for one in deliveries],
        [one.platform for one in deliveries],
        [one.received_at for one in deliveries],
        [one.body for one in deliveries],
        [one.headers_digest for one in deliveries],
        [one.state for one in deliveries],
    )
