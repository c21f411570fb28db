"""From a measure to an act in the outbox, and whether the channel can do it at all."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from torg.channels.models import Connection
from torg.channels.queries import HANDLER
from torg.connectors.contract import Act, ActKind
from torg.dialogue.models import Item
from torg.inbox import windows
from torg.moderation.words import Measure
from torg.outbox.types import Planned

COMPLAINT, DECISION, HIDING, NOTICE, SANCTION = (
    "moderation.complaint",
    "moderation.decision",
    "moderation.hiding",
    "moderation.notice",
    "moderation.sanction",
)
# After these the author can no longer be told.
WAITS_FOR_NOTICE = (ActKind.DELETE.value, ActKind.BAN.value)
ACT_OF = {Measure.HIDE: ActKind.HIDE, Measure.DELETE: ActKind.DELETE}


def can(connection: Connection, kind: ActKind) -> bool:
    """Whether the channel's interface does this; else somebody does it by hand in the app."""
    able = windows.capabilities_of(connection)
    return {
        ActKind.HIDE: able.can_hide,
        ActKind.UNHIDE: able.can_hide,
        ActKind.DELETE: able.can_delete,
        ActKind.BAN: able.can_ban,
        ActKind.UNBAN: able.can_ban,
    }.get(kind, False)


def on_item(kind: ActKind, item: Item, *, subject: str, subject_id: UUID) -> Planned:
    """Hide, show or delete an item."""
    return _planned(kind, item.thread.connection, item.external_id, subject=subject, subject_id=subject_id)


def on_author(kind: ActKind, connection: Connection, external_id: str, *, subject: str, subject_id: UUID) -> Planned:
    """Shut an author out, or let them in again."""
    return _planned(kind, connection, external_id, subject=subject, subject_id=subject_id)


def telling(kind: ActKind, item: Item, text: str, *, subject_id: UUID) -> Planned:
    """A notice to whoever wrote the item; a private one is addressed by the item, a message by the person."""
    target = item.external_id if kind == ActKind.PRIVATE_REPLY else item.thread.root_external_id
    connection = item.thread.connection
    act = Act(kind, connection.external_id, target, text=text)
    # In one line with what is done to the item, whichever way the notice goes.
    return _as_planned(act, connection, line=item.external_id, subject=NOTICE, subject_id=subject_id)


def _planned(kind: ActKind, connection: Connection, target: str, *, subject: str, subject_id: UUID) -> Planned:
    act = Act(kind, connection.external_id, target)
    return _as_planned(act, connection, line=target, subject=subject, subject_id=subject_id)


def _as_planned(act: Act, connection: Connection, *, line: str, subject: str, subject_id: UUID) -> Planned:
    fields: dict[str, Any] = asdict(act)
    del fields["pictures"], fields["last_inbound_at"]
    return Planned(
        handler=HANDLER,
        kind=act.kind.value,
        scope_id=connection.scope_id,
        serial_key=f"{connection.public_id}:{line}"[:200],
        subject_kind=subject,
        subject_id=subject_id,
        payload={"act": {**fields, "kind": act.kind.value}, "connection": str(connection.public_id)},
        place=connection.platform_name,
    )
