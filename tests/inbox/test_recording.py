"""Conversations and posts as the records room is told of them."""

import pytest

from tests.dialogue.arriving import POST, absorb, connect, event
from torg.connectors.contract import Kind
from torg.core import ids
from torg.core.actors import Rule
from torg.dialogue.models import Post, Thread
from torg.inbox.recording import posts, threads
from torg.records import commands as records
from torg.records.models import Assessment, ChannelDefault

pytestmark = pytest.mark.django_db
GATHERER = Rule("test.gatherer", "1")


@pytest.fixture
def page():
    connection = connect()
    absorb(connection, event(Kind.POST, external_id=POST, text="Les mer: https://eksempel.example/bad", own=True))
    absorb(connection, event(text="Når åpner bassenget?", author_id="7", author_name="Kåre"))
    return connection


def test_every_thread_and_post_is_gathered_once_and_again_when_somebody_writes(page, at):
    for kind in ("dialogue.thread", "dialogue.post"):
        assert records.gather(kind=kind, limit=10, by=GATHERER, at=at) > 0
        assert records.gather(kind=kind, limit=10, by=GATHERER, at=at) == 0
    before = Assessment.objects.get(subject_kind="dialogue.thread").mark

    absorb(page, event(Kind.REPLY, external_id="r1", parent_id="c1", text="Klokka ti", own=True, at=5))
    records.gather(kind="dialogue.thread", limit=10, by=GATHERER, at=at)

    found = Assessment.objects.get(subject_kind="dialogue.thread")
    assert found.mark > before
    assert "ANSWERED" in found.facts


def test_a_post_of_ours_that_only_links_is_told_as_such(page, at):
    told = posts.facts(Post.objects.get().public_id, at=at)

    assert told.codes == {"OWN_POST", "ONLY_LINKS"}
    assert len(posts.snapshot(Post.objects.get().public_id, at=at).items) == 1


@pytest.mark.strategy("D1")
def test_what_was_never_gathered_is_overlooked(page):
    assert threads.overlooked(limit=5) == [Thread.objects.get().public_id]
    assert posts.overlooked(limit=5) == [Post.objects.get().public_id]


@pytest.mark.strategy("D4")
def test_on_a_blog_the_post_tells_of_all_beneath_it(page, at):
    ChannelDefault.objects.filter(channel="facebook").update(treatment="ONE_DOCUMENT")
    thread, post = Thread.objects.get(), Post.objects.get()

    assert threads.facts(thread.public_id, at=at) is None
    assert [item.kind for item in posts.snapshot(post.public_id, at=at).items] == ["post", "comment"]


def test_what_does_not_exist_has_no_facts(db, at):
    assert threads.facts(ids.new(), at=at) is None
    assert posts.facts(ids.new(), at=at) is None
