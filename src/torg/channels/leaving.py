"""Ending a subscription when a channel is closed: an act of the outbox, after which the keys are destroyed."""

from contextlib import suppress
from datetime import datetime

from torg.channels.models import Connection
from torg.connectors.board import OWN_SITE
from torg.outbox import commands as outbox
from torg.outbox.commands import AlreadyPlanned
from torg.outbox.types import Planned
from torg.records.wording import channel_name

HANDLER = "channels.leave"
SUBJECT = "channels.connection"
# Nobody delivers to these but ourselves.
WITHOUT_SUBSCRIPTION = (OWN_SITE,)


def ask_to_leave(connection: Connection, *, at: datetime) -> bool:
    """Plan that the platform is told to deliver nothing more; returns whether there is anything to tell.

    The keys are needed until then. What is delivered meanwhile is signed, kept, and taken in by nobody.
    """
    if connection.platform in WITHOUT_SUBSCRIPTION:
        return False
    act = Planned(
        handler=HANDLER,
        kind="unsubscribe",
        scope_id=connection.scope_id,
        serial_key=f"{connection.platform}:{connection.external_id}",
        subject_kind=SUBJECT,
        subject_id=connection.public_id,
        payload={"connection": str(connection.public_id)},
        place=channel_name(connection.platform),
    )
    # Closed, connected again and closed: the act that waits does it.
    with suppress(AlreadyPlanned):
        outbox.plan(act, at=at)
    return True
