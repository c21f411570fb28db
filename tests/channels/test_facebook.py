"""Facebook's own deliveries, from the stored bytes to threads and items; the samples are ours, the names invented."""

import json
import threading
from pathlib import Path

import pytest
from django.db import connections

from tests.channels.fakes import AT, state_of, store
from tests.dialogue.arriving import connect
from torg.channels import processing
from torg.channels.models import Connection, RawDeliveryState
from torg.core.actors import Rule
from torg.dialogue import commands
from torg.dialogue.models import Item, ItemVersion, PlatformState, Post, Reaction, ReactionMark, Thread, UnknownEvent

RECORDED = Path(__file__).resolve().parents[3] / "shared" / "payloads"
BEGAN = int(AT.timestamp())


def absorb(*, batch, at):
    """Dialogue alone."""
    commands.absorb(batch=batch, by=Rule("intake", "1"), at=at)


@pytest.fixture(autouse=True)
def handler(settings, tmp_path):
    settings.INBOUND_HANDLER = "tests.channels.test_facebook.absorb"
    settings.SPOOL_FOLDER = tmp_path / "spool"


def change(verb="add", comment="1_2", *, item="comment", after=0, **value):
    value = {"item": item, "verb": verb, "post_id": "100_1", "created_time": BEGAN - 3600 + after, **value}
    if comment:
        value["comment_id"] = comment
    return {"field": "feed", "value": value}


def deliver(*changes, messaging=()):
    entry = {"id": "100", "time": BEGAN - 1000, "changes": list(changes)}
    if messaging:
        entry = {"id": "100", "time": (BEGAN - 1000) * 1000, "messaging": list(messaging)}
    return store(body=json.dumps({"object": "page", "entry": [entry]}).encode())


def process():
    while processing.process_pending(at=AT):
        continue


@pytest.mark.strategy("A4")
def test_a_comment_its_edit_its_answer_and_a_reaction(db):
    connect()
    kari = {"id": "9", "name": "Kari Fjell"}
    deliver(
        change(message="Når åpner hallen?", parent_id="100_1", **{"from": kari}),
        change("edited", message="Når åpner svømmehallen?", parent_id="100_1", after=60, **{"from": kari}),
        change(comment="1_3", parent_id="1_2", message="Klokka ti", after=90, **{"from": {"id": "100"}}),
        change(item="reaction", reaction_type="love", after=95, **{"from": kari}),
    )

    process()

    thread = Thread.objects.get()
    assert (thread.root_external_id, thread.item_count, thread.author.name) == ("1_2", 2, "Kari Fjell")
    first, answer = Item.objects.order_by("id")
    assert (first.text, first.version_count, answer.is_own) == ("Når åpner svømmehallen?", 2, True)
    assert Reaction.objects.get().target_external_id == "1_2"


def test_hidden_and_shown_and_removed(db):
    connect()
    deliver(change(message="Fy"), change("hide", after=10), change("unhide", after=20))
    gone = {"item": "comment", "verb": "remove", "comment_id": "1_9", "post_id": "100_1", "parent_id": "100_1"}
    deliver(change(comment="1_9", message="Angrer"), {"field": "feed", "value": gone})

    process()

    assert Item.objects.get(external_id="1_2").platform_state == PlatformState.VISIBLE
    assert Item.objects.get(external_id="1_9").platform_state == PlatformState.DELETED_BY_AUTHOR


def say(mid, text, *, sender="55", recipient="100", **fields):
    return {
        "sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": (BEGAN - 900) * 1000,
        "message": {"mid": mid, "text": text, **fields},
    }  # fmt: skip


@pytest.mark.strategy("A4")
def test_messages_echoes_and_a_message_taken_back(db):
    connect()
    echo = say("m2", "Hei", sender="100", recipient="55", is_echo=True, app_id=777)
    deliver(messaging=[say("m1", "Hei"), echo, say("m1", "Hei", is_deleted=True)])

    process()

    thread = Thread.objects.get()
    assert (thread.kind, thread.root_external_id, thread.item_count) == ("PRIVATE", "55", 2)
    assert Item.objects.get(external_id="m1").is_unsent
    assert Item.objects.get(external_id="m2").echo_app_id == "777"


def test_a_comment_without_an_author_is_an_item_all_the_same(db):
    connect()
    deliver(change(message="Hvem er jeg?"))

    process()

    assert Item.objects.get().author is None


def test_a_field_that_nobody_knows_is_kept_and_shown(db):
    connect()
    delivery = deliver({"field": "telepathy", "value": {"verb": "think"}})

    process()

    assert UnknownEvent.objects.get().delivery_id == delivery.id
    assert state_of(delivery) == ("PROCESSED", "")


def test_taking_everything_in_again_changes_nothing(db):
    connect()
    deliver(change(message="Hei"), change("edited", message="Hallo", after=5), change("hide", after=6))
    process()
    before = [Item.objects.count(), ItemVersion.objects.count(), Thread.objects.get().item_count]

    RawDeliveryState.objects.update(state="PENDING")
    process()

    assert [Item.objects.count(), ItemVersion.objects.count(), Thread.objects.get().item_count] == before


def test_two_workers_on_one_page_make_nothing_twice(fresh_database):
    connect()
    for number in range(60):
        deliver(change(comment=f"1_{number % 20}", message=f"Tekst {number % 20}", **{"from": {"id": "9"}}))

    def work():
        while processing.process_pending(limit=4, at=AT):
            continue
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]

    assert Item.objects.count() == ItemVersion.objects.count() == Thread.objects.count() == 20
    assert Post.objects.count() == 1
    assert set(RawDeliveryState.objects.values_list("state", flat=True)) == {"PROCESSED"}


@pytest.mark.skipif(not RECORDED.exists(), reason="the recorded deliveries are not here")
@pytest.mark.parametrize(
    "path",
    [*sorted(RECORDED.glob("facebook/webhook-*.json")), *sorted(RECORDED.glob("messenger/webhook-*.json"))],
    ids=lambda path: path.stem,
)
def test_every_recorded_delivery_leaves_something_to_see(db, path):
    body = path.read_bytes()
    found = json.loads(body)
    for entry in found.get("entry", []) if isinstance(found, dict) else []:
        account = str(entry.get("id"))
        if not Connection.objects.filter(external_id=account).exists():
            connect(account)
    delivery = store(body=body)

    process()

    seen = Item.objects.exists() or Post.objects.exists() or Thread.objects.exists()
    seen = seen or UnknownEvent.objects.exists() or ReactionMark.objects.exists()
    assert seen or state_of(delivery)[0] == "INSPECT"
    assert state_of(delivery)[0] != "FAILED"
