"""Posts, photos and comments of the Graph stand-in."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.devtools.test_graph_account import error


def test_a_post_can_be_published_read_edited_and_deleted(standin, graph, post):
    graph.post(f"/{post}", data={"message": "Brua er stengt"})

    assert graph.get(f"/{post}", params={"fields": "message"}).json() == {"message": "Brua er stengt", "id": post}
    assert graph.delete(f"/{post}").json() == {"success": True}
    assert error(graph.get(f"/{post}")) == (100, 33)


def test_the_same_post_twice_is_refused(standin, graph, post):
    assert error(graph.post(f"/{standin.page_id}/feed", data={"message": "Brua er åpen"})) == (506, 1455006)


def test_an_empty_post_is_refused(standin, graph):
    assert error(graph.post(f"/{standin.page_id}/feed", data={})) == (100, None)


def test_a_body_of_json_is_read_as_a_form_is(standin, graph):
    made = graph.post(f"/{standin.page_id}/feed", json={"message": "Blåbær"}).json()

    assert graph.get(f"/{made['id']}").json()["message"] == "Blåbær"


def test_pictures_with_alt_text_are_uploaded_first_and_attached(standin, graph):
    kept = {"url": "https://bilder.example/bru.jpg", "alt_text_custom": "Ei bru", "published": "false"}
    photo = graph.post(f"/{standin.page_id}/photos", data=kept).json()["id"]
    attached = {"message": "Se!", "attached_media[0]": json.dumps({"media_fbid": photo})}

    made = graph.post(f"/{standin.page_id}/feed", data=attached).json()["id"]

    shown = graph.get(f"/{made}", params={"fields": "attachments{media},full_picture"}).json()
    assert shown["full_picture"] == kept["url"]
    assert shown["attachments"]["data"][0]["target"]["id"] == photo
    assert graph.get(f"/{photo}", params={"fields": "alt_text_custom"}).json()["alt_text_custom"] == "Ei bru"


def test_a_file_can_be_uploaded(standin, graph):
    files = {"source": ("bru.png", b"\x89PNG....", "image/png")}

    answer = graph.post(f"/{standin.page_id}/photos", data={"message": "Brua"}, files=files).json()

    assert graph.get(f"/{answer['post_id']}").json()["message"] == "Brua"


def test_a_photo_without_a_picture_is_refused(standin, graph):
    assert error(graph.post(f"/{standin.page_id}/photos", data={"message": "Brua"})) == (324, None)


def test_a_post_can_be_planned_and_comes_at_its_time(standin, graph):
    at = int(standin.control.clock()) + 3600
    planned = {"message": "I morgen", "published": "false", "scheduled_publish_time": str(at)}
    made = graph.post(f"/{standin.page_id}/feed", data=planned).json()["id"]

    assert graph.get(f"/{standin.page_id}/feed").json()["data"] == []
    standin.control.clock(advance=3601)
    standin.control.deliver_now()
    assert graph.get(f"/{standin.page_id}/feed").json()["data"][0]["id"] == made


def test_planning_too_soon_is_refused(standin, graph):
    planned = {"message": "Nå", "published": "false", "scheduled_publish_time": str(int(standin.control.clock()) + 60)}

    assert error(graph.post(f"/{standin.page_id}/feed", data=planned)) == (100, None)


def test_the_feed_pages_by_cursor_to_its_end(standin, graph):
    made = [standin.control.visitor("post", name="Kari", text=f"Nr {number}")["id"] for number in range(5)]
    place, seen = f"/{standin.page_id}/feed?limit=2", []

    while place:
        shown = graph.get(place).json()
        seen += [row["id"] for row in shown["data"]]
        place = shown.get("paging", {}).get("next")

    assert seen == made[::-1]


def test_since_in_the_feed_looks_at_when_the_post_was_made(standin, graph, post):
    standin.control.clock(advance=3600)
    since = int(standin.control.clock())
    standin.control.visitor("comment", target=post, text="Ny kommentar på gammelt innlegg")

    assert graph.get(f"/{standin.page_id}/feed", params={"since": since}).json()["data"] == []


def test_hidden_posts_are_left_out_unless_asked_for(standin, graph, post):
    graph.post(f"/{post}", data={"is_hidden": "true"})
    place = f"/{standin.page_id}/feed"

    assert graph.get(place).json()["data"] == []
    assert graph.get(place, params={"include_hidden": "true"}).json()["data"][0]["id"] == post


def test_visitors_posts_have_their_own_list(standin, graph, post):
    visitors = standin.control.visitor("post", name="Kari Påfunnsen", text="Hull i veien")["id"]

    assert [row["id"] for row in graph.get(f"/{standin.page_id}/visitor_posts").json()["data"]] == [visitors]
    assert [row["id"] for row in graph.get(f"/{standin.page_id}/published_posts").json()["data"]] == [post]


def test_comments_come_below_the_feed_with_count_and_next_page(standin, graph, post):
    for number in range(3):
        standin.control.visitor("comment", target=post, text=f"Nr {number}")
    fields = "id,comments.filter(stream).order(reverse_chronological).summary(true).limit(2){id,message}"

    below = graph.get(f"/{standin.page_id}/feed", params={"fields": fields}).json()["data"][0]["comments"]

    assert [row["message"] for row in below["data"]] == ["Nr 2", "Nr 1"]
    assert below["summary"]["total_count"] == 3
    assert parse_qs(urlsplit(below["paging"]["next"]).query)["fields"] == ["id,message"]
    assert graph.get(below["paging"]["next"]).json()["data"] == [
        {"id": below_id, "message": "Nr 0"} for below_id in [oldest(graph, post)]
    ]


def oldest(graph, post):
    return graph.get(f"/{post}/comments", params={"order": "chronological"}).json()["data"][0]["id"]


def test_stream_has_replies_and_toplevel_has_not(standin, graph, post, comment):
    reply = graph.post(f"/{comment['id']}/comments", data={"message": "I mars"}).json()["id"]

    every = graph.get(f"/{post}/comments", params={"filter": "stream"}).json()["data"]
    top = graph.get(f"/{post}/comments").json()["data"]

    assert [row["id"] for row in every] == [comment["id"], reply]
    assert [row["id"] for row in top] == [comment["id"]]


def test_a_reply_knows_its_parent_and_who_wrote_it(standin, graph, comment):
    reply = graph.post(f"/{comment['id']}/comments", data={"message": "I mars"}).json()["id"]

    shown = graph.get(f"/{reply}", params={"fields": "parent,from,can_hide,application,permalink_url"}).json()

    assert shown["parent"]["id"] == comment["id"]
    assert shown["from"]["id"] == standin.page_id
    assert shown["can_hide"] is False and shown["application"]["id"] == standin.app_id
    assert "reply_comment_id" in shown["permalink_url"]


def test_a_comment_can_carry_a_picture_alone(standin, graph, post):
    address = "https://bilder.example/kart.png"
    made = graph.post(f"/{post}/comments", data={"attachment_url": address}).json()["id"]

    shown = graph.get(f"/{made}", params={"fields": "attachment"}).json()

    assert shown["attachment"]["media"]["image"]["src"] == address


def test_an_empty_comment_is_refused(standin, graph, post):
    assert error(graph.post(f"/{post}/comments", data={"message": ""})) == (100, None)


def test_a_comment_can_be_hidden_and_shown(standin, graph, comment):
    place, fields = f"/{comment['id']}", {"fields": "is_hidden"}

    graph.post(place, data={"is_hidden": "true"})
    assert graph.get(place, params=fields).json()["is_hidden"] is True
    graph.post(place, data={"is_hidden": "false"})
    assert graph.get(place, params=fields).json()["is_hidden"] is False


def test_the_pages_own_comment_cannot_be_hidden(standin, graph, post):
    own = graph.post(f"/{post}/comments", data={"message": "Takk"}).json()["id"]

    assert error(graph.post(f"/{own}", data={"is_hidden": "true"})) == (100, None)


def test_a_citizens_words_cannot_be_edited(standin, graph, comment):
    assert error(graph.post(f"/{comment['id']}", data={"message": "Noe annet"})) == (200, None)


def test_a_deleted_comment_is_gone_with_its_replies(standin, graph, comment):
    reply = graph.post(f"/{comment['id']}/comments", data={"message": "I mars"}).json()["id"]

    graph.delete(f"/{comment['id']}")

    assert error(graph.get(f"/{comment['id']}")) == (100, 33)
    assert error(graph.get(f"/{reply}")) == (100, 33)


@pytest.mark.parametrize("field", ["filter", "order"])
def test_an_unknown_choice_is_refused(standin, graph, post, field):
    assert error(graph.get(f"/{post}/comments", params={field: "best"})) == (100, None)


def test_citizens_are_nameless_without_the_permission_to_see_them(standin, graph, comment):
    scopes = ["pages_read_engagement", "pages_read_user_content"]
    standin.control.token(standin.page_token, scopes=scopes)
    assert graph.get(f"/{comment['id']}").json()["from"]["name"] == "Oda Fantasdal"

    standin.control.fault(match={"path": comment["id"]}, effect={"kind": "from_withheld"})
    assert "from" not in graph.get(f"/{comment['id']}").json()


def test_reactions_are_counted_by_kind(standin, graph, post):
    standin.control.visitor("reaction", target=post, name="Kari", reaction="love")

    fields = "reactions.summary(true).limit(0)"
    shown = graph.get(f"/{post}", params={"fields": fields}).json()["reactions"]

    assert shown["summary"]["total_count"] == 1
    assert graph.get(f"/{post}/reactions").json()["data"][0]["type"] == "LOVE"


def test_someone_can_be_blocked_listed_and_let_in_again(standin, graph, comment):
    place, person = f"/{standin.page_id}/blocked", comment["author_id"]

    assert graph.post(place, data={"psid": json.dumps([person])}).json() == {person: True}
    assert graph.get(place).json()["data"] == [{"name": "Oda Fantasdal", "id": person}]
    graph.request("DELETE", place, params={"psid": person})
    assert graph.get(place).json() == {"data": []}


def test_a_stranger_cannot_be_blocked(standin, graph):
    assert error(graph.post(f"/{standin.page_id}/blocked", data={"psid": "[1]"})) == (100, None)


def test_several_nodes_can_be_read_at_once(standin, graph, post, comment):
    shown = graph.get("/", params={"ids": f"{post},{comment['id']}", "fields": "id"}).json()

    assert shown == {post: {"id": post}, comment["id"]: {"id": comment["id"]}}
