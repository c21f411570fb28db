"""What happens on a page, in our words."""

from datetime import UTC, datetime

import pytest

from tests.connectors.facebook.deliveries import COMMENT, PAGE, PERSON, POST, REPLY, comment, events_of, feed, only
from torg.connectors.contract import Kind, PlatformState


def test_a_comment_comes_with_everything_that_was_said():
    event = only(events_of(comment()))

    assert (event.kind, event.verb, event.external_id) == (Kind.COMMENT, "add", COMMENT)
    assert (event.parent_id, event.post_id, event.account_id) == (POST, POST, PAGE)
    assert (event.author_id, event.author_name, event.own) == (PERSON, "Kari Eksempel", False)
    assert event.text == "Når åpner svømmehallen?"
    assert event.occurred_at == datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parent_id", "kind"),
    [(POST, Kind.COMMENT), ("9", Kind.COMMENT), (COMMENT, Kind.REPLY), (REPLY, Kind.COMMENT), (..., Kind.COMMENT)],
    ids=["the post", "the post without its page", "a comment", "itself", "not told"],
)
def test_the_parent_decides_whether_it_is_a_reply(parent_id, kind):
    assert only(events_of(comment(comment_id=REPLY, parent_id=parent_id))).kind is kind


def test_a_top_comment_without_a_parent_belongs_to_its_post():
    assert only(events_of(comment(parent_id=...))).parent_id == POST


def test_without_a_post_the_shape_of_the_ids_tells_a_reply():
    event = only(events_of(comment(comment_id=REPLY, post_id=..., parent_id=COMMENT)))

    assert (event.kind, event.post_id) == (Kind.REPLY, None)


@pytest.mark.parametrize(
    ("said", "verb"),
    [("edit", "edit"), ("edited", "edit"), ("update", "edit"), ("remove", "remove"), ("delete", "remove")]
    + [(verb, verb) for verb in ("add", "hide", "unhide", "block", "unblock", "mute")],
)
def test_verbs_are_told_in_one_way(said, verb):
    event = only(events_of(comment(verb=said)))

    assert (event.kind, event.verb) == (Kind.COMMENT, verb)


@pytest.mark.parametrize(
    ("verb", "state"),
    [("hide", PlatformState.HIDDEN_BY_US), ("unhide", PlatformState.VISIBLE), ("remove", None), ("add", None)],
)
def test_only_hiding_tells_a_state_as_a_removal_does_not_say_by_whom(verb, state):
    assert only(events_of(comment(verb=verb))).platform_state is state


def test_an_act_of_the_page_itself_is_our_own():
    assert only(events_of(comment(verb="hide", **{"from": {"id": int(PAGE), "name": "Eksempelby"}}))).own


def test_an_unnamed_author_is_an_author_all_the_same():
    event = only(events_of(comment(**{"from": ...})))

    assert (event.kind, event.author_id, event.author_name, event.own) == (Kind.COMMENT, None, None, False)


def test_the_older_flat_form_of_the_author_is_understood_and_large_numbers_stay_whole():
    event = only(events_of(comment(**{"from": ..., "sender_id": 10206635083634305, "sender_name": "Ola"})))

    assert (event.author_id, event.author_name) == ("10206635083634305", "Ola")


@pytest.mark.parametrize("item", ["reaction", "like"])
def test_a_reaction_to_a_comment_is_no_comment(item):
    event = only(events_of(comment(item=item, reaction_type="love", message=...)))

    assert (event.kind, event.external_id, event.parent_id, event.post_id) == (Kind.REACTION, None, COMMENT, POST)


def test_a_reaction_to_a_post_points_at_the_post():
    assert only(events_of(feed(item="reaction", verb="remove", post_id=POST))).parent_id == POST


@pytest.mark.parametrize("item", ["post", "status", "photo", "video", "share", "album", "event"])
def test_whatever_a_page_publishes_is_a_post(item):
    event = only(events_of(feed(item=item, verb="add", post_id=POST, message="Ny lekeplass")))

    assert (event.kind, event.external_id, event.post_id, event.parent_id) == (Kind.POST, POST, POST, None)


def test_a_film_without_a_post_goes_by_its_own_id():
    event = only(events_of(feed(item="video", verb="mute", video_id=9007199254740993)))

    assert (event.external_id, event.post_id) == ("9007199254740993", None)


def test_a_post_in_the_trash_is_an_edit_without_text():
    event = only(events_of(feed(item="status", verb="edited", post_id=POST, published=1)))

    assert (event.kind, event.verb, event.text) == (Kind.POST, "edit", None)


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ({"item": "status", "photos": ["https://a.test/1", "https://a.test/2"]}, 2),
        ({"item": "photo", "photo_id": 5, "link": "https://a.test/1"}, 1),
        ({"item": "video", "video_id": 5}, 1),
        ({"item": "share", "link": "https://a.test/side"}, 1),
        ({"item": "status"}, 0),
    ],
)
def test_attachments_are_counted_in_each_of_their_forms(value, count):
    assert len(only(events_of(feed(verb="add", post_id=POST, **value))).attachments) == count


def test_a_picture_that_is_named_twice_is_one_picture():
    event = only(events_of(comment(photo="https://a.test/1", link="https://a.test/1")))

    assert len(event.attachments) == 1


def test_a_mention_in_a_comment_and_one_in_a_post_go_by_their_own_ids():
    value = {"item": "comment", "verb": "add", "post_id": "77_3", "comment_id": "3_8", "message": "Hei @Eksempelby"}
    in_comment, in_post = events_of(
        {"field": "mention", "value": value}, {"field": "mention", "value": {"post_id": "77_3", "message": "Hei"}}
    )

    assert (in_comment.kind, in_comment.external_id, in_comment.parent_id) == (Kind.MENTION, "3_8", "77_3")
    assert (in_post.kind, in_post.verb, in_post.external_id) == (Kind.MENTION, "add", "77_3")


def test_a_review_is_a_post_and_a_comment_on_it_a_comment():
    review = {"item": "rating", "verb": "add", "open_graph_story_id": 31, "reviewer_id": 8, "review_text": "Fint bad"}
    on_it = {"item": "comment", "verb": "add", "comment_id": "31_1", "post_id": "8_31", "parent_id": "8_31"}
    first, second = events_of({"field": "ratings", "value": review}, {"field": "ratings", "value": on_it})

    assert (first.kind, first.external_id, first.author_id, first.text) == (Kind.POST, "31", "8", "Fint bad")
    assert second.kind is Kind.COMMENT


def test_a_live_film_that_ends_changes_state():
    event = only(events_of({"field": "live_videos", "value": {"id": "5", "status": "LIVE_STOPPED"}}))

    assert (event.kind, event.verb, event.external_id) == (Kind.STATE_CHANGE, "live_stopped", "5")


@pytest.mark.parametrize(
    "change",
    [
        {"field": "parking"},
        {"field": "new_field", "value": {"verb": "add"}},
        {"field": "feed", "value": "a word"},
        {"field": "feed", "value": {"item": "hologram", "verb": "add", "post_id": POST}},
        {"field": "feed", "value": {"item": "comment", "verb": "sparkle", "comment_id": COMMENT}},
        {"field": "feed", "value": {"item": "comment", "verb": "add"}},
        {"field": 7, "value": []},
        {},
        None,
        17,
        [[]],
    ],
)
def test_what_we_do_not_know_is_kept_and_spoils_nothing(change):
    before, strange, after = events_of(comment(), change, comment(comment_id=REPLY))

    assert strange.kind is Kind.UNKNOWN
    assert (before.external_id, after.external_id) == (COMMENT, REPLY)


def test_an_unknown_verb_keeps_the_ids_for_the_one_who_looks_into_it():
    event = only(events_of(comment(verb="sparkle")))

    assert (event.verb, event.external_id, event.details["field"]) == ("sparkle", COMMENT, "feed")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("https://www.facebook.com/100_1", "https://www.facebook.com/100_1"),
        ("javascript:alert(1)", None),
        ("//ond.example", None),
        ({"a": 1}, None),
    ],
)
def test_only_an_address_of_the_web_can_be_linked_to(told, kept):
    assert only(events_of(comment(permalink_url=told))).permalink == kept
