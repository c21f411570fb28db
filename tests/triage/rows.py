"""Items as the dialogue room would have taken them in."""

import hashlib
from datetime import datetime

from torg.channels.models import Connection
from torg.core import ids
from torg.dialogue.models import Item, ItemKind, ItemVersion, Thread, ThreadKind
from torg.dialogue.types import Absorbed, What
from torg.registry.models import Presence


def connection(page: Presence, *, at: datetime) -> Connection:
    external = str(ids.new())
    return Connection.objects.create(
        scope_id=page.scope_id, presence=page, platform="facebook", external_id=external, opened_at=at
    )


def thread(page: Presence, *, at: datetime) -> Thread:
    return Thread.objects.create(
        scope_id=page.scope_id,
        connection=connection(page, at=at),
        kind=ThreadKind.BRANCH,
        root_external_id=str(ids.new()),
        started_at=at,
        last_item_at=at,
    )


def item(branch: Thread, text: str, *, at: datetime, **fields) -> Item:
    """One comment in its first wording, not yet read by triage."""
    row = Item.objects.create(
        scope_id=branch.scope_id,
        connection_id=branch.connection_id,
        thread=branch,
        kind=ItemKind.COMMENT,
        external_id=str(ids.new()),
        posted_at=at,
        received_at=at,
        text=text,
        delivery_id=ids.new(),
        version_count=1,
        **fields,
    )
    version(row, text, number=1, at=at)
    return row


def version(row: Item, text: str, *, number: int, at: datetime) -> ItemVersion:
    return ItemVersion.objects.create(
        item_id=row.id,
        scope_id=row.scope_id,
        number=number,
        is_original=number == 1,
        text=text,
        content_hash=hashlib.sha256(text.encode()).digest(),
        posted_at=at,
        received_at=at,
    )


def edit(row: Item, text: str, *, at: datetime) -> Item:
    version(row, text, number=row.version_count + 1, at=at)
    row.text, row.version_count = text, row.version_count + 1
    row.save(update_fields=["text", "version_count"])
    return row


def absorbed(*items: Item, what: What = What.NEW) -> list[Absorbed]:
    return [Absorbed(item_id=row.id, item=row, what=what, thread_id=row.thread_id, is_history=False) for row in items]
