"""What the Graph stand-in delivers: signed, batched, repeated, and about everything that happens."""

import hashlib
import hmac
import json

import pytest

HOUR = 3600


def told(standin, receiver) -> list[dict]:
    """The changes and messaging items that have arrived, in order."""
    standin.control.deliver_now()
    entries = [entry for _, body in receiver.got for entry in json.loads(body)["entry"]]
    return [row for entry in entries for row in entry.get("changes", entry.get("messaging", entry.get("standby")))]


def values(standin, receiver) -> list[dict]:
    return [row["value"] for row in told(standin, receiver) if "value" in row]


def test_a_delivery_is_signed_over_the_bytes_that_meta_writes(standin, receiver, post):
    standin.control.visitor("comment", target=post, text="Blåbær på / ved Løkka 😊")
    standin.control.deliver_now()

    headers, body = receiver.got[-1]

    assert (
        headers["X-Hub-Signature-256"] == "sha256=" + hmac.new(b"standin-app-secret", body, hashlib.sha256).hexdigest()
    )
    assert headers["X-Hub-Signature"] == "sha1=" + hmac.new(b"standin-app-secret", body, hashlib.sha1).hexdigest()
    assert rb"Bl\u00e5b\u00e6r p\u00e5 \/ ved L\u00f8kka \ud83d\ude0a" in body


def test_a_comment_is_told_with_its_post_and_parent(standin, receiver, post, comment):
    value = values(standin, receiver)[-1]

    assert (value["item"], value["verb"], value["comment_id"]) == ("comment", "add", comment["id"])
    assert value["parent_id"] == value["post_id"] == value["post"]["id"] == post
    assert value["from"] == {"id": comment["author_id"], "name": "Oda Fantasdal"}


def test_our_own_acts_come_back_as_events(standin, graph, receiver, post, comment):
    reply = graph.post(f"/{comment['id']}/comments", data={"message": "I mars"}).json()["id"]
    graph.post(f"/{comment['id']}", data={"is_hidden": "true"})
    graph.post(f"/{comment['id']}", data={"is_hidden": "false"})
    graph.delete(f"/{comment['id']}")

    events = values(standin, receiver)[2:]

    assert [value["verb"] for value in events] == ["add", "hide", "unhide", "remove"]
    assert events[0]["comment_id"] == reply and events[0]["parent_id"] == comment["id"]
    assert all(value["from"]["id"] == standin.page_id for value in events)
    assert "message" not in events[3]


def test_edits_reactions_and_removed_posts_are_told(standin, graph, receiver, post, comment):
    standin.control.visitor("edit", target=comment["id"], text="Når kommer lyset, egentlig?")
    standin.control.visitor("reaction", target=comment["id"], name="Kari", reaction="love")
    graph.delete(f"/{post}")

    edited, reaction, removed = values(standin, receiver)[-3:]

    assert (edited["verb"], edited["message"]) == ("edited", "Når kommer lyset, egentlig?")
    assert (reaction["item"], reaction["comment_id"], reaction["reaction_type"]) == ("reaction", comment["id"], "love")
    assert (removed["item"], removed["verb"], removed["post_id"]) == ("post", "remove", post)


def test_messages_are_told_in_milliseconds_and_feeds_in_seconds(standin, receiver, comment):
    standin.control.visitor("message", text="Hei")
    standin.control.deliver_now()

    times = [json.loads(body)["entry"][0]["time"] for _, body in receiver.got]

    assert times[-1] == int(standin.control.clock()) * 1000
    assert times[0] == int(standin.control.clock())


def test_a_sent_message_comes_back_as_an_echo_with_our_app(standin, graph, receiver):
    person = standin.control.visitor("message", text="Hei")["person_id"]
    sent = {"recipient": json.dumps({"id": person}), "message": json.dumps({"text": "Hallo"})}
    mid = graph.post(f"/{standin.page_id}/messages", data=sent).json()["message_id"]

    _, echo, delivery = told(standin, receiver)

    assert echo["message"] == {"mid": mid, "text": "Hallo", "is_echo": True, "app_id": int(standin.app_id)}
    assert (echo["sender"]["id"], echo["recipient"]["id"]) == (standin.page_id, person)
    assert delivery["delivery"]["mids"] == [mid]


def test_an_answer_given_elsewhere_echoes_with_another_app(standin, receiver):
    standin.control.visitor("message", text="Svar fra telefonen", as_page=True)

    assert told(standin, receiver)[0]["message"]["app_id"] != int(standin.app_id)


def test_edited_unsent_and_liked_messages_and_reading_are_told(standin, receiver):
    made = standin.control.visitor("message", text="Hei")
    standin.control.visitor("edit", target=made["id"], text="Hei!")
    standin.control.visitor("reaction", target=made["id"], reaction="love")
    standin.control.visitor("read", target=made["thread_id"])
    standin.control.visitor("delete", target=made["id"])

    _, edited, reaction, reading, unsent = told(standin, receiver)

    assert edited["message_edit"] == {"mid": made["id"], "text": "Hei!", "num_edit": 1}
    assert reaction["reaction"]["action"] == "react"
    assert reading["read"]["watermark"] == int(standin.control.clock()) * 1000
    assert unsent["message"] == {"mid": made["id"], "is_deleted": True}


def test_another_apps_thread_is_told_as_standby(standin, receiver):
    made = standin.control.visitor("message", text="Hei")
    standin.control.visitor("thread_owner", target=made["thread_id"])
    standin.control.visitor("message", text="Hallo?")
    standin.control.deliver_now()

    assert "standby" in json.loads(receiver.got[-1][1])["entry"][0]


def test_only_subscribed_fields_are_told(standin, graph, receiver, post):
    graph.post(f"/{standin.page_id}/subscribed_apps", data={"subscribed_fields": "messages"})
    receiver.forget()
    standin.control.deliver_now()
    receiver.forget()

    standin.control.visitor("comment", target=post, text="Hei")

    assert told(standin, receiver) == []


def test_several_changes_can_come_in_one_delivery(standin, receiver, post):
    standin.control.settings(batch_size=1000)
    standin.control.visitor("burst", target=post, count=300)

    assert len(told(standin, receiver)) == 301
    assert len(receiver.got) == 1


def test_nothing_is_delivered_before_the_handshake_succeeds(standin, receiver, comment):
    receiver.verify_token = "another"

    tried = standin.control.deliver_now()

    assert receiver.got == []
    assert {(row["answer"], row["attempts"]) for row in tried} == {("handshake refused", 0)}


def test_a_failed_delivery_is_repeated_at_once_and_then_less_often(standin, receiver, post):
    receiver.status = 503
    attempts = []
    for wait in (0, 0, 14, 1, 59, 1):
        standin.control.clock(advance=wait)
        attempts.append(len(standin.control.deliver_now()))

    receiver.status = 200
    standin.control.clock(advance=300)

    assert attempts == [1, 1, 0, 1, 0, 1]
    assert standin.control.deliver_now()[0]["status"] == "DELIVERED"
    assert len({body for _, body in receiver.got}) == 1


def test_after_36_hours_a_delivery_is_dropped(standin, receiver, post):
    receiver.status = 500
    standin.control.deliver_now()
    standin.control.clock(advance=36 * HOUR + 1)

    assert standin.control.deliver_now()[0]["status"] == "DROPPED"


def test_an_hour_of_failures_takes_messengers_subscription_away(standin, graph, receiver, post):
    receiver.status = 500
    standin.control.deliver_now()
    standin.control.clock(advance=HOUR + 1)
    standin.control.deliver_now()

    fields = graph.get(f"/{standin.page_id}/subscribed_apps").json()["data"][0]["subscribed_fields"]

    assert "messages" not in fields and "messaging_postbacks" not in fields
    assert "feed" in fields


@pytest.mark.parametrize("field", ["from", "photo"])
def test_what_is_withheld_is_not_in_the_delivery(standin, receiver, post, field):
    kind = {"from": "from_withheld", "photo": "attachments_withheld"}[field]
    told(standin, receiver)
    standin.control.fault(match={"webhook": "feed"}, effect={"kind": kind})
    standin.control.visitor("comment", target=post, text="Se", attachment_url="https://bilder.example/hull.jpg")

    assert field not in values(standin, receiver)[-1]


def test_a_delivery_can_come_twice(standin, receiver, post):
    standin.control.fault(match={"webhook": "feed"}, effect={"kind": "duplicate"})
    standin.control.deliver_now()

    assert receiver.got[0][1] == receiver.got[1][1]


def test_deliveries_can_come_in_the_wrong_order(standin, receiver, post, comment):
    standin.control.fault(match={"webhook": "feed"}, effect={"kind": "reorder"})

    assert [value["item"] for value in values(standin, receiver)] == ["comment", "status"]


def test_a_delivery_can_be_late_or_never_come(standin, receiver, post, comment):
    standin.control.fault(match={"webhook": "feed"}, effect={"kind": "delay", "seconds": 600})
    standin.control.fault(match={"webhook": "feed"}, effect={"kind": "drop"})

    assert told(standin, receiver) == []
    standin.control.clock(advance=600)
    assert len(told(standin, receiver)) == 1


def test_a_delivery_can_be_badly_signed(standin, receiver, post):
    standin.control.fault(match={"webhook": "feed"}, effect={"kind": "bad_signature"})
    standin.control.deliver_now()

    headers, body = receiver.got[0]

    assert (
        headers["X-Hub-Signature-256"] != "sha256=" + hmac.new(b"standin-app-secret", body, hashlib.sha256).hexdigest()
    )
