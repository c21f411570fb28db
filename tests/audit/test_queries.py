"""The log as people read it."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from tests.audit.events import DONE, SOMEBODY
from torg.audit import catalogue, queries
from torg.audit import commands as audit
from torg.core import ids
from torg.core.actors import Rule

pytestmark = pytest.mark.django_db


def write(scope, at, **changes):
    given = {"actor": SOMEBODY, "scope": scope, "target": None, "at": at, **changes}
    return audit.record(DONE, **given)


def told(**wanted):
    return [event.id for event in queries.story(**wanted).events]


def test_only_the_readers_own_scopes_are_told(at):
    mine, other = ids.new(), ids.new()
    event_id = write(mine, at)
    write(other, at)
    write(other, at, is_sealed=True)
    write(None, at)

    assert told(scope_ids=[mine]) == [event_id]
    assert told(scope_ids=[]) == []


def test_what_is_kept_sealed_is_told_with_its_scope(at):
    scope = ids.new()
    event_id = write(scope, at, is_sealed=True, facts={"count": 2})

    (event,) = queries.story(scope_ids=[scope]).events

    assert (event.id, event.name, event.actor_ref, event.facts) == (event_id, DONE.name, "kari-pc", {"count": 2})


def test_pages_follow_each_other_without_a_gap_also_within_one_moment(at):
    scope = ids.new()
    written = {write(scope, at + timedelta(seconds=number // 4), is_sealed=number % 2 == 0) for number in range(20)}

    seen, before = [], None
    for _page in range(7):
        page = queries.story(scope_ids=[scope], before=before, limit=3)
        seen += [event.id for event in page.events]
        before = page.ends_at

    assert (len(seen), set(seen), before) == (20, written, None)


def test_what_one_actor_did_is_told_alone(at):
    scope = ids.new()
    write(scope, at)
    by_rule = {write(scope, at, actor=Rule("hide", "2")), write(scope, at, actor=Rule("hide", "2"), is_sealed=True)}

    assert set(told(scope_ids=[scope], actor_ref="hide@2")) == by_rule


def test_every_installed_event_has_its_sentence():
    assert catalogue.sentence("outbox.act.confirmed") != "outbox.act.confirmed"
    assert catalogue.sentence("long.gone.event") == "long.gone.event"


def test_the_story_is_shown_with_names_and_without_numbers(at):
    scope = ids.new()
    write(scope, at)
    write(scope, at, actor=Rule("hide", "2"))

    story = queries.named(queries.story(scope_ids=[scope]), {})
    page = render_to_string("audit/parts/story.html", {"story": story})

    assert "kari-pc" in page and "hide@2" in page and str(story.events[0].id) not in page
