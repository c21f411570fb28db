"""Whoever writes as the application can put nothing false into the tree, and cannot stop the sealing."""

import pytest
from django.db import IntegrityError, connection

from tests.audit import log
from torg.audit import keys, sealing, verifying
from torg.audit.models import AuditEvent, Checkpoint, LeafPosition
from torg.audit.notes import Statement
from torg.audit.tree import Tree

PLACE = "INSERT INTO audit_leaf_position (position, event_id, leaf) "
FALSE_PLACES = {
    "of no event": PLACE + "VALUES (10, gen_random_uuid(), sha256('x'))",
    "with another leaf": PLACE + "SELECT 10, id, sha256('x') FROM unsealed",
    "that leaves a hole": PLACE + "SELECT 11, id, leaf FROM unsealed",
    "before the first": PLACE + "SELECT -1, id, leaf FROM unsealed",
}
CHECKPOINT = "INSERT INTO audit_checkpoint (size, at, root, note, frontier, watermark) "
LAST = "FROM audit_checkpoint ORDER BY size DESC LIMIT 1"
FALSE_CHECKPOINTS = {
    "larger than the tree": CHECKPOINT + f"SELECT size + 1, at, root, note, frontier, watermark {LAST}",
    "smaller than the last": CHECKPOINT + f"SELECT size - 1, at, root, note, frontier, watermark {LAST}",
}


@pytest.fixture
def tree(fresh_database, at):
    """Ten sealed events, and one that waits."""
    log.sealed(at)
    log.write(1, at)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE unsealed AS SELECT id, leaf FROM audit_event e "
            "WHERE NOT EXISTS (SELECT FROM audit_leaf_position p WHERE p.event_id = e.id)"
        )


@pytest.mark.parametrize("false", FALSE_PLACES.values(), ids=FALSE_PLACES)
def test_a_place_is_refused(tree, false):
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute(false)


@pytest.mark.parametrize("false", FALSE_CHECKPOINTS.values(), ids=FALSE_CHECKPOINTS)
def test_a_checkpoint_is_refused(tree, false):
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute(false)


def eleventh(at):
    """The checkpoint that the eleventh event makes, once it has its place."""
    waiting = AuditEvent.objects.exclude(id__in=LeafPosition.objects.values("event_id")).get()
    LeafPosition.objects.create(position=10, event_id=waiting.id, leaf=waiting.leaf)
    last = Checkpoint.objects.order_by("-size").first()
    grown = Tree(last.size, bytes(last.frontier))
    grown.add(bytes(waiting.leaf))
    note = keys.signer().sign(Statement(keys.origin(), grown.size, grown.root()))
    return Checkpoint(size=11, at=at, root=grown.root(), note=note, frontier=grown.frontier, watermark=last.watermark)


def test_the_true_checkpoint_is_taken(tree, at):
    eleventh(at).save(force_insert=True)

    assert verifying.verify().is_whole


@pytest.mark.parametrize(
    ("field", "value"),
    [("root", b"x" * 32), ("frontier", b"x" * 96), ("note", "o\n11\nx\n"), ("watermark", 2**63)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_checkpoint_with_one_thing_wrong_is_refused(tree, at, field, value):
    checkpoint = eleventh(at)
    setattr(checkpoint, field, value)

    with pytest.raises(IntegrityError):
        checkpoint.save(force_insert=True)


def test_a_false_table_laid_over_the_log_vouches_for_nothing(tree):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE audit_event AS SELECT gen_random_uuid() AS id, '\\x00'::bytea AS leaf")

        with pytest.raises(IntegrityError):
            cursor.execute(PLACE + "SELECT 10, id, leaf FROM audit_event")


def test_a_true_place_given_behind_the_sealing_is_taken_up(tree, at):
    with connection.cursor() as cursor:
        cursor.execute(PLACE + "SELECT 10, id, leaf FROM unsealed")

    assert sealing.seal(at=at) == 1
    assert verifying.verify().is_whole
    log.write(3, at)
    assert sealing.seal(at=at) == 3
    assert verifying.verify().is_whole
