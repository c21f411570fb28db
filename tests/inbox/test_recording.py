"""Conversations and posts as the records room is told of them."""

import pytest

from tests import factories
from tests.dialogue.arriving import POST, absorb, connect, event, hide_through_outbox
from torg.connectors.contract import Kind, PlatformState
from torg.core import ids
from torg.core.actors import Rule
from torg.dialogue.models import Post, Thread
from torg.inbox.recording import posts, threads
from torg.people.types import Role
from torg.records import commands as records
from torg.records import queries
from torg.records.codes import FactCode
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


def assessed(kind, at):
    """The assessment of this kind, gathered and decided."""
    records.gather(kind=kind, limit=10, by=GATHERER, at=at)
    archivist = factories.person("Are Arkivar")
    factories.role(archivist, Role.ARCHIVIST, at=at)
    found = Assessment.objects.get(subject_kind=kind)
    return records.assess(assessment_id=found.public_id, answers=(), by=archivist, at=at)


@pytest.mark.strategy("D2")
def test_what_the_author_deletes_after_the_assessment_is_assessed_again_and_the_reason_is_told(page, at):
    first = assessed("dialogue.thread", at)

    absorb(page, event(verb="remove", at=6), received=70)
    steps = [records.gather_hidden(kind="dialogue.thread", limit=10, by=GATHERER, at=at) for _again in range(2)]

    first.refresh_from_db()
    second = Assessment.objects.get(subject_kind="dialogue.thread", state="OPEN")
    assert (steps[0] > 0, steps[1], first.state) == (True, 0, "SUPERSEDED")
    assert "GONE" in second.facts and second.mark == first.mark
    kept = {"scope_id": second.scope_id, "can_keep": True}
    assert queries.sheet_of_subject("dialogue.thread", second.subject_id, **kept).news == [FactCode.GONE.label]


def test_what_we_hide_through_moderation_opens_no_assessment_again(page, at):
    first = assessed("dialogue.thread", at)
    hide_through_outbox(page)

    absorb(page, event(verb="hide", at=5, platform_state=PlatformState.HIDDEN_BY_US), received=61)
    records.gather_hidden(kind="dialogue.thread", limit=10, by=GATHERER, at=at)

    first.refresh_from_db()
    assert first.state == "DECIDED"


def test_a_post_that_the_platform_takes_away_is_assessed_again(page, at):
    first = assessed("dialogue.post", at)

    absorb(page, event(Kind.POST, external_id=POST, verb="remove", at=6), received=70)
    records.gather_hidden(kind="dialogue.post", limit=10, by=GATHERER, at=at)

    first.refresh_from_db()
    assert first.state == "SUPERSEDED"
    assert "GONE" in Assessment.objects.get(subject_kind="dialogue.post", state="OPEN").facts
