"""Writing to the log."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection

from tests.audit.events import DONE, SOMEBODY
from tests.conftest import point_to
from torg.audit import commands as audit
from torg.audit import sealing
from torg.audit.models import AuditEvent
from torg.core import ids
from torg.core.tables import make_partitions
from torg.outbox.models import OutboxAct


@pytest.mark.django_db
def test_an_event_is_written_with_ids_and_numbers(at):
    scope = ids.new()

    event_id = audit.record(
        DONE, actor=SOMEBODY, scope=scope, target=None, at=at, facts={"role": "OFFICER", "count": 3}
    )

    event = AuditEvent.objects.get(id=event_id)
    assert (event.name, event.actor_ref, event.scope_id, event.at) == ("test.thing.done", "kari-pc", scope, at)
    assert event.facts == {"role": "OFFICER", "count": 3}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Kari", "Kari Nordmann", "ring meg", "kari@eksempel.no", "å", "x" * 81, "", "a|b"])
def test_what_somebody_wrote_is_refused(at, text):
    with pytest.raises(ValueError, match="texts stay out"):
        audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at, facts={"note": text})


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["DEPUTY", "comment", "m_Ab3f-_9", "123_456", "2026-03-10T09:00:00", "inbox.thread"])
def test_ids_and_codes_are_taken(at, code):
    assert audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at, facts={"what": code})


@pytest.mark.django_db
def test_a_sealed_event_says_nothing_in_the_log(at):
    scope = ids.new()

    event_id = audit.record(DONE, actor=SOMEBODY, scope=scope, target=None, at=at, facts={"n": 1}, is_sealed=True)

    event = AuditEvent.objects.get(id=event_id)
    assert (event.name, event.actor_ref, event.scope_id, event.target_id) == ("audit.event.sealed", "", None, "")
    assert list(event.facts) == ["commitment"]


@pytest.mark.django_db
def test_the_same_sealed_event_twice_gives_two_commitments(at):
    scope = ids.new()
    for _number in range(2):
        audit.record(DONE, actor=SOMEBODY, scope=scope, target=None, at=at, is_sealed=True)

    first, second = AuditEvent.objects.all()
    assert first.facts != second.facts


@pytest.mark.django_db
def test_a_sealed_event_needs_a_scope(at):
    with pytest.raises(ValueError, match="scope"):
        audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at, is_sealed=True)


@pytest.mark.django_db
def test_a_row_stands_in_the_log_by_its_public_id(at):
    row = OutboxAct(public_id=ids.new())

    event_id = audit.record(DONE, actor=SOMEBODY, scope=None, target=row, at=at)

    event = AuditEvent.objects.get(id=event_id)
    assert (event.target_kind, event.target_id) == ("outbox.outboxact", str(row.public_id))


@pytest.mark.django_db
def test_a_row_with_only_a_sequence_number_is_refused(at):
    with pytest.raises(ValueError, match="no public id"):
        audit.record(DONE, actor=SOMEBODY, scope=None, target=ContentType(pk=1), at=at)


@pytest.mark.django_db
def test_a_batch_is_one_event_with_counts(at):
    audit.record_batch(DONE, actor=SOMEBODY, at=at, facts={"items": 200})

    assert AuditEvent.objects.get().facts == {"items": 200}


@pytest.mark.django_db
def test_who_inserts_decides_neither_order_nor_hash(at):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, number, xid, at, name, actor_kind, actor_ref, target_kind, target_id, facts, "
            "leaf) VALUES (gen_random_uuid(), -5, '3', %s, 'test.x', 'operator', 'x', '', '', '{}', 'forged')",
            [at],
        )
        cursor.execute("SELECT number > 0, xid = pg_current_xact_id(), leaf <> 'forged' FROM audit_event")

        assert cursor.fetchone() == (True, True, True)


RAW = [
    """'{"note": "Ring meg"}'""",
    """'{"note": {"deep": 1}}'""",
    """'{"note": ["Kari"]}'""",
    """'["Kari"]'""",
]


@pytest.mark.django_db
@pytest.mark.parametrize("facts", RAW)
def test_the_database_refuses_texts_as_well(at, facts):
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, at, name, actor_kind, actor_ref, target_kind, target_id, facts) "
            f"VALUES (gen_random_uuid(), %s, 'test.x', 'operator', 'x', '', '', {facts})",
            [at],
        )


TABLES = ["audit_event", "audit_event_default", "audit_event_2031_05", "audit_leaf_position", "audit_checkpoint"]
CHANGES = ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"]


@pytest.mark.parametrize("role", ["torg_app", "torg_owner"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES, ids=["update", "delete", "truncate"])
def test_neither_the_application_nor_the_owner_can_change_it(fresh_database, postgres, at, role, table, change):
    name = connection.settings_dict["NAME"]
    connection.close()
    point_to(postgres, name, role="torg_owner")
    make_partitions("audit_event", at=at.replace(year=2031, month=5), ahead=0)
    audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at.replace(year=2031, month=5))
    audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at)
    sealing.seal(at=at)

    column = {"audit_leaf_position": "position", "audit_checkpoint": "size"}.get(table, "number")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(postgres.dsn(name, role=role)) as other:
        other.execute(change.format(table, column, column))


def test_a_month_that_has_rows_in_the_default_partition_stays_there(fresh_database, postgres, at):
    audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at)
    connection.close()
    point_to(postgres, connection.settings_dict["NAME"], role="torg_owner")

    assert make_partitions("audit_event", at=at, ahead=1) == ["audit_event_2026_04"]
