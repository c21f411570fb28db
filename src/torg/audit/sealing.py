"""Seal: give committed events their places in the tree, and sign its new size and root.

Events are written at the same time by many transactions, and are sealed afterwards: every committed event that has
no place yet gets one. The watermark, below which all transactions had ended, only bounds where to look.
"""

from datetime import datetime

from django.db import connection, transaction

from torg.audit import keys
from torg.audit.models import Checkpoint, LeafPosition
from torg.audit.notes import Statement
from torg.audit.tree import Tree

AT_A_TIME = 50_000
LOCK = "torg.audit.seal"

UNSEALED = """
SELECT e.id, e.leaf FROM audit_event e
WHERE e.xid >= %s::xid8 AND e.xid < %s::xid8
    AND NOT EXISTS (SELECT FROM audit_leaf_position p WHERE p.event_id = e.id)
ORDER BY e.xid, e.number LIMIT %s
"""
NO_BOUND = 2**64 - 1


def seal(*, at: datetime) -> int:
    """Seal all that is ready, in portions; returns how many events got a place. Only one process seals at a time."""
    sealed = 0
    while count := _seal_portion(at):
        sealed += count
    return sealed


@transaction.atomic(durable=True)
def _seal_portion(at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = Checkpoint.objects.order_by("-size").first()
        tree = Tree(last.size, bytes(last.frontier)) if last else Tree()
        found = _take_up(tree)
        oldest, newest = _horizon()
        watermark = int(last.watermark) if last else 0
        # A restored cluster counts transactions from lower down: look at everything, until all has a place.
        is_restored = watermark > oldest
        start, end = (0, NO_BOUND) if is_restored else (watermark, newest)
        cursor.execute(UNSEALED, [str(start), str(end), AT_A_TIME])
        rows = cursor.fetchall()
        if not rows and not found:
            return 0
        with cursor.copy("COPY audit_leaf_position (position, event_id, leaf) FROM STDIN") as places:
            for event_id, leaf in rows:
                places.write_row((tree.size, event_id, leaf))
                tree.add(bytes(leaf))
    _sign(tree, watermark=oldest if len(rows) < AT_A_TIME else watermark, at=at)
    return len(rows) + found


def _take_up(tree: Tree) -> int:
    """Add the places that no checkpoint covers; returns how many.

    We give none without one, but whoever writes as the application can, and must not stop the sealing so.
    """
    places = LeafPosition.objects.filter(position__gte=tree.size).order_by("position")
    leaves = list(places.values_list("leaf", flat=True))
    for leaf in leaves:
        tree.add(bytes(leaf))
    return len(leaves)


def _horizon() -> tuple[int, int]:
    """The transaction below which all have ended, and the one from which none has begun."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
        )
        oldest, newest = cursor.fetchone()
        return oldest, newest


def _sign(tree: Tree, *, watermark: int, at: datetime) -> Checkpoint:
    root = tree.root()
    note = keys.signer().sign(Statement(keys.origin(), tree.size, root))
    return Checkpoint.objects.create(
        size=tree.size, at=at, root=root, note=note, frontier=tree.frontier, watermark=watermark
    )
