"""Messenger of the Graph stand-in: threads, windows, private replies, control of a thread."""

import json

import pytest

from tests.devtools.test_graph_account import error

HOUR = 3600


@pytest.fixture
def message(standin):
    return standin.control.visitor("message", name="Oda Fantasdal", text="Er torget åpent?")


def send(graph, standin, recipient, text="Hei", **more):
    data = {"recipient": json.dumps(recipient), "message": json.dumps({"text": text}), "messaging_type": "RESPONSE"}
    return graph.post(f"/{standin.page_id}/messages", data=data | more)


def test_a_conversation_and_its_messages_are_read_newest_first(standin, graph, message):
    standin.control.clock(advance=60)
    send(graph, standin, {"id": message["person_id"]}, "Ja, til kl. 15")

    fields = {"fields": "id,participants,can_reply,unread_count,messages.limit(5){id,from,message,created_time}"}
    thread = graph.get(f"/{standin.page_id}/conversations", params=fields).json()["data"][0]

    assert thread["id"] == message["thread_id"] and thread["can_reply"] is True and thread["unread_count"] == 0
    assert [row["message"] for row in thread["messages"]["data"]] == ["Ja, til kl. 15", "Er torget åpent?"]
    assert thread["messages"]["data"][1]["from"]["id"] == message["person_id"]


def test_only_conversations_changed_since_are_listed(standin, graph, message):
    later = int((standin.control.clock() + 1) * 1000)
    place = f"/{standin.page_id}/conversations"

    assert graph.get(place, params={"updated_after_ms": later}).json() == {"data": []}
    assert graph.get(place, params={"user_id": message["person_id"]}).json()["data"]
    assert graph.get(place, params={"platform": "INSTAGRAM"}).json() == {"data": []}


def test_messages_beyond_the_newest_twenty_show_no_text(standin, graph, message):
    for number in range(20):
        standin.control.visitor("message", name="Oda Fantasdal", text=f"Nr {number}")

    place = f"/{message['thread_id']}/messages"
    rows = graph.get(place, params={"fields": "message", "limit": 30}).json()["data"]

    assert rows[19]["message"] == "Nr 0"
    assert rows[20] == {"id": message["id"]}


def test_a_single_message_can_be_read(standin, graph, message):
    fields = {"fields": "message,from,to"}

    assert graph.get(f"/{message['id']}", params=fields).json()["message"] == "Er torget åpent?"


def test_an_answer_within_a_day_is_sent(standin, graph, message):
    standin.control.clock(advance=23 * HOUR)

    answer = send(graph, standin, {"id": message["person_id"]}).json()

    assert answer["recipient_id"] == message["person_id"] and answer["message_id"].startswith("m_")


@pytest.mark.parametrize(
    ("hours", "tag", "is_sent"), [(25, "", False), (25, "HUMAN_AGENT", True), (169, "HUMAN_AGENT", False)]
)
def test_after_a_day_it_takes_a_human_and_after_a_week_nothing_helps(standin, graph, message, hours, tag, is_sent):
    standin.control.clock(advance=hours * HOUR)
    more = {"messaging_type": "MESSAGE_TAG", "tag": tag} if tag else {}

    answer = send(graph, standin, {"id": message["person_id"]}, **more)

    assert is_sent or error(answer) == (10, 2018278)
    assert (answer.status_code == 200) is is_sent


def test_an_echo_opens_no_window(standin, graph, message):
    standin.control.clock(advance=20 * HOUR)
    standin.control.visitor("message", name="Oda Fantasdal", text="Fra kontoret", as_page=True)
    standin.control.clock(advance=5 * HOUR)

    assert error(send(graph, standin, {"id": message["person_id"]})) == (10, 2018278)


def test_a_stranger_cannot_be_written_to(standin, graph):
    assert error(send(graph, standin, {"id": "42"})) == (100, 2018001)


def test_someone_who_is_unavailable_is_told_in_norwegian(standin, graph, message):
    standin.control.visitor("person", name="Oda Fantasdal", is_unavailable=True)

    answer = send(graph, standin, {"id": message["person_id"]})

    assert error(answer) == (200, 1545041)
    assert "tilgjengelig" in answer.json()["error"]["message"]


@pytest.mark.parametrize("text", ["", "a" * 2001])
def test_an_empty_or_too_long_message_is_refused(standin, graph, message, text):
    assert error(send(graph, standin, {"id": message["person_id"]}, text)) == (100, None)


def test_a_comment_can_be_answered_privately_once(standin, graph, comment):
    assert graph.get(f"/{comment['id']}", params={"fields": "can_reply_privately"}).json()["can_reply_privately"]

    first = send(graph, standin, {"comment_id": comment["id"]})
    second = send(graph, standin, {"comment_id": comment["id"]})

    assert first.json()["recipient_id"] == comment["author_id"]
    assert error(second) == (10900, None)


def test_a_comment_cannot_be_answered_privately_after_a_week(standin, graph, comment):
    standin.control.clock(advance=7 * 24 * HOUR + 1)

    assert error(send(graph, standin, {"comment_id": comment["id"]})) == (10, 2534014)


def test_a_private_reply_opens_no_window(standin, graph, comment):
    send(graph, standin, {"comment_id": comment["id"]})

    assert error(send(graph, standin, {"id": comment["author_id"]})) == (10, 2018278)


def test_when_another_app_has_the_thread_sending_fails_until_it_is_taken(standin, graph, message):
    standin.control.visitor("thread_owner", target=message["thread_id"])
    person = {"id": message["person_id"]}
    place = f"/{standin.page_id}/thread_owner"

    assert error(send(graph, standin, person)) == (10, 2018300)
    graph.post(f"/{standin.page_id}/take_thread_control", data={"recipient": json.dumps(person)})
    shown = graph.get(place, params={"recipient": message["person_id"]}).json()["data"]
    assert shown == [{"thread_owner": {"app_id": standin.app_id}}]
    assert send(graph, standin, person).status_code == 200


def test_the_profile_is_shown_only_of_those_who_have_written(standin, graph, message, comment):
    other = standin.control.visitor("comment", name="Jens Diktestad", text="Hei")["author_id"]

    assert graph.get(f"/{message['person_id']}", params={"fields": "name"}).json()["name"] == "Oda Fantasdal"
    assert error(graph.get(f"/{other}")) == (100, 33)


def test_withheld_attachments_are_not_shown(standin, graph):
    made = standin.control.visitor("message", text="Se", attachments=["https://bilder.example/hull.jpg"])
    place, fields = f"/{made['id']}", {"fields": "attachments"}
    assert graph.get(place, params=fields).json()["attachments"]["data"][0]["image_data"]["url"].endswith("hull.jpg")

    standin.control.fault(match={"path": made["id"]}, effect={"kind": "attachments_withheld"})

    assert "attachments" not in graph.get(place, params=fields).json()
