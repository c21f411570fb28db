"""What is written down by hand is told as an event; and a place without an API promises nothing."""

from datetime import UTC, datetime

import pytest

from torg.connectors.channels.hand.channel import HandChannel
from torg.connectors.channels.hand.written import Written, event_of
from torg.connectors.contract import Act, ActKind, Capabilities, Cursor, Kind, PlatformState, Refused

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
LINK = "https://www.facebook.com/groups/1/posts/2"


def test_the_same_permalink_is_the_same_item_and_no_permalink_is_one_of_its_own():
    first, again, other = (
        event_of(Written("Hei", AT, permalink=link), account_id="1", key=key)
        for link, key in ((LINK, "a"), (LINK, "b"), ("", "c"))
    )

    assert first.external_id == again.external_id
    assert (other.external_id, other.permalink, other.kind) == ("hand-c", None, Kind.COMMENT)


def test_two_with_the_same_name_are_not_taken_for_one():
    written = Written("Hei", AT, author=" Ola Nordmann ")

    one, other = (event_of(written, account_id="1", key=key) for key in ("a", "b"))

    assert one.author_name == other.author_name == "Ola Nordmann"
    assert one.author_id != other.author_id
    assert event_of(Written("Hei", AT, author=" "), account_id="1", key="a").author_id is None


@pytest.mark.parametrize("kind", list(ActKind))
def test_every_act_is_refused_and_a_person_told(kind):
    with pytest.raises(Refused):
        HandChannel().perform(Act(kind, "1", target_id="2", text="Hei"))


def test_nothing_is_promised_polled_or_lost():
    channel = HandChannel()
    cursor = Cursor("feed")

    assert channel.capabilities() == Capabilities()
    assert (channel.object_types(), channel.look(Act(ActKind.REPLY, "1"), since=AT)) == ((), ())
    assert channel.poll(cursor).is_last and channel.poll(cursor).cursor == cursor
    assert channel.health().missing_fields == frozenset()
    assert (channel.state_of("2"), channel.author_name("3")) == (PlatformState.UNREACHABLE, None)
