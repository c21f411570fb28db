"""The connector and the stand-in were written apart from the same papers: here they meet."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from torg.connectors import contract
from torg.connectors.channels.facebook.connector import FacebookConnector, connect
from torg.connectors.channels.facebook.graph import Access
from torg.connectors.contract import Act, ActKind, Cursor, PlatformState
from torg.core import clock

ROOT = Path(__file__).resolve().parents[2]
PAGE = "100500000000001"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "devtools.graph_standin", "--port", "0", "--seed", "demo", "--require-proof"]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*command, "--app-secret", "hemmelig"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().rpartition(" ")[2].strip().rstrip("/")
        running.send_signal(signal.SIGTERM)


@pytest.fixture
def channel(address) -> FacebookConnector:
    access = Access(PAGE, "EAAStandinPageToken", "520000000000001", "hemmelig", base_url=address)
    return connect(access, now=clock.now, allow_loopback=True)


def _everything(channel: FacebookConnector, object_type: str) -> list[contract.InboundEvent]:
    polled = channel.poll(Cursor(object_type))
    events = list(polled.events)
    while not polled.is_last:
        polled = channel.poll(polled.cursor)
        events += polled.events
    return events


def _of_a_citizen(channel: FacebookConnector, object_type: str) -> contract.InboundEvent:
    return next(event for event in _everything(channel, object_type) if not event.own and event.author_id)


@pytest.mark.parametrize("object_type", ["feed", "comments", "messages"])
def test_everything_that_stands_there_can_be_read(channel, object_type):
    events = _everything(channel, object_type)

    assert events
    assert all(event.external_id and event.occurred_at and event.kind is not contract.Kind.UNKNOWN for event in events)


def test_a_reply_that_was_refused_and_written_all_the_same_is_known(channel, address):
    comment = _of_a_citizen(channel, "comments")
    fault = {"match": {"method": "POST", "path": "/comments"}, "effect": {"kind": "error_after", "code": 1}, "times": 1}
    httpx.post(f"{address}/_standin/faults", json=fault).raise_for_status()
    reply = Act(ActKind.REPLY, PAGE, target_id=comment.external_id, text="Takk, vi ser på det.")

    with pytest.raises(contract.Ambiguous):
        channel.perform(reply)

    assert len(channel.look(reply, since=clock.now() - timedelta(minutes=1))) == 1


def test_hiding_shows_in_the_state(channel):
    comment = _of_a_citizen(channel, "comments").external_id

    channel.perform(Act(ActKind.HIDE, PAGE, target_id=comment))
    assert channel.state_of(comment) is PlatformState.HIDDEN_BY_US

    channel.perform(Act(ActKind.UNHIDE, PAGE, target_id=comment))
    assert channel.state_of(comment) is PlatformState.VISIBLE


def test_a_message_is_found_in_the_conversation(channel):
    message = _of_a_citizen(channel, "messages")
    answer = Act(ActKind.MESSAGE, PAGE, target_id=message.details["person_id"], text="Hei, det ordner vi.")

    done = channel.perform(answer)

    found = channel.look(answer, since=clock.now() - timedelta(minutes=1))
    assert [match.external_id for match in found] == [done.external_id]


def test_a_ban_can_be_seen_and_lifted(channel):
    person = _of_a_citizen(channel, "comments").author_id
    ban, unban = (Act(kind, PAGE, target_id=person) for kind in (ActKind.BAN, ActKind.UNBAN))

    channel.perform(ban)
    assert channel.look(ban, since=clock.now())

    channel.perform(unban)
    assert channel.look(unban, since=clock.now())
