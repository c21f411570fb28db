"""Deliveries recorded from the real platform pass through the whole way: none lost, none fatal."""

import json
from pathlib import Path

import httpx
import pytest

from tests.whole.signing import send
from torg.channels.models import Connection, DeliveryState, RawDelivery, RawDeliveryState
from torg.channels.processing import UNKNOWN_ACCOUNT
from torg.connectors.channels.facebook.intake import FacebookIntake
from torg.connectors.contract import Kind
from torg.dialogue.models import Item, Post, UnknownEvent

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "payloads"
_FILES = sorted([*_FOLDER.glob("facebook/webhook-*.json"), *_FOLDER.glob("messenger/*.json")])
pytestmark = pytest.mark.skipif(not _FILES, reason="no recorded payloads beside the project")

WRITTEN = {Kind.COMMENT, Kind.REPLY, Kind.MESSAGE, Kind.MENTION}


def accounts_in(path: Path) -> set[str]:
    return {event.account_id for event in FacebookIntake().parse(path.read_bytes()) if event.account_id}


def readable(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_bytes()), dict) and bool(accounts_in(path))
    except Exception:
        return False


@pytest.fixture
def connected(house):
    """Every account of the recordings stands connected here, as if each were a page of ours."""
    for account in sorted(set().union(*(accounts_in(path) for path in _FILES if readable(path)))):
        Connection.objects.create(
            scope_id=house.presence.scope_id,
            presence=house.presence,
            platform="facebook",
            external_id=account,
            opened_at=house.connection.opened_at,
            capabilities=house.connection.capabilities,
        )
    return house


def test_every_recorded_delivery_is_kept_and_answered_for(connected):
    answers = [send(connected, path.read_bytes()).status_code for path in _FILES]

    assert set(answers) == {httpx.codes.OK}
    kept = {bytes(body) for body in RawDelivery.objects.values_list("body", flat=True)}
    assert {path.read_bytes() for path in _FILES} <= kept


def test_no_recorded_delivery_fails_and_what_is_put_aside_says_why(connected):
    for path in _FILES:
        send(connected, path.read_bytes())

    connected.work()

    states = RawDeliveryState.objects.exclude(state=DeliveryState.PROCESSED)
    assert {row.error for row in states} <= {UNKNOWN_ACCOUNT, "unreadable"}
    assert not RawDeliveryState.objects.filter(state__in=[DeliveryState.FAILED, DeliveryState.PENDING]).exists()


def test_what_the_recorded_deliveries_tell_is_found_again(connected):
    told = [event for path in _FILES if readable(path) for event in FacebookIntake().parse(path.read_bytes())]

    for path in _FILES:
        send(connected, path.read_bytes())
    connected.work()

    items = set(Item.objects.values_list("external_id", flat=True))
    posts = set(Post.objects.values_list("external_id", flat=True))
    named = [event for event in told if event.external_id]
    assert {event.external_id for event in named if event.kind in WRITTEN} <= items
    assert {event.external_id for event in named if event.kind is Kind.POST} <= posts
    assert UnknownEvent.objects.count() >= len({event.verb for event in told if event.kind is Kind.UNKNOWN})


def test_all_of_them_twice_and_backwards_is_the_same_as_once(connected):
    for path in _FILES:
        send(connected, path.read_bytes())
    connected.work()
    once = sorted(Item.objects.values_list("kind", "external_id"))

    for path in reversed(_FILES):
        send(connected, path.read_bytes())
    connected.work()

    assert sorted(Item.objects.values_list("kind", "external_id")) == once
