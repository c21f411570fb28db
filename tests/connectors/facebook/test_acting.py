"""What leaves for the platform, and that it leaves once."""

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import httpx
import pytest

from tests.connectors.facebook.graph import ACCESS, COMMENT, NOW, PAGE, PERSON, POST, TinyGraph, at, connector, error
from torg.connectors import contract
from torg.connectors.channels.facebook import signature
from torg.connectors.contract import Act, ActKind, Picture

REPLY = Act(ActKind.REPLY, PAGE, target_id=COMMENT, text="Kl. 10.")
MESSAGE = Act(ActKind.MESSAGE, PAGE, target_id=PERSON, text="Hei")
PICTURE = Picture(b"\x89PNG", "image/png", alt_text="En huske og en sklie", file_name="lekeplass.png")


class Recorder:
    """Answers everything with the same words, and keeps what was asked."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def body(self, number: int = -1) -> dict:
        return json.loads(self.requests[number].content)

    def paths(self) -> list[str]:
        return [f"{request.method} {request.url.path}" for request in self.requests]


def _ok(**body: object) -> httpx.Response:
    return httpx.Response(200, json=body or {"success": True})


@pytest.mark.parametrize(
    ("act", "path", "body"),
    [
        (REPLY, f"POST /v26.0/{COMMENT}/comments", {"message": "Kl. 10."}),
        (Act(ActKind.EDIT, PAGE, target_id=POST, text="Nyere"), f"POST /v26.0/{POST}", {"message": "Nyere"}),
        (Act(ActKind.HIDE, PAGE, target_id=COMMENT), f"POST /v26.0/{COMMENT}", {"is_hidden": True}),
        (Act(ActKind.UNHIDE, PAGE, target_id=COMMENT), f"POST /v26.0/{COMMENT}", {"is_hidden": False}),
        (Act(ActKind.BAN, PAGE, target_id=PERSON), f"POST /v26.0/{PAGE}/blocked", {"psid": [PERSON]}),
        (
            Act(ActKind.PRIVATE_REPLY, PAGE, target_id=COMMENT, text="Hei"),
            f"POST /v26.0/{PAGE}/messages",
            {"recipient": {"comment_id": COMMENT}, "message": {"text": "Hei"}, "messaging_type": "RESPONSE"},
        ),
    ],
    ids=lambda value: str(getattr(value, "kind", "")),
)
def test_each_act_is_one_call_to_its_own_edge(act, path, body):
    graph = Recorder(_ok(id="9_5", message_id="m_5", success=True))

    connector(graph).perform(act)

    assert (graph.paths(), graph.body()) == ([path], body)


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (_ok(id=POST, permalink_url="https://www.facebook.com/9/posts/5"), "https://www.facebook.com/9/posts/5"),
        (httpx.Response(500), None),
    ],
)
def test_a_post_is_out_once_facebook_has_given_it_an_id_and_its_address_is_asked_for_afterwards(told, address):
    graph = Recorder(_ok(id=POST), told)

    done = connector(graph).perform(Act(ActKind.PUBLISH, PAGE, text="Ny", link="https://a.test"))

    assert (done.external_id, done.permalink) == (POST, address)
    assert graph.paths()[:2] == [f"POST /v26.0/{PAGE}/feed", f"GET /v26.0/{POST}"]
    assert graph.body(0) == {"message": "Ny", "link": "https://a.test"}


@pytest.mark.parametrize(
    ("act", "path"),
    [
        (Act(ActKind.DELETE, PAGE, target_id=COMMENT), f"/v26.0/{COMMENT}"),
        (Act(ActKind.UNBAN, PAGE, target_id=PERSON), f"/v26.0/{PAGE}/blocked"),
    ],
)
def test_taking_away_is_a_delete(act, path):
    graph = Recorder(_ok())

    connector(graph).perform(act)

    assert graph.paths() == [f"DELETE {path}"]


def test_every_call_proves_that_we_know_the_applications_secret_and_hides_the_key_from_the_address():
    graph = Recorder(_ok(id="9_5"))

    connector(graph).perform(REPLY)

    request = graph.requests[0]
    query = parse_qs(request.url.query.decode())
    assert request.headers["authorization"] == "Bearer page-token"
    assert query["appsecret_proof"] == [signature.appsecret_proof("page-token", secret="app-secret")]
    assert "page-token" not in str(request.url)
    assert "page-token" not in repr(ACCESS)
    assert "app-secret" not in repr(ACCESS)


def test_pictures_go_first_unpublished_and_with_what_they_show():
    graph = Recorder(_ok(id="p_1"), _ok(id="p_2"), _ok(id=POST))

    done = connector(graph).perform(Act(ActKind.PUBLISH, PAGE, text="Ny lekeplass", pictures=(PICTURE, PICTURE)))

    assert done.external_id == POST
    assert graph.paths()[:3] == [f"POST /v26.0/{PAGE}/photos"] * 2 + [f"POST /v26.0/{PAGE}/feed"]
    assert b'name="alt_text_custom"\r\n\r\nEn huske og en sklie' in graph.requests[0].content
    assert b'name="published"\r\n\r\nfalse' in graph.requests[0].content
    assert graph.body(2)["attached_media"] == [{"media_fbid": "p_1"}, {"media_fbid": "p_2"}]


def test_a_picture_that_did_not_arrive_may_be_sent_again_as_nothing_shows():
    with pytest.raises(contract.Temporary):
        connector(Recorder(httpx.Response(502))).perform(Act(ActKind.PUBLISH, PAGE, text="Ny", pictures=(PICTURE,)))


@pytest.mark.parametrize(
    ("hours", "more"),
    [
        (1, {"messaging_type": "RESPONSE"}),
        (24, {"messaging_type": "RESPONSE"}),
        (25, {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
        (7 * 24, {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
    ],
)
def test_a_message_is_marked_by_how_long_ago_the_person_wrote(hours, more):
    graph = Recorder(_ok(recipient_id=PERSON, message_id="m_5"))

    done = connector(graph).perform(replace(MESSAGE, last_inbound_at=NOW - timedelta(hours=hours)))

    assert done.external_id == "m_5"
    assert graph.body() == {"recipient": {"id": PERSON}, "message": {"text": "Hei"}, **more}


@pytest.mark.parametrize(("hours", "is_human"), [(25, False), (7 * 24 + 1, True)])
def test_outside_the_windows_nothing_is_sent(hours, is_human):
    graph = Recorder(_ok())
    late = replace(MESSAGE, last_inbound_at=NOW - timedelta(hours=hours), is_human=is_human)

    with pytest.raises(contract.WindowClosed):
        connector(graph).perform(late)

    assert graph.requests == []


def test_when_we_do_not_know_the_window_the_platform_says_and_a_human_may_try_the_longer_one():
    closed = error(10, 2018278)
    graph = Recorder(closed, _ok(message_id="m_5"))

    assert connector(graph).perform(MESSAGE).external_id == "m_5"
    assert graph.body()["tag"] == "HUMAN_AGENT"
    with pytest.raises(contract.WindowClosed):
        connector(Recorder(closed)).perform(replace(MESSAGE, is_human=False))


@pytest.mark.parametrize(
    "act",
    [
        replace(REPLY, text="  "),
        replace(REPLY, target_id=None),
        replace(REPLY, text="x" * 8001),
        replace(MESSAGE, text="x" * 2001),
        replace(MESSAGE, pictures=(PICTURE,)),
        replace(REPLY, pictures=(PICTURE, PICTURE)),
        replace(REPLY, pictures=(replace(PICTURE, alt_text=""),)),
    ],
    ids=["empty", "no target", "long comment", "long message", "picture in message", "two pictures", "no alt text"],
)
def test_what_would_fail_or_harm_is_refused_before_it_leaves(act):
    graph = Recorder(_ok(id="9_5"))

    with pytest.raises(contract.Refused):
        connector(graph).perform(act)

    assert graph.requests == []


def test_an_answer_without_an_id_is_ambiguous():
    with pytest.raises(contract.Ambiguous):
        connector(Recorder(_ok())).perform(REPLY)


def test_a_platform_that_says_no_politely_has_not_done_it():
    with pytest.raises(contract.Refused):
        connector(Recorder(_ok(success=False))).perform(Act(ActKind.HIDE, PAGE, target_id=COMMENT))


def test_an_act_is_never_repeated_by_itself():
    graph = Recorder(httpx.Response(500))

    with pytest.raises(contract.Ambiguous):
        connector(graph).perform(REPLY)

    assert len(graph.requests) == 1


def test_a_refusal_of_what_was_written_all_the_same_is_seen_through():
    written = {"id": "9_7", "from": {"id": PAGE}, "message": "Kl. 10.", "created_time": at()}
    graph = Recorder(error(100), _ok(data=[written]))

    assert connector(graph).perform(REPLY).external_id == "9_7"


def test_a_refusal_stays_one_when_nothing_was_written():
    with pytest.raises(contract.Refused):
        connector(Recorder(error(100), _ok(data=[]), _ok(id=COMMENT))).perform(REPLY)


def test_acts_do_what_they_say_on_a_page_with_memory():
    graph = TinyGraph()

    done = connector(graph).perform(REPLY)

    assert graph.comments[-1]["id"] == done.external_id
