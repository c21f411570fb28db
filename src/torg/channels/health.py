"""How a channel is: what its errors mean, and from when on its silence is worth a word."""

from datetime import datetime, timedelta
from itertools import pairwise

from torg.channels.models import ActivityHour, Connection, ConnectionState
from torg.connectors.contract import ChannelError, NextStep, QuotaSpent, RateLimited

HISTORY = timedelta(days=28)
# With fewer deliveries than this in four weeks no silence is unusual.
BUSY = 40
SHORTEST = timedelta(hours=2)


def silence_after(connection: Connection, *, at: datetime) -> timedelta | None:
    """How long the channel may be quiet: twice the longest gap of its last four weeks; None when it is never busy.

    Nights and week-ends are in the history, so they are in the measure as well.
    """
    hours = ActivityHour.objects.filter(connection=connection, hour_at__gt=at - HISTORY).order_by("hour_at")
    seen = list(hours.values_list("hour_at", "events"))
    if sum(events for _, events in seen) < BUSY:
        return None
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(seen)]
    return max(2 * max(gaps, default=SHORTEST), SHORTEST)


def is_silent(connection: Connection, *, at: datetime) -> bool:
    """Whether a normally busy channel has gone quiet."""
    last, limit = connection.last_event_at, connection.silence_after
    return last is not None and limit is not None and at - last > limit


def note_error(connection: Connection, error: ChannelError) -> None:
    """What an error means for the connection: only what is about our access breaks it (never a busy platform)."""
    if isinstance(error, RateLimited | QuotaSpent):
        connection.calls_paused_until = error.until
    elif error.next_step is NextStep.RECONNECT:
        connection.state = ConnectionState.NEEDS_RECONNECT
        connection.problem = (error.code or type(error).__name__)[:200]
