"""Makes connections and events for tests; all names are invented."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from torg.channels.models import Connection
from torg.channels.types import Arrived, Batch
from torg.connectors.contract import InboundEvent, Kind
from torg.core import ids
from torg.core.actors import Rule
from torg.dialogue import commands
from torg.dialogue.models import Item, ItemVersion, Reaction, StateChange, Thread
from torg.outbox import commands as outbox
from torg.outbox.types import Planned
from torg.people.models import Scope
from torg.registry.models import Presence, PresenceKind

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
INTAKE = Rule("intake", "1")
PAGE, POST = "100", "100_1"


def minutes(number: float) -> datetime:
    return AT + timedelta(minutes=number)


def connect(external_id: str = PAGE, **fields) -> Connection:
    presence = Presence.objects.create(
        scope=Scope.objects.create(), kind=PresenceKind.MAIN_PAGE, name=f"Fjordvik {external_id}", opened_at=AT
    )
    return Connection.objects.create(
        scope_id=presence.scope_id,
        presence=presence,
        platform="facebook",
        external_id=external_id,
        app_id="777",
        opened_at=AT,
        **fields,
    )


def event(kind=Kind.COMMENT, verb="add", external_id="c1", *, at: float | None = 0, **fields) -> InboundEvent:
    fields.setdefault("account_id", PAGE)
    if kind in (Kind.COMMENT, Kind.REPLY):
        fields.setdefault("post_id", POST)
    return InboundEvent(
        kind=kind, verb=verb, external_id=external_id, occurred_at=None if at is None else minutes(at), **fields
    )


def arrived(connection: Connection, one: InboundEvent, *, received: float = 60, **fields) -> Arrived:
    fields.setdefault("delivery_id", ids.new())
    return Arrived(one, connection.id, connection.scope_id, received_at=minutes(received), **fields)


def absorb(connection: Connection, *found: InboundEvent, received: float = 60, **fields):
    batch = Batch([arrived(connection, one, received=received, **fields) for one in found])
    return commands.absorb(batch=batch, by=INTAKE, at=minutes(received))


def hide_through_outbox(page: Connection) -> None:
    """Plan the hiding of comment c1, as moderation does."""
    act = {"kind": "hide", "account_id": "100", "target_id": "c1"}
    outbox.plan(
        Planned(
            handler="channels.act", kind="hide", scope_id=page.scope_id, serial_key="c1",
            subject_kind="moderation.case", subject_id=ids.new(),
            payload={"act": act, "connection": str(page.public_id)},
        ),
        at=AT,
    )  # fmt: skip


def outcome() -> dict[str, object]:
    """What stands after absorbing, without our own numbers and times."""
    roots = {thread.id: thread.root_external_id for thread in Thread.objects.all()}
    names = {item.id: item.external_id for item in Item.objects.all()}
    return {
        "items": {
            item.external_id: (
                item.kind, item.text, item.platform_state, item.is_own, item.is_placeholder, item.is_unsent,
                item.version_count, item.posted_at, roots[item.thread_id], item.author and item.author.name,
            )
            for item in Item.objects.select_related("author")
        },
        "versions": {
            (names[row.item_id], row.text, row.is_original, row.posted_at) for row in ItemVersion.objects.all()
        },
        "states": {(names[row.item_id], row.to_state, row.at) for row in StateChange.objects.all()},
        "threads": {
            thread.root_external_id: (
                thread.item_count, thread.started_at, thread.last_item_at, thread.last_inbound_at,
                thread.author_id is None, thread.read_up_to_at,
            )
            for thread in Thread.objects.filter(merged_into=None)
        },
        "reactions": {(row.target_external_id, row.type, row.count) for row in Reaction.objects.all()},
    }  # fmt: skip


def item_of(external_id: str) -> Item:
    return Item.objects.get(external_id=external_id)


def some_id() -> UUID:
    return ids.new()
