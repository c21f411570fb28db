"""Sealing: every committed event gets one place, none is passed by."""

import threading

import psycopg
import pytest
from django.db import connection, transaction

from tests.audit import log
from tests.audit.events import DONE, SOMEBODY
from torg.audit import commands as audit
from torg.audit import keys, notes, sealing, verifying
from torg.audit.models import AuditEvent, Checkpoint, LeafPosition


def test_each_event_gets_a_place_and_the_checkpoint_is_signed(fresh_database, at):
    log.sealed(at)

    newest = Checkpoint.objects.order_by("-size").first()
    statement = notes.read(newest.note, keys.trusted())
    assert (statement.size, statement.root) == (10, bytes(newest.root))
    assert LeafPosition.objects.count() == 10


def test_sealing_nothing_new_signs_nothing(fresh_database, at):
    log.sealed(at)

    assert sealing.seal(at=at) == 0
    assert Checkpoint.objects.count() == 2


def test_sealing_inside_a_transaction_is_refused(fresh_database, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        sealing.seal(at=at)


def test_a_slow_transaction_is_sealed_when_it_ends_and_holds_up_nobody(fresh_database, at):
    with psycopg.connect(fresh_database) as slow:
        slow.execute(
            "INSERT INTO audit_event (id, at, name, actor_kind, actor_ref, target_kind, target_id, facts) "
            "VALUES (gen_random_uuid(), %s, 'test.slow', 'operator', 'x', '', '', '{}')",
            [at],
        )
        for _portion in range(3):
            log.write(3, at)
            assert sealing.seal(at=at) == 3
        slow.commit()

    assert sealing.seal(at=at) == 1
    assert verifying.verify().is_whole


def test_an_event_of_a_transaction_that_is_undone_leaves_no_hole(fresh_database, at):
    log.write(2, at)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        log.write(2, at)
        raise ZeroDivisionError
    log.write(2, at)

    assert sealing.seal(at=at) == 4
    assert verifying.verify().is_whole


def test_many_writers_and_sealers_at_once_lose_nothing(fresh_database, at):
    def work():
        log.write(40, at)
        sealing.seal(at=at)
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealing.seal(at=at)

    assert LeafPosition.objects.count() == AuditEvent.objects.count() == 240
    assert verifying.verify().is_whole


def test_portions_smaller_than_what_waits_seal_it_all(fresh_database, at, monkeypatch):
    monkeypatch.setattr(sealing, "AT_A_TIME", 4)
    with transaction.atomic():
        log.write(10, at)

    assert sealing.seal(at=at) == 10
    assert verifying.verify().is_whole


def test_after_a_restore_the_log_goes_on(fresh_database, postgres, at):
    # A restored copy lies in a cluster that counts transactions from lower down.
    log.sealed(at)
    log.write(1, at)
    log.tamper(
        postgres,
        ("UPDATE audit_event SET xid = (xid::text::bigint + 1000000)::text::xid8",),
        ("UPDATE audit_checkpoint SET watermark = watermark + 1000000",),
    )

    audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at)

    assert sealing.seal(at=at) == 2
    assert verifying.verify().is_whole
