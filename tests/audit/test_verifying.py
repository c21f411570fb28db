"""Verification names the first broken row, whoever broke it."""

import pytest

from tests.audit import log
from tests.audit.events import DONE, SOMEBODY
from torg.audit import commands as audit
from torg.audit import keys, notes, sealing, verifying
from torg.audit.models import Checkpoint
from torg.audit.notes import Statement
from torg.audit.verdicts import Break, BreakKind
from torg.core import ids


def test_an_untouched_log_is_whole(fresh_database, at):
    log.sealed(at)
    log.write(2, at)

    verdict = verifying.verify()

    assert (verdict.is_whole, verdict.rows, verdict.checkpoints, verdict.waiting) == (True, 10, 2, 2)


COLUMNS = [
    ("at", "at + interval '1 microsecond'"),
    ("name", "'test.thing.undone'"),
    ("actor_ref", "'somebody-else'"),
    ("scope_id", "NULL"),
    ("target_id", "'x'"),
    ("parent", "gen_random_uuid()"),
    ("facts", """'{"n": 8}'"""),
    ("number", "number + 100"),
]


@pytest.mark.parametrize(("column", "value"), COLUMNS, ids=[column for column, _value in COLUMNS])
def test_a_changed_row_is_named(fresh_database, postgres, at, column, value):
    events = log.sealed(at)

    log.tamper(postgres, (f"UPDATE audit_event SET {column} = {value} WHERE id = %s", events[6]))

    assert verifying.verify().first_break == Break(BreakKind.CHANGED, 6, events[6])


def test_a_changed_row_with_a_new_hash_is_named(fresh_database, postgres, at):
    events = log.sealed(at)

    log.tamper(postgres, ("DELETE FROM audit_event WHERE id = %s", events[6]), forged(events[6], at))

    assert verifying.verify().first_break == Break(BreakKind.REPLACED, 6, events[6])


def test_a_deleted_row_is_named(fresh_database, postgres, at):
    events = log.sealed(at)

    log.tamper(postgres, ("DELETE FROM audit_event WHERE id = %s", events[3]))

    assert verifying.verify().first_break == Break(BreakKind.DELETED, 3, events[3])


def test_a_row_deleted_with_its_place_is_noticed(fresh_database, postgres, at):
    events = log.sealed(at)

    log.tamper(
        postgres,
        ("DELETE FROM audit_event WHERE id = %s", events[3]),
        ("DELETE FROM audit_leaf_position WHERE event_id = %s", events[3]),
    )

    assert verifying.verify().first_break == Break(BreakKind.GAP, 4, events[4])


def test_rows_that_changed_places_are_named(fresh_database, postgres, at):
    events = log.sealed(at)

    swap = "UPDATE audit_leaf_position SET position = %s WHERE event_id = %s"
    log.tamper(postgres, (swap, 99, events[6]), (swap, 6, events[7]), (swap, 7, events[6]))

    assert verifying.verify().first_break == Break(BreakKind.ORDER, 7, events[6])


def test_a_cut_tail_is_noticed(fresh_database, postgres, at):
    events = log.sealed(at)

    log.tamper(
        postgres,
        ("DELETE FROM audit_event WHERE id = ANY(%s)", events[8:]),
        ("DELETE FROM audit_leaf_position WHERE event_id = ANY(%s)", events[8:]),
    )

    assert verifying.verify().first_break == Break(BreakKind.TRUNCATED, 8)


def test_a_tail_cut_with_its_checkpoint_is_noticed_by_one_kept_elsewhere(fresh_database, postgres, at):
    events = log.sealed(at)
    kept = Checkpoint.objects.get(size=10).note

    log.tamper(
        postgres,
        ("DELETE FROM audit_event WHERE id = ANY(%s)", events[5:]),
        ("DELETE FROM audit_leaf_position WHERE event_id = ANY(%s)", events[5:]),
        ("DELETE FROM audit_checkpoint WHERE size = 10",),
    )

    assert verifying.verify().is_whole
    assert verifying.verify(kept_note=kept).first_break == Break(BreakKind.TRUNCATED, 5)


def test_a_row_put_in_afterwards_is_named(fresh_database, postgres, at):
    log.sealed(at)
    put_in = ids.new()

    log.tamper(postgres, forged(put_in, at))

    assert verifying.verify().first_break == Break(BreakKind.INSERTED, None, put_in)


def test_a_second_row_with_the_same_id_is_named(fresh_database, postgres, at):
    events = log.sealed(at)

    log.tamper(postgres, forged(events[2], at.replace(year=2027)))

    assert verifying.verify().first_break.event_id == events[2]


def test_a_log_rewritten_and_signed_with_the_same_key_is_noticed_by_a_kept_checkpoint(fresh_database, postgres, at):
    log.sealed(at)
    kept = Checkpoint.objects.get(size=5).note
    other = keys.signer().sign(Statement(keys.origin(), 5, bytes(32)))

    log.tamper(postgres, ("UPDATE audit_checkpoint SET note = %s, root = %s WHERE size = 5", other, bytes(32)))

    assert verifying.verify().first_break == Break(BreakKind.ROOT, 5)
    assert verifying.verify(kept_note=kept).first_break == Break(BreakKind.ROOT, 5)


def test_a_checkpoint_signed_by_another_key_is_named(fresh_database, postgres, at, settings):
    log.sealed(at)

    settings.CHECKPOINT_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktby4="

    assert verifying.verify().first_break == Break(BreakKind.NOTE, 5)


def test_a_former_key_is_believed_when_it_is_listed(fresh_database, at, settings):
    log.sealed(at)

    settings.CHECKPOINT_FORMER_KEYS = [str(keys.signer().public)]
    settings.CHECKPOINT_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktby4="

    assert verifying.verify().is_whole


def test_places_without_a_checkpoint_are_noticed(fresh_database, postgres, at):
    log.sealed(at)

    log.tamper(postgres, ("DELETE FROM audit_checkpoint WHERE size = 10",))

    assert verifying.verify().first_break == Break(BreakKind.NOTE, 10)


def test_a_changed_row_that_waits_to_be_sealed_is_named(fresh_database, postgres, at):
    (event_id,) = log.write(1, at)

    log.tamper(postgres, ("UPDATE audit_event SET actor_ref = 'x' WHERE id = %s", event_id))

    assert verifying.verify().first_break == Break(BreakKind.CHANGED, None, event_id)


def test_a_secret_scopes_event_is_verified_without_its_details(fresh_database, postgres, at):
    scope = ids.new()
    event_id = audit.record(DONE, actor=SOMEBODY, scope=scope, target=None, at=at, is_sealed=True)
    sealing.seal(at=at)
    assert verifying.verify().is_whole

    log.tamper(postgres, ("DELETE FROM audit_sealed_detail WHERE event_id = %s", event_id))

    assert verifying.verify().is_whole


def test_changed_details_of_a_secret_scope_are_named(fresh_database, postgres, at):
    event_id = audit.record(DONE, actor=SOMEBODY, scope=ids.new(), target=None, at=at, is_sealed=True)

    log.tamper(postgres, ("UPDATE audit_sealed_detail SET details = replace(details, 'kari', 'olav')",))

    assert verifying.verify().first_break == Break(BreakKind.DETAIL, None, event_id)


def test_a_note_that_nobody_signed_is_refused():
    with pytest.raises(notes.NoteProblem):
        notes.read("eksempel/audit\n1\nAAAA\n\n— eksempel/audit AAAA\n", keys.trusted())


def forged(event_id, at):
    """A row that its author gave an old transaction number, with everything else as it should be."""
    return (
        "INSERT INTO audit_event SELECT %s, 1, '3'::xid8, %s, name, actor_kind, actor_ref, NULL, '', '', NULL, '{}', "
        "sha256('\\x00'::bytea || convert_to(format('%%s|1|%%s|%%s|%%s|%%s||||' || '|{}', %s::text, "
        "(extract(epoch FROM %s::timestamptz) * 1000000)::bigint, name, actor_kind, actor_ref), 'UTF8')) "
        "FROM audit_event LIMIT 1",
        event_id,
        at,
        event_id,
        at,
    )
