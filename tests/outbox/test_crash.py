"""Two workers at once, and a worker that dies in the middle."""

import threading

import psycopg
import pytest
from django.db import connection, transaction

from tests.outbox.acts import act, state
from torg.connectors import contract
from torg.outbox import commands as outbox
from torg.outbox import sending
from torg.outbox.models import ActState


class PowerCut(BaseException):
    """Nothing after this line runs in the process that dies."""


def in_threads(count, work):
    def run():
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_workers_at_once_send_each_act_once_and_one_at_a_time_in_each_line(fresh_database, handler, at):
    flying, together = set(), []

    def fly(act):
        if act.serial_key in flying:
            together.append(act.serial_key)
        flying.add(act.serial_key)
        threading.Event().wait(0.005)
        flying.discard(act.serial_key)

    handler.while_performing = fly
    texts = [f"svar {number}" for number in range(24)]
    for number, text in enumerate(texts):
        outbox.plan(act(serial_key=f"thread-{number % 4}", payload={"text": text}), at=at)

    in_threads(4, lambda: sending.send_due(at=at))
    sending.send_due(at=at)

    assert sorted(handler.performed) == sorted(texts)
    assert together == []


def test_a_worker_that_dies_after_the_act_leaves_it_to_be_looked_for(fresh_database, handler, at):
    handler.answers = [PowerCut()]
    row = outbox.plan(act(), at=at)
    with pytest.raises(PowerCut):
        sending.send_due(at=at)
    assert state(row) == ActState.SENDING

    sending.recover_sending(at=at)
    assert state(row) == ActState.UNCONFIRMED
    handler.matches = [contract.Match("123")]
    sending.look_due(at=at)
    sending.send_due(at=at)

    assert (state(row), len(handler.performed)) == (ActState.CONFIRMED, 1)


def test_an_act_in_a_living_workers_hands_is_left_alone(fresh_database, handler, at):
    row = outbox.plan(act(), at=at)
    seen = []

    def look_from_another_process(act):
        in_threads(1, lambda: seen.append(sending.recover_sending(at=at)))

    handler.while_performing = look_from_another_process
    sending.send_due(at=at)

    assert (seen, state(row)) == ([0], ActState.CONFIRMED)


def test_no_lock_is_left_behind(fresh_database, handler, at):
    outbox.plan(act(), at=at)

    sending.send_due(at=at)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone()[0] == 0


def test_no_transaction_is_open_while_the_platform_is_called(fresh_database, postgres, handler, at):
    outbox.plan(act(), at=at)
    open_ones = []

    def count_open(act):
        with psycopg.connect(fresh_database) as other:
            query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
            open_ones.append(other.execute(query).fetchone()[0])

    handler.while_performing = count_open
    sending.send_due(at=at)

    assert open_ones == [0]


def test_sending_inside_a_transaction_is_refused(fresh_database, handler, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        sending.send_due(at=at)


def test_an_act_of_a_transaction_that_is_undone_is_never_sent(fresh_database, handler, at):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.plan(act(), at=at)
        raise ZeroDivisionError

    assert sending.send_due(at=at) == 0


def test_planning_wakes_whoever_listens_when_it_is_committed(fresh_database, at):
    with psycopg.connect(fresh_database, autocommit=True) as other:
        other.execute("LISTEN torg_work")

        outbox.plan(act(), at=at)

        assert [notice.payload for notice in other.notifies(timeout=5, stop_after=1)] == ["outbox"]
