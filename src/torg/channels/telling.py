"""Asking a platform what it tells of our account; never inside a transaction."""

from datetime import datetime

from torg.channels import polling, queries
from torg.channels.models import Connection, ConnectionState
from torg.connectors.contract import ChannelError, TellsOfAccount
from torg.core.actors import Actor
from torg.registry import commands as registry
from torg.registry.types import Told


def read_account(connection: Connection, *, by: Actor, at: datetime) -> bool:
    """Read the account's profile and figures, and hand them to the register; returns whether there was anything.

    Nothing where the channel is closed or must wait, does not tell, or does not answer now: there is another night.
    """
    if connection.state != ConnectionState.ACTIVE or polling.must_wait(connection, at):
        return False
    channel = queries.channel_for(connection)
    if not isinstance(channel, TellsOfAccount):
        return False
    try:
        found = channel.account()
    except ChannelError as error:
        polling.note_error(connection, error)
        return False
    told = Told(
        platform=connection.platform,
        name=found.name,
        about=found.about,
        website=found.website,
        address=found.address,
        figures={one.code: one.value for one in found.figures},
    )
    registry.note_told(presence_id=connection.presence.public_id, told=told, by=by, at=at)
    return True
