"""Many rows written in one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def number(rows: Sequence[models.Model]) -> None:
    """Give new rows their numbers before they are written, so that others can point to them."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [rows[0]._meta.db_table, len(rows)],
        )
        for row, (drawn,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = drawn


def insert(rows: Sequence[models.Model]) -> None:
    """Write new, numbered rows by COPY: Django's own way spends more on each row than on all else about it."""
    if not rows:
        return
    meta = rows[0]._meta
    columns: list[Any] = list(meta.concrete_fields)
    statement = sql.SQL("COPY {table} ({names}) FROM STDIN").format(
        table=sql.Identifier(meta.db_table), names=_joined("{0}", columns)
    )
    prepared = [_column(field, rows) for field in columns]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for values in zip(*prepared, strict=True):
            copy.write_row(values)
    for row in rows:
        row._state.adding = False


def update(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write `fields` of all `rows` in one UPDATE joined with arrays: one plan and one round trip for any number."""
    if not rows:
        return
    meta = rows[0]._meta
    columns: list[Any] = [meta.get_field(name) for name in fields]
    key: Any = meta.pk
    both = [key, *columns]
    statement = sql.SQL(
        "UPDATE {table} AS old SET {changes} FROM unnest({arrays}) AS new({names}) WHERE {same}"
    ).format(
        table=sql.Identifier(meta.db_table),
        changes=_joined("{0} = new.{0}", columns),
        arrays=sql.SQL(", ").join(sql.SQL(f"%s::{_type(field)}[]") for field in both),
        names=_joined("{0}", both),
        same=_joined("old.{0} = new.{0}", [key]),
    )
    values = [_column(field, rows) for field in both]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _joined(shape: str, columns: Sequence[Any]) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL(shape).format(sql.Identifier(field.column)) for field in columns)


def _type(field: Any) -> str:
    """The column's type without its length or its default."""
    return str(field.rel_db_type(connection) if field.is_relation else field.cast_db_type(connection)).split("(")[0]


def _column(field: Any, rows: Sequence[models.Model]) -> list[Any]:
    values = [getattr(row, field.attname) for row in rows]
    # Only JSON is written otherwise than it is held: asking every field for every value took a tenth of a batch.
    return [field.get_db_prep_save(value, connection) for value in values] if _is_json(field) else values


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)
