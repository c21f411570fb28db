"""Beneath the push nothing is missed: paging to the end, overlap, old posts with new comments."""

from datetime import datetime, timedelta

import httpx
import pytest

from tests.connectors.facebook.graph import NOW, PAGE, PERSON, POST, at, connector, error
from torg.connectors.contract import Cursor, Kind, PlatformState


class Listings:
    """A Graph of listings only: path → pages; the cursor is the number of the page."""

    def __init__(self, **pages: list[list[dict]]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v26.0/")
        self.asked.append((path, dict(request.url.params)))
        pages = self.pages.get(path.replace("/", "__"))
        if pages is None:
            return error(100, 33)
        number = int(request.url.params.get("after", 0))
        more = {"next": f"https://graph.test/{path}?access_token=page-token&after={number + 1}"}
        paging = {"cursors": {"after": str(number + 1)}} | (more if number + 1 < len(pages) else {})
        return httpx.Response(200, json={"data": pages[number], "paging": paging})


def _walk(listings: Listings, cursor: Cursor):
    channel, events = connector(listings), []
    while True:
        polled = channel.poll(cursor)
        events += polled.events
        cursor = polled.cursor
        if polled.is_last:
            return events, cursor


def _post(number: int, *, made: datetime = NOW, changed: datetime = NOW, **more: object) -> dict:
    return {"id": f"{PAGE}_{number}", "created_time": at(made), "updated_time": at(changed)} | more


def _comment(own_id: str, moment: datetime = NOW, **more: object) -> dict:
    return {"id": own_id, "from": {"id": PERSON, "name": "NN"}, "message": "Hei", "created_time": at(moment)} | more


def test_posts_are_read_to_the_last_page_also_past_an_empty_one():
    listings = Listings(**{f"{PAGE}__feed": [[_post(1)], [], [_post(2, is_hidden=True)]]})

    events, cursor = _walk(listings, Cursor("feed"))

    assert [event.external_id for event in events] == [f"{PAGE}_1", f"{PAGE}_2"]
    assert [event.platform_state for event in events] == [PlatformState.VISIBLE, PlatformState.HIDDEN_BY_US]
    assert cursor == Cursor("feed", since=NOW)


def test_a_picture_without_a_word_is_a_post():
    listings = Listings(**{f"{PAGE}__feed": [[_post(1, attachments={"data": [{"type": "photo", "url": "u"}]})]]})

    events, _ = _walk(listings, Cursor("feed"))

    assert (events[0].text, len(events[0].attachments)) == (None, 1)


SHIM = "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.test%2Fside"


@pytest.mark.parametrize(
    ("told", "leads_to"),
    [
        (
            {"type": "share", "media_type": "link", "unshimmed_url": "https://a.test/side", "url": SHIM},
            "https://a.test/side",
        ),
        ({"type": "share", "url": SHIM}, SHIM),
        ({"media_type": "link", "target": {"url": SHIM}}, SHIM),
    ],
)
def test_a_shared_link_is_known_by_where_it_leads_and_not_by_its_picture(told, leads_to):
    card = {**told, "title": "Side", "media": {"image": {"src": "https://scontent.xx.fbcdn.net/1.jpg"}}}
    listings = Listings(**{f"{PAGE}__feed": [[_post(1, attachments={"data": [card]})]]})

    events, _ = _walk(listings, Cursor("feed"))

    [event] = events
    assert [(found.kind, found.url, found.title) for found in event.attachments] == [("link", leads_to, "Side")]


def test_a_later_walk_of_posts_ends_a_day_before_the_last():
    old = NOW - timedelta(hours=25)
    listings = Listings(**{f"{PAGE}__feed": [[_post(2), _post(1, made=old)], [_post(0, made=old)]]})

    events, _ = _walk(listings, Cursor("feed", since=NOW))

    assert len(events) == 2
    assert len(listings.asked) == 1


def test_a_new_comment_on_an_old_post_is_found():
    month_ago = NOW - timedelta(days=30)
    listings = Listings(
        **{
            f"{PAGE}__feed": [[_post(1, made=month_ago, changed=month_ago), _post(2, made=month_ago)]],
            f"{PAGE}_2__comments": [[_comment("2_1")], [_comment("2_2", parent={"id": "2_1"})]],
        }
    )

    events, cursor = _walk(listings, Cursor("comments", since=NOW))

    assert [(event.kind, event.external_id, event.parent_id) for event in events] == [
        (Kind.COMMENT, "2_1", f"{PAGE}_2"),
        (Kind.REPLY, "2_2", "2_1"),
    ]
    assert {event.post_id for event in events} == {f"{PAGE}_2"}
    assert cursor.since == NOW


def test_a_later_walk_reads_comments_until_those_it_knows():
    old = NOW - timedelta(days=3)
    listings = Listings(
        **{
            f"{PAGE}__feed": [[_post(1)]],
            f"{PAGE}_1__comments": [[_comment("1_2"), _comment("1_1", old)], [_comment("1_0", old)]],
        }
    )

    events, _ = _walk(listings, Cursor("comments", since=NOW))

    assert [event.external_id for event in events] == ["1_2", "1_1"]


def test_a_first_walk_reads_every_comment_of_every_post():
    years_ago = NOW - timedelta(days=900)
    listings = Listings(
        **{
            f"{PAGE}__feed": [[_post(1)], [_post(2, made=years_ago, changed=years_ago)]],
            f"{PAGE}_1__comments": [[_comment("1_1")]],
            f"{PAGE}_2__comments": [[_comment("2_1", years_ago)]],
        }
    )

    events, _ = _walk(listings, Cursor("comments"))

    assert [event.external_id for event in events] == ["1_1", "2_1"]


def test_a_post_that_is_deleted_during_the_walk_does_not_end_it():
    listings = Listings(**{f"{PAGE}__feed": [[_post(1), _post(2)]], f"{PAGE}_2__comments": [[_comment("2_1")]]})

    events, _ = _walk(listings, Cursor("comments"))

    assert [event.external_id for event in events] == ["2_1"]


def test_a_comment_without_an_author_is_read():
    listings = Listings(**{f"{PAGE}__feed": [[_post(1)]], f"{PAGE}_1__comments": [[_comment("1_1", **{"from": None})]]})

    events, _ = _walk(listings, Cursor("comments"))

    assert (events[0].kind, events[0].author_id) == (Kind.COMMENT, None)


def test_messages_are_read_in_each_conversation_that_moved():
    old = NOW - timedelta(days=3)
    ours = _comment("m_2", **{"from": {"id": PAGE}, "to": {"data": [{"id": PERSON}]}})
    listings = Listings(
        **{
            f"{PAGE}__conversations": [[{"id": "t_1", "updated_time": at()}, {"id": "t_0", "updated_time": at(old)}]],
            "t_1__messages": [[ours, _comment("m_1")]],
        }
    )

    events, _ = _walk(listings, Cursor("messages", since=NOW))

    assert [(event.kind, event.external_id, event.own) for event in events] == [
        (Kind.MESSAGE, "m_2", True),
        (Kind.MESSAGE, "m_1", False),
    ]
    assert {event.details["person_id"] for event in events} == {PERSON}


def test_a_walk_goes_on_where_it_stood_and_keeps_no_key():
    listings = Listings(**{f"{PAGE}__feed": [[_post(1)], [_post(2)]]})

    cursor = connector(listings).poll(Cursor("feed")).cursor
    assert "page-token" not in (cursor.token or "")

    polled = connector(listings).poll(cursor)
    assert ([event.external_id for event in polled.events], polled.is_last) == ([f"{PAGE}_2"], True)


def test_a_token_of_another_version_begins_the_walk_anew():
    listings = Listings(**{f"{PAGE}__feed": [[_post(1)]]})

    assert connector(listings).poll(Cursor("feed", token="{old")).is_last


def test_a_repeating_cursor_does_not_walk_for_ever():
    def answer(_: httpx.Request) -> httpx.Response:
        paging = {"cursors": {"after": "same"}, "next": "https://graph.test/?after=same"}
        return httpx.Response(200, json={"data": [{"id": POST, "created_time": at()}], "paging": paging})

    first = connector(answer).poll(Cursor("feed"))

    assert connector(answer).poll(first.cursor).is_last


def test_a_sticker_is_a_message_with_something_to_see():
    sticker = _comment("m_1", message="", sticker="https://scontent.test/sticker.png")
    listings = Listings(
        **{f"{PAGE}__conversations": [[{"id": "t_1", "updated_time": at()}]], "t_1__messages": [[sticker]]}
    )

    events, _ = _walk(listings, Cursor("messages"))

    assert [found.kind for found in events[0].attachments] == ["sticker"]
