"""Before anything is repeated, we look whether it is there."""

from datetime import timedelta

import httpx
import pytest

from tests.connectors.facebook.graph import COMMENT, NOW, PAGE, PERSON, POST, at, connector, error
from torg.connectors import contract
from torg.connectors.contract import Act, ActKind

REPLY = Act(ActKind.REPLY, PAGE, target_id=COMMENT, text="Takk, kl. 10.")


def _graph(**answers: object):
    """Answers each path (written with __ for /) with its object; everything else is gone."""

    def answer(request: httpx.Request) -> httpx.Response:
        found = answers.get(request.url.path.removeprefix("/v26.0/").replace("/", "__"))
        return error(100, 33) if found is None else httpx.Response(200, json=found)

    return connector(answer)


def _written(**more: object) -> dict:
    return {"id": "9_7", "from": {"id": PAGE}, "message": "Takk,  kl. 10.\n", "created_time": at(NOW)} | more


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ["9_7"]),
        ({"from": None}, ["9_7"]),
        ({"message": "Takk, kl. 11."}, []),
        ({"from": {"id": PERSON}}, []),
        ({"created_time": at(NOW - timedelta(minutes=5))}, []),
    ],
    ids=["the same", "author not told", "another text", "somebody else", "before"],
)
def test_a_reply_is_known_by_its_place_text_author_and_time(change, found):
    channel = _graph(**{f"{COMMENT}__comments": {"data": [_written(**change)]}, COMMENT: {"id": COMMENT}})

    assert [match.external_id for match in channel.look(REPLY, since=NOW)] == found


def test_an_answer_to_an_answer_is_found_where_facebook_hangs_it():
    answers = {"9_2__comments": {"data": []}, "9_2": {"parent": {"id": "9_1"}}, "9_1__comments": {"data": [_written()]}}
    reply = Act(ActKind.REPLY, PAGE, target_id="9_2", text="Takk, kl. 10.")

    assert len(_graph(**answers).look(reply, since=NOW)) == 1


def test_two_of_the_same_are_both_told():
    channel = _graph(**{f"{COMMENT}__comments": {"data": [_written(), _written(id="9_8")]}})

    assert len(channel.look(REPLY, since=NOW)) == 2


def test_not_being_able_to_look_is_not_the_same_as_nothing():
    with pytest.raises(contract.Gone):
        _graph().look(REPLY, since=NOW)


def test_a_message_is_found_in_the_conversation_with_the_person():
    answers = {f"{PAGE}__conversations": {"data": [{"id": "t_1"}]}, "t_1__messages": {"data": [_written(id="m_7")]}}
    act = Act(ActKind.MESSAGE, PAGE, target_id=PERSON, text="Takk, kl. 10.")

    assert _graph(**answers).look(act, since=NOW)[0].external_id == "m_7"


def test_a_private_reply_is_found_in_the_conversation_that_it_began():
    answers = {COMMENT: {"private_reply_conversation": {"id": "t_1"}}, "t_1__messages": {"data": [_written(id="m_7")]}}
    act = Act(ActKind.PRIVATE_REPLY, PAGE, target_id=COMMENT, text="Takk, kl. 10.")

    assert _graph(**answers).look(act, since=NOW)[0].external_id == "m_7"


def test_a_post_is_found_among_the_pages_own():
    act = Act(ActKind.PUBLISH, PAGE, text="Takk, kl. 10.")

    assert _graph(**{f"{PAGE}__published_posts": {"data": [_written(id=POST)]}}).look(act, since=NOW)


@pytest.mark.parametrize(
    ("kind", "object_", "is_done"),
    [
        (ActKind.HIDE, {"is_hidden": True}, True),
        (ActKind.HIDE, {"is_hidden": False}, False),
        (ActKind.UNHIDE, {"is_hidden": False}, True),
        (ActKind.DELETE, None, True),
        (ActKind.DELETE, {"is_hidden": False}, False),
        (ActKind.EDIT, {"message": "Ny tekst"}, True),
        (ActKind.EDIT, {"message": "Gammel tekst"}, False),
    ],
)
def test_other_acts_are_known_by_what_they_changed(kind, object_, is_done):
    act = Act(kind, PAGE, target_id=COMMENT, text="Ny tekst")

    assert bool(_graph(**{COMMENT: object_}).look(act, since=NOW)) is is_done


@pytest.mark.parametrize(("banned", "kind", "is_done"), [(True, ActKind.BAN, True), (True, ActKind.UNBAN, False)])
def test_a_ban_is_known_by_the_list(banned, kind, is_done):
    listed = {"data": [{"id": PERSON}] if banned else []}

    assert bool(_graph(**{f"{PAGE}__blocked": listed}).look(Act(kind, PAGE, target_id=PERSON), since=NOW)) is is_done
