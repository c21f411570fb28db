"""The live stream, over a real server and a real database."""

import json
import time
from datetime import timedelta

import psycopg
import pytest

from tests.config.serving import Stream, ask, served
from torg.config import live
from torg.core import clock, ids
from torg.people.models import Login, Person, RoleAssignment, Scope
from torg.people.types import Role

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def short_heartbeat(monkeypatch):
    monkeypatch.setattr(live.LiveStream.__init__, "__kwdefaults__", {"heartbeat": 0.2})


@pytest.fixture
def port(short_heartbeat, settings, tmp_path):
    settings.SITE_FOLDER = tmp_path
    with served() as port:
        yield port


def somebody(name, *scopes):
    person = Person.objects.create(name=name, email=f"{name}@example.org")
    for scope in scopes:
        began = clock.now() - timedelta(days=1)
        RoleAssignment.objects.create(person=person, role=Role.CASE_OFFICER, scope=scope, from_at=began)
    return Login.objects.create_user(email=person.email, person=person)


def notify(address, scope, **facts):
    payload = json.dumps({"scope": str(scope.id), "kind": "enquiry", **facts})
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_notify('torg_live', %s)", [payload])


def test_without_a_session_there_is_no_stream(port):
    assert ask(port, "/events")[0] == 401
    assert ask(port, "/events", headers={"Cookie": "sessionid=guessed"})[0] == 401


def test_a_person_sees_only_what_their_scopes_reach(port, fresh_database):
    ours, theirs = Scope.objects.create(), Scope.objects.create()
    stream = Stream(port, somebody("kari", ours))
    assert stream.event() == ("refetch", "{}")

    notify(fresh_database, theirs, id="hidden")
    notify(fresh_database, ours, id="seen")

    assert stream.event() == ("enquiry", '{"id": "seen"}')
    stream.close()


def test_the_stream_is_not_held_back_by_a_proxy_nor_kept(port):
    stream = Stream(port, somebody("kari"))

    assert stream.answer.getheader("X-Accel-Buffering") == "no"
    assert stream.answer.getheader("Cache-Control") == "no-store"
    stream.close()


def test_one_who_lost_the_role_stops_receiving(port, fresh_database):
    scope = Scope.objects.create()
    login = somebody("kari", scope)
    stream = Stream(port, login)
    stream.event()

    RoleAssignment.objects.update(until_at=clock.now())
    read_heartbeats(stream)
    notify(fresh_database, scope, id="hidden")
    RoleAssignment.objects.update(until_at=None)
    read_heartbeats(stream)
    notify(fresh_database, scope, id="seen")

    assert stream.event() == ("enquiry", '{"id": "seen"}')
    stream.close()


def read_heartbeats(stream):
    """Read past those sent before now, until some must have been sent after."""
    until = time.monotonic() + 1
    while time.monotonic() < until:
        assert stream.answer.readline() in {b": still here\n", b"\n"}


def test_one_who_signed_out_is_told_and_the_stream_ends(port):
    login = somebody("kari")
    stream = Stream(port, login)
    stream.event()

    login.is_active = False
    login.save()

    assert stream.event() == ("signed-out", "{}")
    assert stream.answer.readline() == b""


def test_after_a_lost_connection_everybody_fetches_again(port, fresh_database, postgres):
    stream = Stream(port, somebody("kari"))
    stream.event()

    with psycopg.connect(postgres.dsn("postgres", role="postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN torg_live'")

    assert stream.event() == ("refetch", "{}")
    stream.close()


def test_a_slow_client_gets_one_hint_instead_of_a_growing_queue():
    client = live.Client(frozenset())
    for number in range(live.QUEUED_EVENTS + 1):
        client.put(f"event {number}".encode())

    assert client.queue.qsize() == 1
    assert client.queue.get_nowait() == live.REFETCH


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "no json",
        "[]",
        '{"kind": "enquiry"}',
        '{"scope": "x", "kind": "enquiry"}',
        '{"scope": "00000000-0000-4000-8000-000000000000", "kind": "a\\nevent: forged"}',
    ],
)
def test_a_payload_that_we_did_not_write_is_no_notice(payload):
    assert live.read_notice(payload) is None


def test_only_ids_and_counts_reach_the_browser():
    told = {"scope": str(ids.new()), "kind": "enquiries", "count": 3, "text": "hemmelig"}

    assert live.read_notice(json.dumps(told)).event == b'event: enquiries\ndata: {"count": 3}\n\n'


def test_a_broken_cookie_is_nobody(port):
    assert ask(port, "/events", headers={"Cookie": "{bad]=1"})[0] == 401
