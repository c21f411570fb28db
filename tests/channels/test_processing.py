"""Taking stored deliveries in: together, apart from the one that cannot be, and never twice."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connections
from structlog.testing import capture_logs

from tests import factories
from tests.channels import fakes
from tests.channels.fakes import AT, TAKEN, state_of, store
from tests.dialogue.arriving import connect
from torg.audit.models import AuditEvent
from torg.channels import commands, polling, processing, spool
from torg.channels.models import ActivityHour, Connection, RawDeliveryState
from torg.connectors.contract import InboundEvent, Kind
from torg.core import ids
from torg.core.actors import Operator
from torg.core.errors import NotAllowed

OPERATOR = Operator("drift")


@pytest.fixture(autouse=True)
def platform(settings, tmp_path):
    settings.INTAKES = {"facebook": "tests.channels.fakes.FakeIntake"}
    settings.INBOUND_HANDLER = "tests.channels.fakes.take_in"
    settings.SPOOL_FOLDER = tmp_path / "spool"
    TAKEN.clear()


@pytest.fixture
def page(db):
    return connect()


def test_what_waits_is_taken_in_together_and_in_order(page):
    first, second = store("a", "b"), store("c", at=AT.replace(hour=10))

    taken = processing.process_pending(at=AT)

    assert taken == 2 and TAKEN == [["a", "b", "c"]]
    assert state_of(first) == state_of(second) == ("PROCESSED", "")
    assert processing.process_pending(at=AT) == 0


def test_the_connection_remembers_when_it_last_delivered(page):
    store("a"), store("b")

    processing.process_pending(at=AT)

    page.refresh_from_db()
    assert page.last_event_at == AT
    assert list(ActivityHour.objects.values_list("connection_id", "events")) == [(page.id, 2)]


def test_a_poisoned_delivery_stands_alone_and_the_others_go_on(page):
    deliveries = [store(name) for name in ("a", "b", "poison", "c", "d")]

    processing.process_pending(at=AT)

    assert [state_of(one)[0] for one in deliveries] == ["PROCESSED", "PROCESSED", "FAILED", "PROCESSED", "PROCESSED"]
    assert sorted(name for names in TAKEN for name in names) == ["a", "b", "c", "d"]


def test_of_a_failure_nothing_is_kept_or_logged_but_ids_and_the_class_of_the_error(page):
    poison = store("poison")

    with capture_logs() as logs:
        processing.process_pending(at=AT)

    assert state_of(poison) == ("FAILED", "Poison")
    assert str(poison.id) in str(logs) and "hemmelighet" not in str(logs)


def test_what_cannot_be_read_or_belongs_to_nobody_is_kept_for_inspection(page):
    unreadable, stranger = store(body=b"<html>"), store("a", page="999")

    processing.process_pending(at=AT)

    assert state_of(unreadable) == ("INSPECT", "unreadable")
    assert state_of(stranger) == ("INSPECT", "unknown account")


def test_what_came_before_closing_is_taken_in_and_what_came_after_is_kept_for_inspection(page):
    commands.close(connection_id=page.public_id, by=OPERATOR, at=AT)
    before, after = store("a"), store("b", at=AT + timedelta(seconds=1))

    processing.process_pending(at=AT)

    assert (state_of(before)[0], state_of(after)) == ("PROCESSED", ("INSPECT", "after closing"))
    assert TAKEN == [["a"]]


def test_a_connector_that_stumbles_fails_its_delivery_only(page):
    broken, whole = store(body=b"{}"), store("a")

    processing.process_pending(at=AT)

    assert state_of(broken) == ("FAILED", "KeyError")
    assert state_of(whole) == ("PROCESSED", "")


def test_when_the_database_stumbles_nothing_is_marked_and_all_wait(page, settings):
    settings.INBOUND_HANDLER = "tests.channels.test_processing.stumble"
    delivery = store("a")

    with pytest.raises(OperationalError):
        processing.process_pending(at=AT)

    assert state_of(delivery) == ("PENDING", "")


def stumble(*, batch, at):
    raise OperationalError("deadlock detected")


def test_what_failed_can_be_replayed_and_leaves_a_trace(page, settings):
    poison, stranger = store("poison"), store("a", page="999")
    processing.process_pending(at=AT)
    Connection.objects.filter(pk=page.pk).update(external_id="999")

    count = commands.replay_failed(by=OPERATOR, at=AT)
    processing.process_pending(at=AT)

    assert count == 2
    assert state_of(stranger) == ("PROCESSED", "") and state_of(poison)[0] == "INSPECT"
    assert AuditEvent.objects.filter(name="channels.delivery.replayed").count() == 1


def test_replaying_is_for_those_who_manage_every_page(page):
    with pytest.raises(NotAllowed):
        commands.replay_failed(by=factories.administrator(page.presence, at=AT), at=AT)


def test_a_batch_ends_by_bytes_and_the_rest_waits(page, monkeypatch):
    monkeypatch.setattr(processing, "MOST_BYTES", 20)
    store("a"), store("b"), store("c")

    assert [processing.process_pending(at=AT) for _ in range(4)] == [1, 1, 1, 0]


def test_a_batch_ends_by_events_and_the_rest_waits(page, monkeypatch):
    monkeypatch.setattr(processing, "MOST_EVENTS", 3)
    store("a", "b", "c", "d")
    store("e", at=AT.replace(hour=10))

    assert [processing.process_pending(at=AT) for _ in range(3)] == [1, 1, 0]


def test_what_we_read_ourselves_goes_the_same_way(page):
    event = InboundEvent(Kind.COMMENT, "add", None, external_id="polled", text="Lest", raw={"id": "polled"})
    delivery = polling.store_read(page, [event], at=AT)

    processing.process_pending(at=AT)

    assert TAKEN == [["polled"]] and state_of(delivery) == ("PROCESSED", "")
    page.refresh_from_db()
    assert page.last_event_at is None, "reading does not prove that the platform delivers"


def test_two_workers_take_everything_and_nothing_twice(fresh_database):
    connect()
    for number in range(40):
        store(f"n{number}")

    def work():
        while processing.process_pending(limit=3, at=AT):
            continue
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]

    assert sorted(name for names in TAKEN for name in names) == sorted(f"n{number}" for number in range(40))
    assert set(RawDeliveryState.objects.values_list("state", flat=True)) == {"PROCESSED"}
    assert fakes.TAKEN


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-3],
        lambda content: content + b"\xff" * 20,
        lambda content: content + b"\xff" * 200,
        lambda content: content.replace(b"PENDING", b"\x00ENDING"),
    ],
    ids=["cut", "rest of a head", "impossible lengths", "state with a NUL"],
)
def test_a_damaged_spool_file_is_put_aside_and_stops_nobody(page, settings, damage):
    store_of = spool.Spool(Path(settings.SPOOL_FOLDER))
    path = store_of.keep([spool.Delivery(ids.new(), "facebook", AT, b"{}", b"")])
    path.write_bytes(damage(path.read_bytes()))
    waiting = store("a")

    processing.process_pending(at=AT)

    assert state_of(waiting)[0] == "PROCESSED"
    assert store_of.files() == [] and path.with_suffix(".damaged").exists()
