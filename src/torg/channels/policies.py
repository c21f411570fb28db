"""Who may manage a channel, and when we may write through it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from torg.channels.models import Connection, ConnectionState
from torg.connectors.contract import ActKind, Capabilities
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition, NotAllowed
from torg.people import policies as people
from torg.people.types import Permission

CAPABILITY = {
    ActKind.REPLY: "can_reply",
    ActKind.PRIVATE_REPLY: "can_reply_privately",
    ActKind.MESSAGE: "can_message",
    ActKind.PUBLISH: "can_publish",
    ActKind.EDIT: "can_edit_own",
    ActKind.HIDE: "can_hide",
    ActKind.UNHIDE: "can_hide",
    ActKind.DELETE: "can_delete",
    ActKind.BAN: "can_ban",
    ActKind.UNBAN: "can_ban",
}


def check_can_manage(by: Actor, scope_id: UUID, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` manages this presence's connections."""
    people.check_may(by, Permission.MANAGE_PRESENCE, scope_id=scope_id, at=at)


def check_can_handle(by: Actor, scope_id: UUID, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` handles what people write on this presence."""
    people.check_may(by, Permission.HANDLE, scope_id=scope_id, at=at)


def check_can_replay(by: Actor, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` manages every page: a delivery can carry several accounts."""
    people.check_may(by, Permission.MANAGE_PRESENCE, scope_id=None, at=at)


def check_can_operate(by: Actor) -> None:
    """Raise NotAllowed unless an operator at the server or a rule acts: this concerns all channels at once."""
    if by.actor_kind == "person":
        raise NotAllowed(_("This is done at the server, by those who run it."))


def check_can_send(
    connection: Connection, capabilities: Capabilities, kind: ActKind, *, at: datetime, last_inbound_at: datetime | None
) -> None:
    """Raise InvalidTransition when sending cannot succeed, with the reason and another way.

    Args:
        connection: through which.
        capabilities: what is possible there.
        kind: what is to be sent.
        at: now.
        last_inbound_at: when the person last wrote to us, for private messages and replies.
    """
    if connection.state != ConnectionState.ACTIVE:
        raise InvalidTransition(
            _("The channel must be connected again before anything can be sent. Answer by letter, e-mail or phone.")
        )
    if not getattr(capabilities, CAPABILITY[kind]):
        raise InvalidTransition(_("Our access to this channel does not include this. Do it on the platform itself."))
    if window_closes_at(capabilities, kind, last_inbound_at=last_inbound_at, default=at) < at:
        raise InvalidTransition(
            _("The platform no longer lets us write to this person. Send a letter or an e-mail, or answer in public.")
        )


def window_closes_at(
    capabilities: Capabilities, kind: ActKind, *, last_inbound_at: datetime | None, default: datetime
) -> datetime:
    """When the platform stops letting a person here write to the other party; `default` when it never does."""
    seconds = None
    if kind is ActKind.MESSAGE:
        seconds = capabilities.human_window_seconds or capabilities.message_window_seconds
    elif kind is ActKind.PRIVATE_REPLY:
        seconds = capabilities.private_reply_window_seconds
    if seconds is None or last_inbound_at is None:
        return default
    return last_inbound_at + timedelta(seconds=seconds)
