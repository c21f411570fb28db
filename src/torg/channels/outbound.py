"""The outbox' handler for acts on a platform; tells the outcome to whoever asked for the act."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from torg.channels import commands, health, pictures, queries
from torg.channels.models import Connection, ConnectionState
from torg.connectors.contract import Act, ActKind, ChannelError, CredentialsDead, Done, Match, RateLimited
from torg.core import clock
from torg.core.actors import Rule
from torg.outbox.types import Sent

WATCH = Rule("channels.watch", "1")


def perform(act: Sent) -> Done:
    """Carry out the act once; raises a ChannelError.

    A connection that must be connected again sends nothing, and an answer of the platform that our key is dead
    is remembered, so that the next act does not have to find out.
    """
    return carry_out(connection_of(act), act_of(act))


def carry_out(connection: Connection, act: Act) -> Done:
    """Carry out one act on a connection, as `perform` does."""
    if connection.state != ConnectionState.ACTIVE:
        raise CredentialsDead("The channel must be connected again.", code=connection.problem or None)
    try:
        return queries.channel_for(connection).perform(act)
    except CredentialsDead as error:
        commands.mark_broken(
            connection_id=connection.public_id, code=error.code or "CredentialsDead", by=WATCH, at=clock.now()
        )
        raise
    except RateLimited as error:
        _pause(connection, error)
        raise


def look(act: Sent, since: datetime) -> Sequence[Match]:
    """What on the platform may be this act; raises a ChannelError."""
    return queries.channel_for(connection_of(act)).look(act_of(act, with_pictures=False), since=since)


def on_outcome(act: Sent, at: datetime) -> None:
    """Tell the owner of the subject, in the transaction that writes the state."""
    path = settings.OUTCOME_HANDLERS.get(act.subject_kind)
    if path is None:
        return
    tell = cast("Callable[..., None]", import_string(path))
    tell(subject_id=act.subject_id, act=act, at=at)


def connection_of(act: Sent) -> Connection:
    """Where the act is to be carried out."""
    return Connection.objects.get(public_id=UUID(act.payload["connection"]))


def act_of(act: Sent, *, with_pictures: bool = True) -> Act:
    """The act as a connector takes it. Looking needs the words only, and must not fail over a picture that is gone."""
    told = act.payload["act"]
    wanted = told.get("pictures") if with_pictures else ()
    return Act(
        kind=ActKind(told["kind"]),
        account_id=told["account_id"],
        target_id=told.get("target_id"),
        text=told.get("text"),
        link=told.get("link"),
        pictures=pictures.for_act(wanted or (), at=clock.now()),
        is_human=told.get("is_human", True),
    )


@transaction.atomic
def _pause(connection: Connection, error: ChannelError) -> None:
    locked = Connection.objects.select_for_update().get(pk=connection.pk)
    health.note_error(locked, error)
    locked.save(update_fields=["calls_paused_until"])
