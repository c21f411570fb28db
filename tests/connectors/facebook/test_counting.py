"""Figures of a post, as Facebook tells them, and its picture with the text for those who do not see it."""

import io

import httpx
import pytest
from devtools.graph_standin.demo import HOLDERS
from devtools.graph_standin.server import Standin
from PIL import Image

from tests.connectors.facebook.graph import POST, connector, error
from torg.connectors.channels.facebook import connector as facebook
from torg.connectors.channels.facebook.graph import Access
from torg.connectors.contract import Act, ActKind, Measured, Picture, TellsFigures
from torg.core import clock

SUMS = {
    "id": POST,
    "reactions": {"data": [], "summary": {"total_count": 12}},
    "comments": {"data": [], "summary": {"total_count": 3}},
    "shares": {"count": 2},
}


def answering(**insights: int):
    def answer(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/insights"):
            return httpx.Response(200, json=SUMS)
        metric = request.url.params["metric"]
        if metric not in insights:
            return error(100)
        row = {"name": metric, "period": "lifetime", "values": [{"value": insights[metric]}]}
        return httpx.Response(200, json={"data": [row]})

    return connector(answer)


def test_a_metric_that_has_ended_costs_none_of_the_others():
    channel = answering(post_media_view=1200)

    found = channel.figures(POST)

    assert isinstance(channel, TellsFigures)
    assert set(found) == {
        Measured("reactions", 12),
        Measured("comments", 3),
        Measured("shares", 2),
        Measured("post_media_view", 1200),
    }


@pytest.mark.strategy("A1")
def test_the_stand_in_takes_the_picture_counts_post_and_page_and_ends_the_subscription():
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(kept, "PNG")
    with Standin() as standin:
        access = Access(
            page_id="100500000000001",
            token="EAAStandinPageToken",
            app_id="520000000000001",
            app_secret="standin-app-secret",
            base_url=standin.base_url,
        )
        channel = facebook.connect(access, now=clock.now, allow_loopback=True)
        picture = Picture(kept.getvalue(), "image/png", "Blå himmel", "himmel.png")
        done = channel.perform(Act(ActKind.PUBLISH, access.page_id, text="Se!", pictures=(picture,)))

        alternatives = [photo.alt_text_custom for photo in standin.world.state.photos]
        figures = {one.code: one.value for one in channel.figures(str(done.external_id))}
        told = channel.account()
        standin.world.state.holders = list(HOLDERS)
        held = channel.holders()
        channel.unsubscribe()
        subscribed = channel.health().subscribed_fields

    assert "Blå himmel" in alternatives
    assert {"post_media_view", "post_total_media_view_unique", "reactions", "comments"} <= figures.keys()
    assert (told.name, told.website) == ("Eksempelvik kommune", "https://eksempelvik.example")
    assert [one.code for one in told.figures] == ["followers_count", "page_total_media_view_unique", "page_media_view"]
    assert subscribed == frozenset()
    told_of = {(one.name, one.may_manage, one.is_system) for one in held.holders}
    assert told_of == {(one.name, True, one.user_type == "SYSTEM_USER") for one in HOLDERS} and held.is_whole
