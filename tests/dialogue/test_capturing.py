"""A thread, an item and a post as they are handed to the records."""

from datetime import timedelta

import pytest

from tests.dialogue.arriving import AT, POST, absorb, connect, event, item_of
from torg.channels.models import RawDelivery
from torg.connectors.contract import Kind
from torg.core import ids
from torg.dialogue import capturing
from torg.dialogue.models import Attachment, AttachmentState, Item, Post, Thread
from torg.files import commands as files

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    """A post of ours, a comment that was rewritten, and a reply."""
    connection = connect()
    absorb(connection, event(Kind.POST, external_id=POST, text="Bassenget åpner", own=True))
    absorb(connection, event(text="Når da?", parent_id=POST, author_id="7", author_name="Kåre"), delivery_id=delivery())
    absorb(connection, event(verb="edit", text="Når åpner det?", at=5))
    absorb(connection, event(Kind.REPLY, external_id="r1", parent_id="c1", text="Klokka ti", own=True, at=9))
    return Thread.objects.get(root_external_id="c1")


def delivery():
    return RawDelivery.objects.create(
        id=ids.new(), platform="facebook", source="WEBHOOK", received_at=AT, body=b'{"entry": [1]}', signature_ok=True,
        headers_digest=b"", delivery_key=b"",
    ).id  # fmt: skip


def test_a_thread_is_told_with_its_post_all_versions_and_who_answers_what(talk, at):
    said = capturing.snapshot_of_thread(talk, at=at)

    post, comment, reply = said.items
    assert [item.kind for item in said.items] == ["post", "comment", "reply"]
    assert [version.text for version in comment.versions] == ["Når da?", "Når åpner det?"]
    assert (comment.parent, reply.parent) == (post.id, comment.id)
    assert (comment.author.name, reply.author.is_own) == ("Kåre", True)
    assert said.subject.id == talk.public_id


def test_the_raw_delivery_is_copied_into_a_file(talk, at):
    said = capturing.snapshot_of_thread(talk, at=at)

    assert [files.read(sha256) for item in said.items for sha256 in item.deliveries] == [b'{"entry": [1]}']


def test_a_post_is_told_with_everything_beneath_it(talk, at):
    said = capturing.snapshot_of_post(Post.objects.get(), at=at)

    assert [item.external_id for item in said.items] == [POST, "c1", "r1"]
    assert said.subject.kind == "dialogue.post"


def test_an_item_is_told_in_its_thread(talk, at):
    comment = item_of("c1")

    said = capturing.snapshot_of_item(comment, at=at)

    assert said.subject.id == comment.public_id
    assert said.facts["about"] == str(comment.public_id)
    assert len(said.items) == 3


def test_many_at_once_are_told_as_each_by_itself_and_no_channel_tells_of_another(talk, at):
    other = connect("9")
    absorb(other, event(Kind.POST, external_id=POST, text="Ny bok", own=True, account_id="9"))
    absorb(other, event(text="Hvilken?", parent_id=POST, account_id="9"))
    items = list(Item.objects.filter(is_own=False).order_by("id"))

    together = capturing.snapshots_of_items(items, at=at)

    assert len({item.external_id for item in items}) < len(items)
    assert together == {item.id: capturing.snapshot_of_item(item, at=at) for item in items}


def test_many_threads_cost_no_more_statements_than_few(talk, at, django_assert_max_num_queries):
    for number in range(9):
        absorb(talk.connection, event(external_id=f"m{number}", text="Ja", parent_id=POST), delivery_id=delivery())
    items = list(Item.objects.filter(is_own=False))

    with django_assert_max_num_queries(20):
        assert len(capturing.snapshots_of_items(items, at=at)) == 10


def test_a_picture_that_was_only_seen_has_no_file_but_its_hash(talk, at):
    Attachment.objects.create(
        scope_id=talk.scope_id, item=item_of("c1"), kind="photo", url_digest=b"", state=AttachmentState.NOTED,
        sha256="a" * 64, received_at=AT + timedelta(hours=1),
    )  # fmt: skip

    attached = capturing.snapshot_of_thread(talk, at=at).items[1].attachments[0]

    assert attached.sha256 is None
    assert attached.reason == f"sha256:{'a' * 64}"


def test_a_long_thread_costs_no_more_queries_than_a_short_one(talk, at, django_assert_max_num_queries):
    connection = talk.connection
    absorb(
        connection, *[event(Kind.REPLY, external_id=f"x{n}", parent_id="c1", text="+1", at=20 + n) for n in range(9)]
    )

    with django_assert_max_num_queries(20):
        said = capturing.snapshot_of_thread(Thread.objects.get(pk=talk.pk), at=at)

    assert len(said.items) == 12
