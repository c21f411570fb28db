"""From stored deliveries to events in the rooms above, many in one transaction."""

import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, transaction
from django.db import connection as database
from django.utils.module_loading import import_string

from torg.channels import polled, queries, spool, writing
from torg.channels.models import Connection, DeliveryState, RawDelivery, Source
from torg.channels.types import Arrived, Batch
from torg.connectors.contract import InboundEvent, Unreadable

# One delivery can carry a thousand changes: a batch ends by whichever of these comes first.
MOST_EVENTS = 5_000
MOST_BYTES = 16 * 1024 * 1024
UNKNOWN_ACCOUNT = "unknown account"
# Delivered after its channel was closed: kept as it came, and taken in only when the channel is connected again.
AFTER_CLOSING = "after closing"

CLAIM = """
WITH claimed AS (
    SELECT delivery_id, received_at FROM channels_rawdeliverystate WHERE state = 'PENDING'
    ORDER BY received_at, delivery_id LIMIT %s FOR UPDATE SKIP LOCKED
), sized AS (
    SELECT d.id, d.received_at, d.platform, d.source, d.connection_id, d.body,
        sum(octet_length(d.body)) OVER (ORDER BY d.received_at, d.id) - octet_length(d.body) AS before
    FROM claimed c JOIN channels_rawdelivery d ON d.id = c.delivery_id AND d.received_at = c.received_at
)
SELECT id, received_at, platform, source, connection_id, body FROM sized WHERE before < %s ORDER BY received_at, id
"""
MARK = """
UPDATE channels_rawdeliverystate s
SET state = told.state, error = told.error, attempts = s.attempts + 1, processed_at = %s
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS told(id, state, error) WHERE s.delivery_id = told.id
"""
ACTIVITY = """
INSERT INTO channels_activityhour AS a (connection_id, hour_at, events)
SELECT id, date_trunc('hour', at), events FROM unnest(%s::bigint[], %s::timestamptz[], %s::int[]) AS t(id, at, events)
ON CONFLICT (connection_id, hour_at) DO UPDATE SET events = a.events + EXCLUDED.events
"""
SEEN = """
UPDATE channels_connection c SET last_event_at = greatest(c.last_event_at, t.at)
FROM unnest(%s::bigint[], %s::timestamptz[]) AS t(id, at) WHERE c.id = t.id
"""
# The database is away or two transactions crossed: nothing is wrong with the deliveries.
PASSING = (OperationalError, InterfaceError)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A stored delivery that this transaction holds."""

    id: UUID
    received_at: datetime
    platform: str
    source: str
    connection_id: int | None
    body: bytes = field(repr=False)


@dataclass(slots=True)
class Read:
    """A claimed delivery, its events, and what is to be said of it."""

    delivery: Claimed
    events: list[Arrived] = field(default_factory=list, repr=False)
    state: DeliveryState = DeliveryState.PROCESSED
    error: str = ""


def process_pending(*, limit: int = 500, at: datetime) -> int:
    """Take in at most `limit` waiting deliveries, in one transaction; returns how many.

    Several workers can do this at once: none takes what another holds. A delivery that cannot be taken in is marked
    FAILED, with the class of the error, and the others go on; when the database itself stumbles, all wait.
    """
    import_spool()
    with transaction.atomic():
        claimed = _claim(limit)
        if not claimed:
            return 0
        read = _read(claimed)
        _take_in(read, at=at)
        _mark(read, at=at)
        return len(read)


def take_in_now(delivery: RawDelivery, *, at: datetime) -> None:
    """Take in one delivery that the caller's transaction has just stored; what goes wrong is the caller's to tell."""
    stored = Claimed(
        delivery.id,
        delivery.received_at,
        delivery.platform,
        delivery.source,
        delivery.connection_id,
        bytes(delivery.body),
    )
    read = _read([stored])
    _hand_over(read, at=at)
    _mark(read, at=at)


def import_spool() -> int:
    """Write what was spooled while PostgreSQL was away; by the deliveries' ids, so never twice. Returns files."""
    store = spool.Spool(Path(settings.SPOOL_FOLDER))
    files = store.files() if store.folder.exists() else []
    for path in files:
        found = _spooled(store, path)
        try:
            with transaction.atomic(), database.cursor() as cursor:
                cursor.execute(writing.INSERT.replace("%b", "%s"), writing.columns(found))
        except (DataError, IntegrityError) as error:
            log.error("channels.spool_damaged", file=path.name, whole=0, error=type(error).__name__)
            store.put_aside(path)
        store.remove(path)
        log.info("channels.spool_imported", deliveries=len(found))
    return len(files)


def _spooled(store: spool.Spool, path: Path) -> list[spool.Delivery]:
    """The deliveries of a file; of a damaged one those before the damage. It is put aside, and stops nobody."""
    found = []
    try:
        for delivery in spool.read(path):
            found.append(delivery)
    except FileNotFoundError:
        # Another worker has imported it meanwhile.
        return found
    except (EOFError, ValueError, OverflowError, struct.error) as error:
        log.error("channels.spool_damaged", file=path.name, whole=len(found), error=type(error).__name__)
        store.put_aside(path)
    return found


def _claim(limit: int) -> list[Claimed]:
    with database.cursor() as cursor:
        cursor.execute(CLAIM, [limit, MOST_BYTES])
        return [
            Claimed(number, received_at, platform, source, connection_id, bytes(body))
            for number, received_at, platform, source, connection_id, body in cursor.fetchall()
        ]


def _read(claimed: Sequence[Claimed]) -> list[Read]:
    """Parse until enough events are gathered; the rest stays waiting."""
    accounts = _accounts(claimed)
    read: list[Read] = []
    count = 0
    for delivery in claimed:
        if count >= MOST_EVENTS:
            break
        read.append(_read_one(delivery, accounts))
        count += len(read[-1].events)
    return read


@dataclass(frozen=True, slots=True)
class Accounts:
    """Connections, by the platform's name for the account and by number."""

    by_name: dict[tuple[str, str], Connection]
    by_number: dict[int, Connection]


def _accounts(claimed: Sequence[Claimed]) -> Accounts:
    wanted = Connection.objects.filter(platform__in={one.platform for one in claimed}).defer("secrets")
    return Accounts({(one.platform, one.external_id): one for one in wanted}, {one.id: one for one in wanted})


def _read_one(delivery: Claimed, accounts: Accounts) -> Read:
    read = Read(delivery)
    try:
        for event in _events(delivery):
            connection = _connection_of(event, delivery, accounts)
            if connection is None:
                read.state, read.error = DeliveryState.INSPECT, UNKNOWN_ACCOUNT
            elif _is_late(connection, delivery):
                read.state, read.error = DeliveryState.INSPECT, AFTER_CLOSING
            else:
                read.events.append(_arrived(event, delivery, connection))
    except Unreadable:
        read.state, read.error, read.events = DeliveryState.INSPECT, "unreadable", []
    except Exception as error:
        _fail(read, error)
    return read


def _events(delivery: Claimed) -> Iterator[InboundEvent]:
    if delivery.source == Source.WEBHOOK:
        return queries.intake_for(delivery.platform).parse(delivery.body)
    return polled.decode(delivery.body)


def _connection_of(event: InboundEvent, delivery: Claimed, accounts: Accounts) -> Connection | None:
    if delivery.connection_id is not None:
        return accounts.by_number.get(delivery.connection_id)
    return accounts.by_name.get((delivery.platform, event.account_id or ""))


def _is_late(connection: Connection, delivery: Claimed) -> bool:
    """Whether it was delivered after the channel was closed; what we read ourselves we asked for while it was open."""
    closed_at = connection.closed_at
    return delivery.source == Source.WEBHOOK and closed_at is not None and delivery.received_at > closed_at


def _arrived(event: InboundEvent, delivery: Claimed, connection: Connection) -> Arrived:
    return Arrived(
        event=event,
        connection_id=connection.id,
        scope_id=connection.scope_id,
        delivery_id=delivery.id,
        received_at=delivery.received_at,
        is_history=delivery.source == Source.HISTORY,
        is_polled=delivery.source != Source.WEBHOOK,
    )


def _take_in(read: Sequence[Read], *, at: datetime) -> None:
    """Hand the events upward; when that fails, halve until the deliveries that cause it stand alone."""
    good = [one for one in read if one.events]
    if not good:
        return
    try:
        with transaction.atomic():
            _hand_over(good, at=at)
    except PASSING:
        raise
    except Exception as error:
        if len(good) == 1:
            _fail(good[0], error)
            return
        middle = len(good) // 2
        _take_in(good[:middle], at=at)
        _take_in(good[middle:], at=at)


def _hand_over(read: Sequence[Read], *, at: datetime) -> None:
    events = [arrived for one in read for arrived in one.events]
    handler = cast("Callable[..., None]", import_string(settings.INBOUND_HANDLER))
    handler(batch=Batch(events), at=at)
    pushed = [one for one in events if not one.is_polled]
    hours = Counter((one.connection_id, one.received_at.replace(minute=0, second=0, microsecond=0)) for one in pushed)
    newest = {one.connection_id: one.received_at for one in sorted(pushed, key=lambda one: one.received_at)}
    with database.cursor() as cursor:
        # In order of number, so that two workers cannot wait for each other.
        by_hour = sorted(hours.items())
        cursor.execute(
            ACTIVITY, [[key[0] for key, _ in by_hour], [key[1] for key, _ in by_hour], [n for _, n in by_hour]]
        )
        cursor.execute(SEEN, [sorted(newest), [newest[number] for number in sorted(newest)]])


def _fail(read: Read, error: Exception) -> None:
    """What is kept and logged is the class of the error: its text may hold what somebody wrote."""
    name = "too large or not storable" if isinstance(error, DataError) else type(error).__name__
    read.state, read.error, read.events = DeliveryState.FAILED, name[:200], []
    log.error("channels.delivery_failed", delivery=str(read.delivery.id), error=type(error).__name__)


def _mark(read: Sequence[Read], *, at: datetime) -> None:
    with database.cursor() as cursor:
        cursor.execute(
            MARK,
            [at, [one.delivery.id for one in read], [str(one.state) for one in read], [one.error for one in read]],
        )
