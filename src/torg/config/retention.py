"""`torg partitions`: make room for coming months, and take months that nothing needs out of the large tables."""

import argparse
import getpass
import sys
from datetime import date, datetime

from django.db import connection, transaction

from torg.audit import commands as audit
from torg.config import events
from torg.core import clock, tables
from torg.core.actors import Actor, Operator

PARTITIONED_BY_TIME = """
SELECT class.relname FROM pg_partitioned_table parted
JOIN pg_class class ON class.oid = parted.partrelid
JOIN pg_namespace space ON space.oid = class.relnamespace
WHERE parted.partstrat = 'r' AND space.nspname = current_schema() ORDER BY 1
"""

# What needs a month of the tables that are partitioned by time; no foreign key may say it. A month is detached only
# when none of these finds a row. The log is no table of these: it is proved as a whole.
WHOLE_FOR_GOOD = ("audit_event",)
NEEDS_DELIVERY = """
SELECT 1 FROM {needs} needs
WHERE EXISTS (SELECT FROM {partition} month WHERE month.id = needs.delivery_id) LIMIT 1
"""
NOT_TAKEN_IN = """
SELECT 1 FROM channels_rawdeliverystate needs WHERE needs.state <> 'PROCESSED'
AND EXISTS (SELECT FROM {partition} month WHERE month.id = needs.delivery_id) LIMIT 1
"""
NEEDS_VERSION = "SELECT 1 FROM {partition} month JOIN dialogue_item needs ON needs.id = month.item_id LIMIT 1"
HOLDERS_OF_DELIVERIES = {
    "dialogue_item": "what people wrote",
    "dialogue_statechange": "changes of state",
    "dialogue_unknownevent": "events that we did not understand",
}
POINTERS: tuple[tables.Pointer, ...] = (
    tables.Pointer("channels_rawdelivery", "deliveries that are not taken in", NOT_TAKEN_IN),
    *(
        tables.Pointer("channels_rawdelivery", reason, NEEDS_DELIVERY.replace("{needs}", holder))
        for holder, reason in HOLDERS_OF_DELIVERIES.items()
    ),
    tables.Pointer("dialogue_itemversion", "what people wrote", NEEDS_VERSION),
)


def partitions(arguments: list[str]) -> int:
    """Make the coming months' partitions, or `detach --older-than YYYY-MM`; 1 when a month had to stay."""
    given = _parser().parse_args(arguments)
    at = clock.now()
    if given.word == "detach":
        return _report(detach(older_than=given.older_than, by=Operator(getpass.getuser()), at=at))
    for table in partitioned_tables():
        for made in tables.make_partitions(table, at=at):
            sys.stdout.write(f"{made}\n")
    return 0


def detach(*, older_than: date, by: Actor, at: datetime) -> dict[str, list[str]]:
    """Detach every month before `older_than` that nothing points into; returns why each of the others stays.

    A detached month stays in the database as a table of its own, to be exported, moved or dropped by a person. The
    tables of `WHOLE_FOR_GOOD` are left alone.
    """
    found: dict[str, list[str]] = {}
    for table in sorted({pointer.table for pointer in POINTERS}):
        for partition in tables.partitions_before(table, older_than):
            found[partition] = _detach_one(table, partition, by=by, at=at)
    return found


@transaction.atomic
def _detach_one(table: str, partition: str, *, by: Actor, at: datetime) -> list[str]:
    reasons = tables.detach_partition(table, partition, POINTERS)
    if not reasons:
        audit.record(events.MONTH_DETACHED, actor=by, scope=None, target=None, at=at, facts={"table": partition})
    return reasons


def partitioned_tables() -> list[str]:
    """Every table that is partitioned by time."""
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONED_BY_TIME)
        return [name for (name,) in cursor.fetchall()]


def _report(found: dict[str, list[str]]) -> int:
    for partition, reasons in found.items():
        said = f"stays: needed by {', '.join(reasons)}" if reasons else "detached; it is a table of its own now"
        sys.stdout.write(f"{partition} {said}\n")
    if not found:
        sys.stdout.write("There is no month before that.\n")
    return 1 if any(found.values()) else 0


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg partitions", description=__doc__)
    words = parser.add_subparsers(dest="word")
    words.add_parser("make", help="make the coming months (what the word does alone)")
    word = words.add_parser("detach", help="take out months that nothing points into; nothing is dropped")
    word.add_argument("--older-than", type=_month, required=True, metavar="YYYY-MM", help="months before this one")
    return parser
