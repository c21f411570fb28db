"""Connections to platforms, what they delivered, and how far each poll has read."""

from torg.channels.models.connection import NEXT_STATES, ActivityHour, Connection, ConnectionState, PollCursor
from torg.channels.models.delivery import DeliveryState, RawDelivery, RawDeliveryState, Source

__all__ = [
    "NEXT_STATES",
    "ActivityHour",
    "Connection",
    "ConnectionState",
    "DeliveryState",
    "PollCursor",
    "RawDelivery",
    "RawDeliveryState",
    "Source",
]
