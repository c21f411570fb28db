"""Facebook's own SDK, as a client, finds nothing amiss with the stand-in."""

import pytest
from facebook_business.adobjects.comment import Comment
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.unifiedthread import UnifiedThread
from facebook_business.api import FacebookAdsApi, FacebookSession
from facebook_business.exceptions import FacebookRequestError


@pytest.fixture
def api(standin):
    """The SDK as its users start it, with a proof of the app's secret, sent to the stand-in."""
    session = FacebookSession(standin.app_id, "standin-app-secret", standin.page_token)
    session.GRAPH = standin.base_url
    yield FacebookAdsApi(session)
    session.requests.close()


def test_it_publishes_reads_edits_and_deletes(standin, api):
    standin.control.settings(must_prove=True)
    page = Page(standin.page_id, api=api)
    page.create_feed(params={"message": "Brua er åpen"})

    post = page.get_feed(fields=["id", "message", "is_published"])[0]
    assert post["message"] == "Brua er åpen"
    PagePost(post["id"], api=api).api_delete()
    assert list(page.get_feed()) == []


def test_it_reads_every_field_of_a_comment(standin, api, comment):
    fields = [value for name, value in vars(Comment.Field).items() if not name.startswith("_")]

    shown = Comment(comment["id"], api=api).api_get(fields=fields)

    assert shown["from"]["name"] == "Oda Fantasdal"
    assert shown["can_hide"] is True


def test_it_walks_pages_of_comments(standin, api, post):
    made = [standin.control.visitor("comment", target=post, text=f"Nr {number}")["id"] for number in range(7)]

    rows = PagePost(post, api=api).get_comments(params={"limit": 3, "order": "reverse_chronological"})

    assert [row["id"] for row in rows] == made[::-1]


def test_it_hides_answers_and_blocks(standin, api, comment):
    target = Comment(comment["id"], api=api)

    target.api_update(params={"is_hidden": True})
    reply = target.create_comment(params={"message": "I mars"})
    Page(standin.page_id, api=api).create_blocked(params={"psid": [int(comment["author_id"])]})

    assert target.api_get(fields=["is_hidden"])["is_hidden"] is True
    assert reply["id"] == target.get_comments()[0]["id"]
    assert standin.control.state()["people"][0]["is_blocked"] is True


def test_it_reads_and_answers_messages(standin, api):
    made = standin.control.visitor("message", name="Oda Fantasdal", text="Er torget åpent?")
    page = Page(standin.page_id, api=api)
    answer = {"recipient": {"id": made["person_id"]}, "message": {"text": "Ja"}, "messaging_type": "RESPONSE"}

    page.create_message(params=answer)

    thread = page.get_conversations(fields=["id", "snippet"])[0]
    assert thread["snippet"] == "Ja"
    rows = UnifiedThread(thread["id"], api=api).get_messages(params={"fields": "message"})
    assert [row["message"] for row in rows] == ["Ja", "Er torget åpent?"]


def test_it_subscribes_and_uploads(standin, api):
    page = Page(standin.page_id, api=api)
    page.create_subscribed_app(params={"subscribed_fields": ["feed", "messages"]})
    photo = page.create_photo(params={"url": "https://bilder.example/bru.jpg", "published": False})
    page.create_feed(params={"message": "Se", "attached_media": [{"media_fbid": photo["id"]}]})

    assert page.get_subscribed_apps()[0]["subscribed_fields"] == ["feed", "messages"]
    assert standin.control.state()["posts"][0]["photo_ids"] == [photo["id"]]


def test_it_understands_an_error(standin, api):
    with pytest.raises(FacebookRequestError) as refused:
        Comment("1_2", api=api).api_get()

    assert (refused.value.api_error_code(), refused.value.api_error_subcode()) == (100, 33)
    assert refused.value.body()["error"]["fbtrace_id"]
