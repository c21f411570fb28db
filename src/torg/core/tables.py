"""Table shapes that several rooms share: append-only tables, and tables partitioned by our own received time.

Used in migrations. The database has two roles: the owner migrates, the application serves; what the
application may not do is refused by privilege and by trigger, so that neither alone is the wall.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations import RunSQL

from torg.core.migrating import Revoke

MONTH = re.compile(r"(\d{4})_(\d{2})")
REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION torg_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def append_only(table: str) -> list[RunSQL | Revoke]:
    """Migration operations after which no role can update, delete or truncate rows of `table`."""
    return [
        RunSQL(REFUSE_CHANGE, RunSQL.noop),
        RunSQL(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION torg_refuse_change();"
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION torg_refuse_change();",
            f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};",
        ),
        revoke(table, "UPDATE, DELETE, TRUNCATE"),
    ]


def revoke(table: str, privileges: str) -> Revoke:
    """A migration operation that takes `privileges` on `table` from the application's role, where there is one."""
    return Revoke(table, privileges)


def month_after(day: date, months: int) -> date:
    """The first day of the month that lies `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def make_partitions(table: str, *, at: datetime, ahead: int = 3) -> list[str]:
    """Make monthly partitions of `table` for the month of `at` and `ahead` months on; returns the new ones' names.

    Runs as the owner (`torg migrate`, or the owner's scheduled `torg partitions`); rows outside every month
    fall into the DEFAULT partition, so intake never waits for this.
    """
    made = []
    with connection.cursor() as cursor:
        for months in range(ahead + 1):
            start, end = month_after(at.date(), months), month_after(at.date(), months + 1)
            name = f"{table}_{start:%Y_%m}"
            cursor.execute("SELECT to_regclass(%s)", [name])
            if cursor.fetchone()[0] is not None:
                continue
            try:
                with transaction.atomic():
                    cursor.execute(f"CREATE TABLE {name} PARTITION OF {table} FOR VALUES FROM ('{start}') TO ('{end}')")
                    _guard_like_parent(cursor, table, name)
            except IntegrityError:
                # Rows of this month lie in the DEFAULT partition already: it keeps the month.
                continue
            made.append(name)
    return made


@dataclass(frozen=True, slots=True)
class Pointer:
    """That rows elsewhere need rows of a partitioned table, though no foreign key says so.

    Attributes:
        table: the partitioned table.
        reason: what needs them, as one would finish “the month is needed by …”.
        exists: a query with `{partition}` that finds a row when the partition is needed.
    """

    table: str
    reason: str
    exists: str


def partitions_before(table: str, day: date) -> list[str]:
    """The monthly partitions of `table` that hold nothing from `day` on, oldest first; never the DEFAULT one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid "
            "WHERE inhparent = to_regclass(%s) ORDER BY 1",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
    months = {name: MONTH.fullmatch(name.removeprefix(f"{table}_")) for name in names}
    return [
        name
        for name, found in months.items()
        if found and month_after(date(int(found.group(1)), int(found.group(2)), 1), 1) <= day
    ]


def detach_partition(table: str, partition: str, pointers: Iterable[Pointer]) -> list[str]:
    """Take `partition` out of `table`, as a table of its own that stays in the database.

    Returns what needs it instead, and detaches nothing, when a pointer finds a row. Nobody writes meanwhile, so that
    nothing begins to point in between the look and the act. Runs as the owner, in the caller's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        reasons = []
        for pointer in pointers:
            if pointer.table == table:
                cursor.execute(pointer.exists.format(partition=partition))
                reasons += [pointer.reason] if cursor.fetchone() else []
        if not reasons:
            cursor.execute(f"ALTER TABLE {table} DETACH PARTITION {partition}")
    return reasons


def _guard_like_parent(cursor: CursorWrapper, table: str, partition: str) -> None:
    """What PostgreSQL does not hand down to a partition: the refusal to truncate, and privileges taken away."""
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgname = %s)",
        [table, f"{table}_no_truncate"],
    )
    if cursor.fetchone()[0]:
        cursor.execute(
            f"CREATE TRIGGER {partition}_no_truncate BEFORE TRUNCATE ON {partition} "
            "FOR EACH STATEMENT EXECUTE FUNCTION torg_refuse_change()"
        )
    role = settings.APP_DATABASE_ROLE
    for privilege in ("UPDATE", "DELETE", "TRUNCATE") if role else ():
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, privilege])
        if not cursor.fetchone()[0]:
            cursor.execute(f'REVOKE {privilege} ON {partition} FROM "{role}"')
