"""Writing the sheet: new rows by COPY, changed rows by one statement for each table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection as database
from django.db.models import Model

from torg.dialogue.absorbing.sheet import Sheet
from torg.dialogue.models import Author, Item, Post, Thread

CHANGEABLE: dict[type[Model], tuple[str, ...]] = {
    Author: ("name",),
    Post: (
        "author_id", "is_own", "is_placeholder", "text", "title", "permalink", "posted_at", "text_at",
        "platform_state", "state_at",
    ),
    Thread: (
        "post_id", "author_id", "started_at", "last_item_at", "last_inbound_at", "item_count",
        "delivered_up_to_at", "read_up_to_at", "merged_into_id",
    ),
    Item: (
        "thread_id", "post_id", "kind", "parent_external_id", "author_id", "is_own", "is_history", "is_placeholder",
        "posted_at", "received_at", "platform_state", "state_at", "is_unsent", "version_count", "text", "masked_text",
        "permalink", "delivery_id", "echo_app_id",
    ),
}  # fmt: skip


def write(sheet: Sheet) -> None:
    """Write everything that the batch has changed."""
    for kind in (Author, Post, Thread, Item):
        _copy(kind._meta.db_table, _columns(kind), map(_values(kind), sheet.new[kind]))
        _update(kind, list(sheet.changed[kind].values()))
    _write_versions(sheet)
    _write_marks(sheet)
    _move_merged(sheet)


def _columns(kind: type[Model]) -> list[str]:
    return [field.attname for field in kind._meta.concrete_fields]


def _values(kind: type[Model]) -> Any:
    names = _columns(kind)
    return lambda row: [row.__dict__[name] for name in names]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    listed = list(rows)
    if not listed:
        return
    with database.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in listed:
            copy.write_row(row)


def _update(kind: type[Model], rows: list[Any]) -> None:
    if not rows:
        return
    rows.sort(key=lambda row: row.id)
    types = {field.attname: field.db_type(database) for field in kind._meta.concrete_fields}
    names = CHANGEABLE[kind]
    arrays = ", ".join(f"%s::{_plain(types[name])}[]" for name in names)
    setting = ", ".join(f"{name} = changed.{name}" for name in names)
    with database.cursor() as cursor:
        cursor.execute(
            f"UPDATE {kind._meta.db_table} AS t SET {setting} "  # noqa: S608
            f"FROM unnest(%s::bigint[], {arrays}) AS changed(id, {', '.join(names)}) WHERE t.id = changed.id",
            [[row.id for row in rows], *([getattr(row, name) for row in rows] for name in names)],
        )


def _plain(db_type: str | None) -> str:
    """A type without its length: the column checks that by itself."""
    return (db_type or "text").partition("(")[0]


def _write_versions(sheet: Sheet) -> None:
    _copy(
        "dialogue_itemversion",
        (
            "item_id",
            "scope_id",
            "number",
            "is_original",
            "text",
            "masked_text",
            "content_hash",
            "posted_at",
            "received_at",
        ),
        (
            (
                version.item.id,
                version.item.scope_id,
                version.wording.number,
                not version.wording.is_edit,
                version.text,
                sheet.masks.get(version.text),
                version.wording.content_hash,
                version.wording.at,
                version.received_at,
            )
            for version in sheet.versions
        ),
    )


def _write_marks(sheet: Sheet) -> None:
    _insert(
        "dialogue_statechange",
        {
            "scope_id": "uuid", "item_id": "bigint", "post_id": "bigint", "from_state": "text", "to_state": "text",
            "by_us": "boolean", "at": "timestamptz", "received_at": "timestamptz", "delivery_id": "uuid",
        },
        sheet.state_changes,
    )  # fmt: skip
    _insert(
        "dialogue_attachment",
        {
            "public_id": "uuid", "scope_id": "uuid", "item_id": "bigint", "kind": "text", "url": "text",
            "url_digest": "bytea", "title": "text", "state": "text", "received_at": "timestamptz",
        },
        sheet.attachments,
        fixed={"reason": "''", "media_type": "''"},
    )  # fmt: skip
    _insert(
        "dialogue_unknownevent",
        {
            "connection_id": "bigint", "scope_id": "uuid", "delivery_id": "uuid", "kind": "text", "verb": "text",
            "external_id": "text", "received_at": "timestamptz",
        },
        sheet.unknown,
    )  # fmt: skip
    _write_reactions(sheet)


def _insert(
    table: str, columns: dict[str, str], rows: list[tuple[Any, ...]], *, fixed: dict[str, str] | None = None
) -> None:
    """Insert what is not there yet: a repeated delivery repeats these rows."""
    if not rows:
        return
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    extra = fixed or {}
    with database.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join([*columns, *extra])}) "  # noqa: S608
            f"SELECT {', '.join(['told.*', *extra.values()])} FROM unnest({arrays}) AS told ON CONFLICT DO NOTHING",
            [list(column) for column in zip(*rows, strict=True)],
        )


def _write_reactions(sheet: Sheet) -> None:
    """The newest mark of each person on each thing holds; the counts of those things are taken anew."""
    newest: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in sheet.reactions:
        known = newest.get(row[:3])
        if known is None or row[5] >= known[5]:
            newest[row[:3]] = row
    if not newest:
        return
    with database.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dialogue_reactionmark AS mark "
            "(connection_id, target_external_id, actor_digest, type, is_withdrawn, occurred_at) "
            "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::text[], %s::boolean[], %s::timestamptz[]) "
            "ON CONFLICT (connection_id, target_external_id, actor_digest) DO UPDATE SET type = EXCLUDED.type, "
            "is_withdrawn = EXCLUDED.is_withdrawn, occurred_at = EXCLUDED.occurred_at "
            "WHERE EXCLUDED.occurred_at >= mark.occurred_at",
            [list(column) for column in zip(*newest.values(), strict=True)],
        )
        targets = sorted({(row[0], row[1]) for row in newest.values()})
        wanted = [[number for number, _ in targets], [name for _, name in targets]]
        cursor.execute(
            "DELETE FROM dialogue_reaction r USING unnest(%s::bigint[], %s::text[]) AS w(connection_id, target) "
            "WHERE r.connection_id = w.connection_id AND r.target_external_id = w.target",
            wanted,
        )
        cursor.execute(
            "INSERT INTO dialogue_reaction (connection_id, target_external_id, type, count) "
            "SELECT m.connection_id, m.target_external_id, m.type, count(*) FROM dialogue_reactionmark m "
            "JOIN unnest(%s::bigint[], %s::text[]) AS w(connection_id, target) "
            "ON m.connection_id = w.connection_id AND m.target_external_id = w.target "
            "WHERE NOT m.is_withdrawn GROUP BY 1, 2, 3",
            wanted,
        )


def _move_merged(sheet: Sheet) -> None:
    """Items of a merged thread that this batch did not load follow the rest."""
    for old_id, new in sheet.merged.items():
        Item.objects.filter(thread_id=old_id).update(thread_id=new.id)
        Thread.objects.filter(merged_into_id=old_id).update(merged_into_id=new.id)
