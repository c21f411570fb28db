"""Acts that stopped because our key was dead: they go on when the channel is connected again."""

from datetime import datetime
from uuid import UUID

from torg.channels.models import Connection
from torg.channels.queries import HANDLER
from torg.connectors.contract import NextStep
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.outbox import commands as outbox
from torg.outbox import queries


def send_on(connection: Connection, *, by: Actor, at: datetime) -> int:
    """Let every act of this channel that waited for a new key go out, once; returns how many.

    A dead key means that the platform did nothing, so nothing is sent twice. What a person has withdrawn, sent anew or
    answered in another way since stays where it is.
    """
    stopped = queries.stuck([connection.scope_id]).filter(
        handler=HANDLER, next_step=NextStep.RECONNECT, payload__connection=str(connection.public_id)
    )
    return sum(_try_again(act.public_id, by=by, at=at) for act in stopped)


def _try_again(act_id: UUID, *, by: Actor, at: datetime) -> bool:
    try:
        outbox.retry(act_id=act_id, by=by, at=at)
    except InvalidTransition:
        return False
    return True
