"""Reading beneath the push: what webhooks lost, and what was there before we connected."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection as database
from django.db import transaction

from torg.channels import health, polled, queries
from torg.channels.models import (
    Connection,
    ConnectionState,
    DeliveryState,
    PollCursor,
    RawDelivery,
    RawDeliveryState,
    Source,
)
from torg.channels.writing import WAKE
from torg.connectors.contract import ChannelError, Cursor, InboundEvent, Polled
from torg.core import ids

# A job ends and asks for the next rather than holding a worker for an hour.
MOST_PAGES = 50
# What is written while a poll runs may be missed by it; read that much again, upserts make it harmless.
OVERLAP = timedelta(hours=1)


def poll(connection: Connection, *, at: datetime, is_history: bool = False) -> bool:
    """Read each type of object on from its own cursor, and store what was read; returns whether all is read.

    Ends early, and quietly, when the platform asks us to wait or no longer knows our key: both are noted on the
    connection.
    """
    if connection.state != ConnectionState.ACTIVE or must_wait(connection, at):
        return True
    channel = queries.channel_for(connection)
    try:
        finished = [
            _read_type(connection, channel.poll, object_type, at=at, is_history=is_history)
            for object_type in channel.object_types()
        ]
    except ChannelError as error:
        note_error(connection, error)
        return True
    Connection.objects.filter(pk=connection.pk).update(last_polled_at=at)
    return all(finished)


def must_wait(connection: Connection, at: datetime) -> bool:
    """Whether the platform has asked us to stay away for now."""
    return connection.calls_paused_until is not None and connection.calls_paused_until > at


def _read_type(connection: Connection, read, object_type: str, *, at: datetime, is_history: bool) -> bool:  # type: ignore[no-untyped-def]
    row, _ = PollCursor.objects.get_or_create(
        connection=connection,
        object_type=object_type,
        is_history=is_history,
        # Where nobody asked for history, reading begins when we connected.
        defaults={"since": connection.opened_at},
    )
    if is_history and row.finished_at is not None:
        return True
    for _ in range(MOST_PAGES):
        page: Polled = read(Cursor(object_type, row.since, row.token or None))
        _store(connection, page, row, at=at)
        if page.is_last:
            return True
    return False


@transaction.atomic
def _store(connection: Connection, page: Polled, row: PollCursor, *, at: datetime) -> None:
    """Delivery and cursor in one transaction: a crash repeats a page, it never skips one."""
    if page.events:
        store_read(connection, page.events, at=at, source=Source.HISTORY if row.is_history else Source.POLL)
    row.token = page.cursor.token or ""
    if page.is_last:
        row.finished_at = at
        row.since = (page.cursor.since or at) - OVERLAP
    row.save(update_fields=["token", "since", "finished_at"])


def store_read(
    connection: Connection, events: Sequence[InboundEvent], *, at: datetime, source: Source = Source.POLL
) -> RawDelivery:
    """Store events that we have read ourselves as one delivery, waiting to be processed."""
    body = polled.encode(events)
    number = ids.new()
    delivery = RawDelivery.objects.create(
        id=number,
        platform=connection.platform,
        source=source,
        connection=connection,
        received_at=at,
        body=body,
        signature_ok=False,
        headers_digest=b"",
        delivery_key=number.bytes,
    )
    RawDeliveryState.objects.create(delivery_id=number, received_at=at, state=DeliveryState.PENDING)
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, 'deliveries')", [WAKE])
    return delivery


@transaction.atomic
def note_error(connection: Connection, error: ChannelError) -> None:
    """Remember on the connection what ended a read: that we must wait, or that our key is dead."""
    locked = Connection.objects.select_for_update().get(pk=connection.pk)
    health.note_error(locked, error)
    locked.save(update_fields=["state", "problem", "calls_paused_until"])
