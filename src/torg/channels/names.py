"""Asking a platform for the names of people who wrote to us without one."""

from collections.abc import Sequence
from datetime import datetime

from torg.channels import polling, queries
from torg.channels.models import Connection, ConnectionState
from torg.connectors.contract import ChannelError


def names_of(connection: Connection, author_ids: Sequence[str], *, at: datetime) -> dict[str, str | None]:
    """The names by the platform's own ids, None where it does not tell; only those that were asked for are in it.

    Ends early, and quietly, when the platform asks us to wait or no longer knows our key: the connector stops before
    reading uses up what answers need, and the rest is asked for another time.
    """
    found: dict[str, str | None] = {}
    if connection.state != ConnectionState.ACTIVE or polling.must_wait(connection, at):
        return found
    channel = queries.channel_for(connection)
    try:
        for author_id in author_ids:
            found[author_id] = channel.author_name(author_id)
    except ChannelError as error:
        polling.note_error(connection, error)
    return found
