"""The outbox' handler for leaving a platform."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from torg.channels import commands, queries
from torg.channels.models import Connection, ConnectionState
from torg.connectors.contract import CredentialsDead, Done, Match
from torg.core.actors import Rule
from torg.outbox.models import STOPPED, ActState
from torg.outbox.types import Sent

LEAVING = Rule("channels.leaving", "1")


def perform(act: Sent) -> Done:
    """End the subscription; raises a ChannelError. Whoever has connected again meanwhile wants to keep it."""
    connection = _connection(act)
    if connection.state != ConnectionState.CLOSED:
        return Done()
    if not connection.secrets:
        raise CredentialsDead("We have no key any more. End the subscription on the platform.")
    queries.channel_for(connection).unsubscribe()
    return Done()


def look(act: Sent, since: datetime) -> Sequence[Match]:
    """Whether anything is still delivered to us; raises a ChannelError."""
    connection = _connection(act)
    if connection.state != ConnectionState.CLOSED:
        return [Match(connection.external_id, is_what_was_acted_on=True)]
    is_left = not queries.channel_for(connection).health().subscribed_fields
    return [Match(connection.external_id, is_what_was_acted_on=True)] if is_left else []


def on_outcome(act: Sent, at: datetime) -> None:
    """Destroy the keys when the subscription has ended, and when we have given up: they are not kept in vain."""
    if act.state == ActState.CONFIRMED or act.state in STOPPED:
        commands.destroy_keys(connection_id=act.subject_id, by=LEAVING, at=at)


def _connection(act: Sent) -> Connection:
    return Connection.objects.get(public_id=UUID(act.payload["connection"]))
