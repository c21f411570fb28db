"""Asking a platform what it tells of our account; never inside a transaction."""

from datetime import datetime

from torg.channels import polling, queries
from torg.channels.models import Connection, ConnectionState
from torg.connectors.contract import (
    ChannelError,
    PermissionMissing,
    Refused,
    TellsOfAccount,
    TellsWhoHasAccess,
)
from torg.core.actors import Actor
from torg.registry import commands as registry
from torg.registry.types import AccessTold, HolderTold, Told


def read_account(connection: Connection, *, by: Actor, at: datetime) -> bool:
    """Read the account's profile and figures, and hand them to the register; returns whether there was anything.

    Nothing where the channel is closed or must wait, does not tell, or does not answer now: there is another night.
    """
    channel = _asked(connection, at=at)
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


def read_access(connection: Connection, *, by: Actor, at: datetime) -> bool:
    """Read who can act on the account on the platform, and hand it to the register; returns whether it was told.

    A platform that refuses to tell is not in trouble: then it is written down by hand, as where it cannot tell.
    """
    channel = _asked(connection, at=at)
    if not isinstance(channel, TellsWhoHasAccess):
        return False
    try:
        found = channel.holders()
    except (Refused, PermissionMissing):
        return False
    except ChannelError as error:
        polling.note_error(connection, error)
        return False
    holders = [HolderTold(one.external_id, one.name, one.may_manage, one.is_system) for one in found.holders]
    told = AccessTold(connection.platform, holders, is_whole=found.is_whole)
    registry.note_access(presence_id=connection.presence.public_id, told=told, by=by, at=at)
    return True


def _asked(connection: Connection, *, at: datetime) -> object:
    """The channel, of which one asks what it can tell; None where it is closed or must wait."""
    # The question before this one may have found out that the key is dead, or that we are to stay away.
    connection.refresh_from_db(fields=["state", "calls_paused_until"])
    if connection.state != ConnectionState.ACTIVE or polling.must_wait(connection, at):
        return None
    return queries.channel_for(connection)
