"""What goes wrong on the way in, and what must stand all the same."""

from datetime import timedelta

import pytest

from tests.dialogue.arriving import AT, POST, absorb, connect, event, hide_through_outbox, item_of, minutes
from torg.audit.models import AuditEvent
from torg.connectors.contract import Attachment as Told
from torg.connectors.contract import Kind, PlatformState
from torg.core import ids
from torg.dialogue.models import (
    Attachment,
    Author,
    Item,
    ItemVersion,
    Post,
    StateChange,
    Thread,
    UnknownEvent,
)
from torg.dialogue.types import What

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return connect()


def whats(absorbed):
    return [(one.item.external_id, one.what) for one in absorbed]


def test_a_comment_becomes_an_item_in_a_thread_of_its_own_and_leaves_one_trace(page):
    found = absorb(page, event(text="Hei", author_id="9", author_name="Kari"), event(external_id="c2", text="Hallo"))

    assert whats(found) == [("c1", What.NEW), ("c2", What.NEW)]
    assert Thread.objects.count() == 2 and Post.objects.get().is_placeholder
    assert AuditEvent.objects.filter(name="dialogue.batch.absorbed").count() == 1
    assert item_of("c1").thread.author.name == "Kari"


def test_the_same_delivery_twice_changes_nothing(page):
    absorb(page, event(text="Hei"))

    assert absorb(page, event(text="Hei"), received=61) == []
    assert ItemVersion.objects.count() == 1 and Thread.objects.get().item_count == 1


def test_an_edit_of_what_we_never_saw_is_something_new(page):
    assert whats(absorb(page, event(verb="edit", text="Rettet"))) == [("c1", What.NEW)]


def test_an_edit_keeps_both_texts_and_the_mask_must_be_made_anew(page):
    absorb(page, event(text="Før"))
    Item.objects.update(masked_text="Før")

    found = absorb(page, event(verb="edit", text="Etter", at=2), received=61)

    item = item_of("c1")
    assert whats(found) == [("c1", What.EDITED)]
    assert (item.text, item.masked_text, item.version_count) == ("Etter", None, 2)
    assert list(ItemVersion.objects.order_by("number").values_list("text", flat=True)) == ["Før", "Etter"]


def test_an_edit_to_the_same_text_is_no_new_version(page):
    absorb(page, event(text="Hei"))

    absorb(page, event(verb="edit", text="Hei", at=5), received=61)

    assert item_of("c1").version_count == 1


def test_a_post_edited_without_a_text_keeps_its_text(page):
    absorb(page, event(Kind.POST, external_id=POST, post_id=POST, text="Stengt i dag", own=True, author_id="100"))

    absorb(page, event(Kind.POST, "edit", POST, post_id=POST, at=3), received=61)

    assert Post.objects.get().text == "Stengt i dag"


def test_an_unknown_author_becomes_known_and_a_nameless_one_gets_a_name(page):
    absorb(page, event(text="Hei"), event(external_id="c2", text="Hei", author_id="9"))
    assert item_of("c1").author is None

    absorb(page, event(text="Hei", author_id="8", author_name="Ola"), received=61)
    absorb(page, event(external_id="c3", text="Igjen", author_id="9", author_name="Kari"), received=62)

    assert item_of("c1").author.name == "Ola"
    assert item_of("c2").author.name == "Kari" and Author.objects.count() == 2


def test_a_reply_before_its_parent_waits_in_the_parents_thread(page):
    first = absorb(page, event(Kind.REPLY, external_id="r1", parent_id="c1", text="Svar"))
    assert whats(first) == [("r1", What.NEW)] and item_of("c1").is_placeholder

    second = absorb(page, event(text="Spørsmål", author_id="9"), received=61)

    assert whats(second) == [("c1", What.NEW)]
    thread = Thread.objects.get()
    assert (thread.root_external_id, thread.item_count, thread.author.external_id) == ("c1", 2, "9")


def test_a_reply_to_a_reply_belongs_to_the_root_even_when_it_came_first(page):
    absorb(page, event(Kind.REPLY, external_id="r2", parent_id="r1", text="Takk"))
    absorb(page, event(Kind.REPLY, external_id="r1", parent_id="c1", text="Svar"), received=61)
    absorb(page, event(text="Spørsmål"), received=62)

    root = Thread.objects.get(merged_into=None)
    assert (root.root_external_id, root.item_count) == ("c1", 3)
    assert set(Item.objects.values_list("thread_id", flat=True)) == {root.id}
    assert Thread.objects.exclude(merged_into=None).get().merged_into == root


def test_two_comments_on_one_post_are_two_threads(page):
    absorb(page, event(text="En"), event(external_id="c2", text="To"))

    assert Thread.objects.filter(post__external_id=POST).count() == 2


@pytest.mark.parametrize(
    ("fields", "state"),
    [({}, "DELETED_BY_AUTHOR"), ({"own": True, "author_id": "100"}, "REMOVED_BY_US")],
)
def test_a_removal_tells_who_removed(page, fields, state):
    absorb(page, event(text="Angrer"))

    found = absorb(page, event(verb="remove", at=5, **fields), received=61)

    assert whats(found) == [("c1", What.REMOVED)] and item_of("c1").platform_state == state
    assert item_of("c1").text == "Angrer"


@pytest.mark.parametrize("through_us", [True, False])
def test_a_hiding_tells_whether_it_was_done_through_us_or_outside(page, through_us):
    absorb(page, event(text="Utskjelling"))
    if through_us:
        hide_through_outbox(page)

    hidden = event(verb="hide", at=5, platform_state=PlatformState.HIDDEN_BY_US)
    found = absorb(page, hidden, received=61)

    assert whats(found) == [("c1", What.STATE)]
    change = StateChange.objects.get()
    assert (change.from_state, change.to_state, change.by_us) == ("VISIBLE", "HIDDEN_BY_US", through_us)


def test_an_old_state_does_not_replace_a_newer_one(page):
    absorb(page, event(text="Hei"), event(verb="unhide", at=9, platform_state=PlatformState.VISIBLE))

    absorb(page, event(verb="hide", at=7, platform_state=PlatformState.HIDDEN_BY_US), received=61)

    assert item_of("c1").platform_state == "VISIBLE"


PERSON = {"person_id": "55"}


def message(external_id="m1", **fields):
    return event(Kind.MESSAGE, external_id=external_id, details=PERSON, **fields)


def test_a_private_dialogue_is_one_thread_whoever_speaks(page):
    absorb(page, message(text="Hei", author_id="55"), message("m2", at=1, text="Hallo", own=True, author_id="100"))

    thread = Thread.objects.get()
    assert (thread.kind, thread.root_external_id, thread.item_count) == ("PRIVATE", "55", 2)
    assert thread.last_inbound_at == AT and thread.last_item_at == minutes(1)


def test_the_echo_of_our_own_message_confirms_and_anothers_is_an_answer_from_outside(page):
    ours = message("m1", text="Hei", own=True, echo_app_id="777")
    others = message("m2", text="Hei", own=True, echo_app_id="888")

    assert whats(absorb(page, ours, others)) == [("m1", What.ECHO), ("m2", What.NEW)]
    assert item_of("m2").is_own


def test_a_message_taken_back_keeps_its_text_and_is_not_shown(page):
    absorb(page, message(text="Helseopplysninger", author_id="55"))

    found = absorb(page, message(verb="remove", at=2, author_id="55"), received=61)

    item = item_of("m1")
    assert whats(found) == [("m1", What.UNSENT)]
    assert (item.is_unsent, item.platform_state, item.text) == (True, "DELETED_BY_AUTHOR", "Helseopplysninger")


def test_reading_marks_its_own_dialogue_on_its_own_channel_and_never_goes_back(page):
    other = connect("200")
    for channel in (page, other):
        absorb(channel, message(text="Hei", author_id="55"))

    for watermark in ("1773133500000", "1773133200"):
        read = {**PERSON, "watermark": watermark}
        absorb(page, event(Kind.STATE_CHANGE, "read", None, author_id="55", details=read))

    assert Thread.objects.get(connection=page).read_up_to_at == AT + timedelta(minutes=5)
    assert Thread.objects.get(connection=other).read_up_to_at is None


def test_a_time_in_the_future_is_held_to_when_it_reached_us_and_no_time_is_then(page):
    absorb(page, event(text="Hei", at=99_999), event(external_id="c2", text="Hei", at=None), received=60)

    assert item_of("c1").posted_at == item_of("c2").posted_at == minutes(60)


def test_hostile_text_is_kept_as_far_as_it_can_be(page):
    texts = [
        "a\x00b",
        "lone \ud83d surrogate",
        "æ" * 60_000,
        "<script>alert(1)</script>",
        "'; DROP TABLE x; --",
        "\u202e",
    ]

    absorb(page, *[event(external_id=f"c{number}", text=text) for number, text in enumerate(texts)])

    kept = [item_of(f"c{number}").text for number in range(len(texts))]
    assert kept[0] == "a\ufffdb" and kept[1] == "lone \ufffd surrogate"
    assert kept[2:] == texts[2:]


def test_a_thousand_changes_in_one_delivery(page):
    found = absorb(page, *[event(external_id=f"c{number}", text=f"Tekst {number}") for number in range(1000)])

    assert len(found) == 1000 and Item.objects.count() == 1000


def test_ids_are_text_however_large(page):
    absorb(page, event(external_id="18446744073709551616_9007199254740993", text="Hei"))

    assert Item.objects.filter(external_id="18446744073709551616_9007199254740993").exists()


def test_what_we_do_not_understand_is_kept_and_shown(page):
    delivery = ids.new()
    strange = event(Kind.UNKNOWN, "teleport", "x1")

    for _ in range(2):
        absorb(page, strange, event(Kind.ACCOUNT, "block", None), delivery_id=delivery)

    assert set(UnknownEvent.objects.values_list("kind", "verb", "delivery_id")) == {
        ("unknown", "teleport", delivery),
        ("account", "block", delivery),
    }


def test_attachments_wait_to_be_fetched_and_what_is_withheld_is_recorded(page):
    told = (
        Told("photo", url="https://scontent.fbcdn.net/a.jpg"),
        Told("file", is_withheld=True),
        Told("link", url="https://www.fjordvik.example/"),
    )

    for received in (60, 61):
        absorb(page, event(text="Se her", attachments=told), received=received)

    assert set(Attachment.objects.values_list("kind", "state")) == {
        ("photo", "PENDING"),
        ("file", "WITHHELD"),
        ("link", "NOTED"),
    }


def test_a_poll_that_reads_another_text_has_seen_an_edit(page):
    absorb(page, event(text="Før"))

    same = absorb(page, event(text="Før"), received=70, is_polled=True)
    changed = absorb(page, event(text="Etter"), received=80, is_polled=True)

    assert same == [] and whats(changed) == [("c1", What.EDITED)]
    assert item_of("c1").posted_at == AT


def test_history_is_marked_all_the_way_up(page):
    [found] = absorb(page, event(text="I fjor"), is_history=True, is_polled=True)

    assert found.is_history and item_of("c1").is_history


def test_a_mention_is_a_thread_of_its_own(page):
    absorb(page, event(Kind.MENTION, external_id="x_1", post_id="x_1", text="Hva mener @Fjordvik?"))

    assert Thread.objects.get().kind == "MENTION"


def test_the_same_id_on_two_channels_is_two_items(page):
    other = connect("200")

    absorb(page, event(text="En"))
    absorb(other, event(text="To"))

    assert Item.objects.count() == 2
