"""Months leave the large tables only when nothing points into them, and they are never dropped."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections

from tests.conftest import point_to
from tests.dialogue.arriving import absorb, connect, event
from torg.audit.models import AuditEvent
from torg.channels.models import DeliveryState, RawDelivery, RawDeliveryState, Source
from torg.config import retention
from torg.config.processes.postgres import OWNER
from torg.core import ids, tables
from torg.core.actors import Operator
from torg.dialogue.models import Item

BY = Operator("drift")
OLD = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
MONTH = "channels_rawdelivery_2024_01"


@pytest.fixture
def owner(fresh_database, postgres, worker_id):
    """A database with a month of long ago, seen as its owner."""
    connections["default"].close()
    point_to(postgres, f"fresh_{worker_id}", role=OWNER)
    for table in retention.partitioned_tables():
        tables.make_partitions(table, at=OLD, ahead=0)
    return connect()


def deliver(channel, state=DeliveryState.PROCESSED) -> RawDelivery:
    number = ids.new()
    RawDeliveryState.objects.create(delivery_id=number, received_at=OLD, state=state)
    return RawDelivery.objects.create(
        id=number, platform="facebook", source=Source.POLL, connection=channel, received_at=OLD,
        body=b"{}", signature_ok=False, headers_digest=b"", delivery_key=number.bytes,
    )  # fmt: skip


def detach(at):
    return retention.detach(older_than=date(2024, 2, 1), by=BY, at=at)


def test_a_month_that_nothing_needs_becomes_a_table_of_its_own(owner, at):
    deliver(owner)

    assert detach(at)[MONTH] == []

    assert not RawDelivery.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {MONTH}")
        assert cursor.fetchone() == (1,)
    assert AuditEvent.objects.filter(name="config.month.detached", facts__table=MONTH).exists()


@pytest.mark.parametrize("state", ["PENDING", "FAILED", "INSPECT"])
def test_a_delivery_that_is_not_taken_in_keeps_its_month(owner, at, state):
    deliver(owner, DeliveryState(state))

    assert detach(at)[MONTH] == ["deliveries that are not taken in"]
    assert RawDelivery.objects.exists()
    assert not AuditEvent.objects.filter(facts__table=MONTH).exists()


def test_an_item_keeps_the_month_of_its_delivery(owner, at):
    delivery = deliver(owner)
    absorb(owner, event(text="Hei"))
    Item.objects.update(delivery_id=delivery.id)

    assert detach(at)[MONTH] == ["what people wrote"]


def test_later_months_are_left_alone(owner, at):
    assert set(detach(at)) == {MONTH, "dialogue_itemversion_2024_01"}
    assert tables.partitions_before("channels_rawdelivery", OLD.date() + timedelta(days=1)) == []


def test_every_table_with_months_has_its_rule(db):
    ruled = {pointer.table for pointer in retention.POINTERS} | set(retention.WHOLE_FOR_GOOD)

    assert set(retention.partitioned_tables()) == ruled


def test_each_rule_is_a_query_that_runs(db):
    for pointer in retention.POINTERS:
        with connection.cursor() as cursor:
            cursor.execute(pointer.exists.format(partition=f"{pointer.table}_default"))


def test_the_operator_is_told_what_stays_and_why(owner, capsys):
    deliver(owner, DeliveryState.FAILED)

    assert retention.partitions(["detach", "--older-than", "2024-02"]) == 1
    assert f"{MONTH} stays: needed by deliveries that are not taken in" in capsys.readouterr().out
