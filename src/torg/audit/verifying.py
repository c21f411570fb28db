"""Verify the whole log: every row, its place, every signed checkpoint, what is sealed, and the time stamps."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from torg.audit import keys, leaves, notes
from torg.audit.models import Checkpoint, TimeStamp
from torg.audit.tree import Tree
from torg.audit.verdicts import BreakKind, Broken, Verdict
from torg.connectors.services import tsa

# The table is never trusted to be in order: places are read in their order, and each names its row.
SEALED_ROWS = """
SELECT p.position, p.event_id, p.leaf, e.leaf, e.xid::text::bigint, e.number, CANONICAL
FROM audit_leaf_position p LEFT JOIN audit_event e ON e.id = p.event_id ORDER BY p.position
""".replace("CANONICAL", leaves.CANONICAL)
WAITING_ROWS = """
SELECT e.id, e.leaf, e.xid::text::bigint, CANONICAL FROM audit_event e
WHERE NOT EXISTS (SELECT FROM audit_leaf_position p WHERE p.event_id = e.id)
""".replace("CANONICAL", leaves.CANONICAL)
SEALED_DETAILS = """
SELECT d.event_id, d.salt, d.details, e.facts ->> 'commitment'
FROM audit_sealed_detail d LEFT JOIN audit_event e ON e.id = d.event_id
"""
HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
AT_A_TIME = 5_000


def verify(*, kept_note: str | None = None, trusted: list[notes.PublicKey] | None = None) -> Verdict:
    """Go through the whole log; stops at the first break.

    Args:
        kept_note: a checkpoint that was exported earlier and kept where nobody of ours can change it.
        trusted: the public keys to believe; ours and the former ones when None.
    """
    rows = checkpoints = stamps = waiting = 0
    # One unmoving view, so that sealing may go on meanwhile.
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            roots, bounds = _signed_roots(kept_note, keys.trusted() if trusted is None else trusted)
            checkpoints = len(bounds)
            rows = _walk(roots, bounds)
            waiting = _check_waiting()
            _check_details()
            stamps = _check_stamps()
        except Broken as broken:
            return Verdict(rows, checkpoints, stamps, waiting, broken.found)
    return Verdict(rows, checkpoints, stamps, waiting)


def _signed_roots(kept_note: str | None, trusted: list[notes.PublicKey]) -> tuple[dict[int, bytes], frozenset[int]]:
    """The root that was signed for each size, and the sizes at which a portion ended."""
    roots: dict[int, bytes] = {}
    for size, root, note in Checkpoint.objects.order_by("size").values_list("size", "root", "note"):
        statement = _read_note(note, trusted, size)
        if (statement.size, statement.root) != (size, bytes(root)):
            raise Broken(BreakKind.NOTE, size)
        roots[size] = statement.root
    bounds = frozenset(roots)
    if kept_note is not None:
        kept = _read_note(kept_note, trusted, None)
        if roots.setdefault(kept.size, kept.root) != kept.root:
            raise Broken(BreakKind.ROOT, kept.size)
    return roots, bounds


def _read_note(note: str, trusted: list[notes.PublicKey], size: int | None) -> notes.Statement:
    try:
        return notes.read(note, trusted)
    except notes.NoteProblem as problem:
        raise Broken(BreakKind.NOTE, size) from problem


def _walk(roots: dict[int, bytes], bounds: frozenset[int]) -> int:
    """Grow the tree again from the rows themselves, and hold it against every signed root; returns its size."""
    tree = Tree()
    before = (-1, -1)
    for position, event_id, placed, stored, xid, number, canonical in stream("torg_sealed", SEALED_ROWS):
        if position != tree.size:
            raise Broken(BreakKind.DOUBLED if position < tree.size else BreakKind.GAP, position, event_id)
        if stored is None:
            raise Broken(BreakKind.DELETED, position, event_id)
        leaf = leaves.leaf(canonical)
        if leaf != stored:
            raise Broken(BreakKind.CHANGED, position, event_id)
        if leaf != placed:
            raise Broken(BreakKind.REPLACED, position, event_id)
        if (xid, number) <= before:
            raise Broken(BreakKind.ORDER, position, event_id)
        tree.add(leaf)
        signed = roots.get(tree.size)
        if signed is not None and signed != tree.root():
            raise Broken(BreakKind.ROOT, tree.size)
        before = (-1, -1) if tree.size in bounds else (xid, number)
    if roots and max(roots) > tree.size:
        raise Broken(BreakKind.TRUNCATED, tree.size)
    if tree.size > max(bounds, default=0):
        raise Broken(BreakKind.NOTE, tree.size)
    return tree.size


def _check_waiting() -> int:
    """Rows without a place are new; one from a transaction that was sealed long ago was put in afterwards."""
    last = Checkpoint.objects.order_by("-size").first()
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        horizon = cursor.fetchone()[0]
    watermark = int(last.watermark) if last else 0
    # A restored cluster counts from lower down, and its new rows are no forgeries.
    is_restored = horizon < watermark
    waiting = 0
    for event_id, stored, xid, canonical in stream("torg_waiting", WAITING_ROWS):
        if leaves.leaf(canonical) != stored:
            raise Broken(BreakKind.CHANGED, None, event_id)
        if xid < watermark and not is_restored:
            raise Broken(BreakKind.INSERTED, None, event_id)
        waiting += 1
    return waiting


def _check_details() -> None:
    for event_id, salt, details, commitment in stream("torg_details", SEALED_DETAILS):
        if commitment != leaves.commitment(bytes(salt), details):
            raise Broken(BreakKind.DETAIL, None, event_id)


def _check_stamps() -> int:
    """Time stamps are held against the authority's root certificates, where we have been given any."""
    if not settings.TIME_STAMP_ROOTS:
        return 0
    roots = Path(settings.TIME_STAMP_ROOTS).read_bytes()
    known = dict(Checkpoint.objects.values_list("size", "note"))
    stamps = 0
    for stamp in TimeStamp.objects.order_by("size"):
        try:
            tsa.check(bytes(stamp.token), known.get(stamp.size, "").encode(), roots=roots)
        except tsa.StampProblem as problem:
            raise Broken(BreakKind.STAMP, stamp.size) from problem
        stamps += 1
    return stamps


def stream(name: str, query: str) -> Iterator[Any]:
    """Rows a portion at a time: a log of years does not fit in memory."""
    with connection.connection.cursor(name=name, binary=True) as cursor:
        cursor.itersize = AT_A_TIME
        cursor.execute(query)
        yield from cursor
