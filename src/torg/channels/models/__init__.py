"""Connections to platforms, what they delivered, and how far each poll has read."""

from torg.channels.models.connection import BY_HAND, NEXT_STATES, ActivityHour, Connection, ConnectionState, PollCursor
from torg.channels.models.delivery import DeliveryState, RawDelivery, RawDeliveryState, Source

__all__ = [
    "BY_HAND",
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
