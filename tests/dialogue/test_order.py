"""Platforms promise no order and no single delivery: whatever arrives when, the same stands afterwards."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dialogue.arriving import POST, absorb, connect, event, outcome
from torg.connectors.contract import Kind, PlatformState

pytestmark = pytest.mark.django_db

KARI = {"author_id": "900", "author_name": "Kari Nordvik"}
PERSON = {"person_id": "55", "recipient_id": "55"}
STORY = [
    event(external_id="c1", at=1, text="Når åpner svømmehallen?", **KARI),
    event(verb="edit", external_id="c1", at=3, text="Når åpner svømmehallen i dag?", **KARI),
    event(verb="edit", external_id="c1", at=4, text="Når åpner svømmehallen?"),
    event(Kind.REPLY, external_id="r1", at=5, parent_id="c1", text="Klokka ti.", own=True, author_id="100"),
    event(Kind.REPLY, external_id="r2", at=6, parent_id="r1", text="Takk!"),
    event(Kind.REPLY, external_id="r3", at=7, parent_id="c9", text="Svar på noe vi ikke har sett"),
    event(verb="hide", external_id="c2", at=9, platform_state=PlatformState.HIDDEN_BY_US),
    event(verb="unhide", external_id="c2", at=11, platform_state=PlatformState.VISIBLE),
    event(external_id="c2", at=8, text="Noe annet"),
    event(external_id="c3", at=10, text="Angrer"),
    event(verb="remove", external_id="c3", at=12),
    event(Kind.MESSAGE, external_id="m1", at=13, text="Hei", author_id="55", details=PERSON),
    event(Kind.MESSAGE, external_id="m2", at=14, text="Hei på deg", own=True, details=PERSON),
    event(Kind.MESSAGE, "remove", external_id="m1", at=15, author_id="55", details=PERSON),
    event(Kind.STATE_CHANGE, "read", None, at=16, author_id="55", details={**PERSON, "watermark": "1773133200000"}),
    event(Kind.REACTION, external_id=None, parent_id="c1", at=17, author_id="7", details={"reaction_type": "love"}),
    event(Kind.REACTION, "remove", None, parent_id="c1", at=18, author_id="7", details={"reaction_type": "love"}),
    event(Kind.REACTION, external_id=None, parent_id=POST, post_id=POST, at=19, author_id="8"),
]


def told(story, sizes=(1,)):
    """What stands after a story told in batches of these sizes, each delivery in its own minute."""
    with transaction.atomic():
        connection = connect()
        rest, minute = list(story), 60
        while rest:
            size = sizes[minute % len(sizes)]
            absorb(connection, *rest[:size], received=minute)
            rest, minute = rest[size:], minute + 1
        found = outcome()
        transaction.set_rollback(True)
    return found


@given(story=st.permutations(STORY), sizes=st.lists(st.integers(1, 7), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_and_any_batching_gives_the_same(story, sizes):
    assert told(story, sizes) == told(STORY)


def test_everything_twice_gives_the_same():
    assert told(STORY + STORY, [5]) == told(STORY)


def test_the_story_ends_as_it_should():
    found = told(STORY, [100])

    kind, text, state, *_, root, author = found["items"]["c1"]
    assert (kind, text, state, root, author) == ("COMMENT", "Når åpner svømmehallen?", "VISIBLE", "c1", "Kari Nordvik")
    assert found["items"]["c1"][6] == 3
    assert found["items"]["r2"][8] == "c1"
    assert found["items"]["c2"][2] == "VISIBLE"
    assert found["items"]["c3"][2] == "DELETED_BY_AUTHOR"
    assert found["items"]["m1"][5] is True
    assert found["threads"]["c1"][0] == 3
    assert found["reactions"] == {(POST, "like", 1)}


def test_the_first_wording_told_with_two_times_is_one_wording():
    connection = connect()
    absorb(connection, event(at=2, text="Når åpner svømmehallen?"), received=1)
    absorb(connection, event(at=2, text="Når åpner svømmehallen?"), received=3)

    assert len(outcome()["versions"]) == 1
