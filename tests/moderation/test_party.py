"""What an author may see of what the municipality holds: own words, our answers, decisions; nothing of others."""

import pytest

from torg.channels.models import Connection
from torg.dialogue import party as dialogue
from torg.dialogue.models import Author
from torg.moderation import commands, party
from torg.moderation.words import Measure


@pytest.fixture
def scopes(room):
    return list(Connection.objects.values_list("scope_id", flat=True))


@pytest.fixture
def decision(room):
    made = room.decided(measure=Measure.HIDE)
    room.work()
    return made


@pytest.fixture
def key(decision) -> str:
    author = decision.case.author or Author.objects.create(
        connection=decision.case.item.connection, external_id="77", name="Kåre Prøve", first_seen_at=decision.decided_at
    )
    type(decision.case).objects.filter(pk=decision.case_id).update(author=author)
    type(decision.case.item).objects.filter(pk=decision.case.item_id).update(author=author)
    return f"author:{author.public_id}"


def test_own_words_and_decisions_with_their_notices_are_held(room, decision, key, scopes):
    room.case("Noe helt annet fra en annen.")

    items = dialogue.held([key], scopes=scopes)
    decisions = party.held([key], scopes=scopes)

    assert [one.wordings[0].text for one in items if one.kind == "ITEM"] == [decision.case.item.text]
    assert "DECISION" in {one.kind for one in decisions}
    told = next(one for one in decisions if one.kind == "DECISION")
    assert told.wordings[0].text == decision.notice.text
    assert room.house.officer.name not in str(decisions)


def test_nothing_is_held_in_a_scope_that_one_does_not_see(room, decision, key):
    assert (list(dialogue.held([key], scopes=[])), list(party.held([key], scopes=[]))) == ([], [])


def test_an_author_is_found_by_name_and_a_complaint_by_its_address(room, decision, key, scopes, at):
    Author.objects.filter(public_id=key.removeprefix("author:")).update(name="Kåre Prøve")
    commands.enter_complaint(
        decision_id=decision.public_id, text="Jeg klager", email="kaare@example.org", by=room.house.officer, at=at
    )

    (author,) = dialogue.candidates("kåre", scopes=scopes, limit=9)
    (address,) = party.candidates("Kaare@example.org", scopes=scopes, limit=9)

    assert (author.key, author.number) == (key, 1)
    held = party.held([address.key], scopes=scopes)
    assert [one.wordings[0].text for one in held] == ["Jeg klager"]
    assert party.candidates("Kåre", scopes=scopes, limit=9) == []
