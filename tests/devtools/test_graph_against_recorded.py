"""The Graph stand-in tells of an event with the same keys as recordings of the real platform."""

import json
from pathlib import Path

import pytest

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "payloads"
# Older recordings name the author so; ours have `from`, as today's do.
OLD_AUTHOR = {"sender_id", "sender_name"}

pytestmark = pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the folder with recorded payloads is not here")


def recorded(name: str) -> dict:
    content = json.loads((PAYLOADS / name).read_text())
    return content["entry"][0] if "entry" in content else content


def keys(value: object) -> object:
    """Names and kinds, without the values; numbers of an old age may be text today."""
    if isinstance(value, dict):
        return {name: keys(one) for name, one in value.items()}
    if isinstance(value, list):
        return [keys(value[0])] if value else []
    return "scalar"


def made(standin, receiver) -> dict:
    """The newest entry delivered."""
    standin.control.deliver_now()
    return json.loads(receiver.got[-1][1])["entry"][0]


def test_a_comment(standin, receiver, post, comment):
    assert keys(made(standin, receiver)) == keys(recorded("facebook/webhook-real2023-comment-add.json"))


def test_a_reply(standin, graph, receiver, comment):
    graph.post(f"/{comment['id']}/comments", data={"message": "I mars"})

    assert keys(made(standin, receiver)) == keys(recorded("facebook/webhook-real2020-reply-to-comment.json"))


def test_a_hidden_comment(standin, graph, receiver, comment):
    graph.post(f"/{comment['id']}", data={"is_hidden": "true"})

    assert keys(made(standin, receiver)) == keys(recorded("facebook/webhook-real2023-comment-hide.json"))


def test_a_removed_comment(standin, graph, receiver, comment):
    graph.delete(f"/{comment['id']}")

    value = made(standin, receiver)["changes"][0]["value"]
    sample = recorded("facebook/webhook-feed-comment-remove-25.json")["changes"][0]["value"]

    assert set(value) == set(sample) | {"created_time"}


def test_an_edited_comment_with_a_picture(standin, receiver, post):
    made_now = standin.control.visitor("comment", target=post, text="Se", attachment_url="https://bilder.example/a.jpg")
    standin.control.visitor("edit", target=made_now["id"], text="Se her")

    value = made(standin, receiver)["changes"][0]["value"]
    sample = recorded("recorded/facebook/restfb/webhooks/feed-comment-edited-with-photo.json")["changes"][0]["value"]

    assert set(value) == set(sample) - OLD_AUTHOR | {"from", "post"}


def test_an_own_post(standin, receiver, post):
    assert keys(made(standin, receiver)) == keys(recorded("facebook/webhook-real2023-status-add-published.json"))


def test_a_removed_post(standin, graph, receiver, post):
    graph.delete(f"/{post}")

    assert keys(made(standin, receiver)) == keys(recorded("facebook/webhook-feed-post-remove-25.json"))


def test_a_reaction_to_a_comment(standin, receiver, comment):
    standin.control.visitor("reaction", target=comment["id"], name="Kari", reaction="love")

    assert keys(made(standin, receiver)) == keys(recorded("facebook/webhook-feed-reaction-add-comment.json"))


def test_a_mention(standin, receiver):
    standin.control.visitor("mention", text="Hei @Eksempelvik kommune")

    value = made(standin, receiver)["changes"][0]["value"]
    sample = recorded("recorded/facebook/restfb/webhooks/mention-comment-add.json")["changes"][0]["value"]

    assert set(value) == set(sample) - {"comment_id"}


def test_a_message(standin, receiver):
    standin.control.visitor("message", text="Hei")

    assert keys(made(standin, receiver)) == keys(recorded("messenger/webhook-real2023-text.json"))


@pytest.mark.parametrize(
    ("act", "content", "name", "key"),
    [
        ("edit", {"text": "Hei!"}, "recorded/facebook/restfb/webhooks/messaging-message-edits.json", "message_edit"),
        ("delete", {}, "recorded/facebook/restfb/webhooks/messaging-message-isdeleted.json", "message"),
        ("reaction", {"reaction": "sad"}, "messenger/webhook-messaging-reaction-1.json", "reaction"),
        ("reaction", {"reaction": None}, "messenger/webhook-messaging-reaction-2.json", "reaction"),
    ],
)
def test_what_happens_to_a_message(standin, receiver, act, content, name, key):
    message = standin.control.visitor("message", text="Hei")["id"]
    standin.control.visitor(act, target=message, **content)

    item, sample = made(standin, receiver)["messaging"][0], recorded(name)["messaging"][0]

    assert keys(item) == keys(sample)
    assert set(item[key]) == set(sample[key])


def test_an_echo(standin, receiver):
    standin.world.state.subscribed_fields = ["message_echoes"]
    standin.control.visitor("message", text="Hei", as_page=True)

    item = made(standin, receiver)["messaging"][0]
    sample = recorded("recorded/facebook/restfb/webhooks/messaging-message-basic-echo.json")["messaging"][0]

    assert set(item) == set(sample)
    assert set(item["message"]) == set(sample["message"]) - {"seq", "metadata"}


def test_an_error(standin, graph):
    sample = recorded("facebook/api-error-code190-sub458-deauthorized.json")
    standin.control.token(standin.page_token, is_valid=False)

    assert keys(graph.get("/me").json()) == keys(sample)


def test_an_inspected_token(standin, graph):
    sample = recorded("recorded/facebook/python-facebook/base/token_info.json")["data"]

    assert set(sample) <= set(graph.get("/debug_token", params={"input_token": standin.user_token}).json()["data"])


def test_a_page_of_comments(standin, graph, post, comment):
    sample = recorded("recorded/facebook/python-facebook/comments/comments_p1.json")
    fields = "comment_count,created_time,like_count,message,permalink_url"
    standin.control.visitor("comment", target=post, text="Enda en")

    shown = graph.get(f"/{post}/comments", params={"fields": fields, "limit": 1, "summary": "1"}).json()

    assert set(shown) == set(sample)
    assert keys(shown["paging"]) == keys(sample["paging"])
    assert set(shown["data"][0]) - {"id"} == set(sample["data"][0]) - {"id"}


def test_a_message_as_it_is_read(standin, graph):
    sample = next(iter(recorded("facebook/api-messages-info.json").values()))
    made_now = standin.control.visitor("message", text="Se", attachments=["https://bilder.example/a.jpg"])

    shown = graph.get(f"/{made_now['id']}", params={"fields": "id,created_time,from,to,tags,attachments"}).json()

    assert set(shown) == set(sample)
    assert keys(shown["from"]) == keys(sample["from"])
