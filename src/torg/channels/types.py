"""What processing hands upward: events with the connection they belong to, gathered in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from torg.connectors.channels.hand.written import Written
from torg.connectors.contract import InboundEvent

__all__ = ["Account", "Arrived", "Batch", "Written", "WrittenDown"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One event, and where it came from.

    `is_history` marks what was fetched from before we connected: it raises no alarms and starts no clocks.
    `is_polled` marks what a poll read as it stood at `received_at`: platforms do not tell polls of edits.
    """

    event: InboundEvent
    connection_id: int
    scope_id: UUID
    delivery_id: UUID
    received_at: datetime
    is_history: bool = False
    is_polled: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of several deliveries, in the order they arrived, taken in within one transaction."""

    events: Sequence[Arrived]


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """What came of writing something down by hand: the delivery, and by what the item is known."""

    delivery_id: UUID
    connection_id: int
    external_id: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a platform that we are to connect: its id there, and our application's id."""

    platform: str
    external_id: str
    app_id: str = ""
