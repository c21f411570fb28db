"""Many rows changed in one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write `fields` of all `rows` in one UPDATE joined with arrays: one plan and one round trip for any number."""
    if not rows:
        return
    meta = rows[0]._meta
    columns: list[Any] = [meta.get_field(name) for name in fields]
    key: Any = meta.pk
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in [key, *columns])
    names = ", ".join(f'"{field.column}"' for field in [key, *columns])
    changes = ", ".join(f'"{field.column}" = new."{field.column}"' for field in columns)
    statement = (
        f'UPDATE "{meta.db_table}" AS old SET {changes} '  # noqa: S608
        f'FROM unnest({arrays}) AS new({names}) WHERE old."{key.column}" = new."{key.column}"'
    )
    values = [[_value(field, row) for row in rows] for field in [key, *columns]]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _type(field: Any) -> str:
    """The column's type without its length or its default."""
    return str(field.rel_db_type(connection) if field.is_relation else field.cast_db_type(connection)).split("(")[0]


def _value(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
