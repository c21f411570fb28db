"""The door for deliveries: what it keeps, and what happens when PostgreSQL does not."""

import asyncio
import json

import pytest

from tests.channels.fakes import AT, call, run, sealed, signed
from tests.dialogue.arriving import connect
from torg.channels import intake, processing, writing
from torg.channels.models import RawDelivery, RawDeliveryState
from torg.channels.patience import Patience, TooSlow
from torg.channels.spool import Spool

BODY = json.dumps({"object": "page", "entry": [{"id": "100"}]}).encode()


@pytest.fixture
def door(fresh_database, settings, tmp_path):
    settings.SPOOL_FOLDER = tmp_path / "spool"
    connect(secrets=sealed())
    return settings


def states():
    return list(RawDeliveryState.objects.values_list("state", flat=True))


def test_a_signed_delivery_is_kept_byte_for_byte(door):
    [(status, _, _)] = run(call(BODY, signed(BODY)))

    assert status == 200
    assert bytes(RawDelivery.objects.get().body) == BODY
    assert states() == ["PENDING"]


def test_the_signature_is_over_the_bytes_and_not_over_what_they_mean(door):
    escaped, plain = b'{"text": "\\u00e6"}', '{"text": "æ"}'.encode()

    answers = run(call(escaped, signed(escaped)), call(plain, signed(escaped)))

    assert [status for status, _, _ in answers] == [200, 403]


def test_a_signed_delivery_that_is_not_json_is_refused_and_kept_for_inspection(door):
    [(status, _, _)] = run(call(b"<html>", signed(b"<html>")))

    assert status == 400
    assert states() == ["INSPECT"]


def test_many_at_once_are_all_kept_in_few_commits(door):
    answers = run(*[call(BODY, signed(BODY)) for _ in range(300)])

    assert {status for status, _, _ in answers} == {200}
    assert RawDelivery.objects.count() == 300


def test_when_too_much_waits_the_platform_is_asked_to_try_again(door, monkeypatch):
    monkeypatch.setattr(writing, "MOST_BYTES_WAITING", len(BODY) * 2)

    answers = run(*[call(BODY, signed(BODY)) for _ in range(5)])

    assert sorted(status for status, _, _ in answers) == [200, 200, 503, 503, 503]
    assert RawDelivery.objects.count() == 2


class DatabaseAway:
    """Lets the intake read its keys, then takes PostgreSQL away from it."""

    def __init__(self, monkeypatch):
        self.patch = monkeypatch

    async def around(self, *bodies):
        first = await call(b"{}", signed(b"{}"))
        parameters = {**intake._parameters(), "host": "/nowhere"}
        self.patch.setattr(intake, "_parameters", lambda: parameters)
        door = intake._door()
        for database in door._databases.values():
            await database.close()
        return [first, *[await call(body, signed(body)) for body in bodies]]


def test_while_postgresql_is_away_deliveries_are_spooled_and_come_in_later_exactly_once(door, monkeypatch):
    [answers] = run(DatabaseAway(monkeypatch).around(BODY, BODY))
    files = Spool(door.SPOOL_FOLDER).files()
    kept = [path.read_bytes() for path in files]

    processing.import_spool()
    for path, content in zip(files, kept, strict=True):
        path.write_bytes(content)
    processing.import_spool()

    assert [status for status, _, _ in answers] == [200, 200, 200]
    assert len(files) == 2
    assert RawDelivery.objects.count() == 3 and RawDeliveryState.objects.count() == 3


def test_a_full_spool_means_try_again(door, monkeypatch):
    monkeypatch.setattr(Spool, "size", lambda self: self.max_bytes)

    [answers] = run(DatabaseAway(monkeypatch).around(BODY))

    assert [status for status, _, _ in answers] == [200, 503]


def test_a_new_secret_is_believed_within_seconds(door, monkeypatch):
    monkeypatch.setattr("torg.channels.keys.SECONDS_BETWEEN_LOOKS", 0)

    async def story():
        before = await call(BODY, signed(BODY, "ny"))
        await reconnect_with("ny")
        return before, await call(BODY, signed(BODY, "ny"))

    [(before, after)] = run(story())

    assert (before[0], after[0]) == (403, 200)


async def reconnect_with(secret):
    from asgiref.sync import sync_to_async

    from torg.channels.credentials import Credentials, seal
    from torg.channels.models import Connection

    await sync_to_async(Connection.objects.update)(secrets=seal(Credentials(app_secret=secret)))


def test_arrival_is_dated_by_us(door):
    run(call(BODY, signed(BODY)))

    assert RawDelivery.objects.get().received_at > AT


def test_one_connection_whose_key_is_lost_shuts_the_door_on_no_other(door):
    connect("200", secrets=b"encrypted with a key that nobody has")

    [(status, _, _)] = run(call(BODY, signed(BODY)))

    assert status == 200


def test_a_body_that_drips_is_let_go():
    async def drip():
        return await asyncio.Event().wait()

    with pytest.raises(TooSlow):
        asyncio.run(_reading(drip))


async def _reading(receive):
    return await intake._body({"headers": []}, receive, Patience(0.02))


def test_who_is_stopped_for_another_reason_is_not_called_slow():
    async def stopped():
        asyncio.current_task().cancel()
        await asyncio.sleep(0)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(_reading(stopped))


def test_patience_counts_each_wait_by_itself():
    async def two_in_turn():
        patience, ended = Patience(0.02), []
        for _ in range(2):
            try:
                with patience.waiting():
                    await asyncio.Event().wait()
            except TooSlow:
                ended.append("late")
        return ended

    assert asyncio.run(two_in_turn()) == ["late", "late"]
