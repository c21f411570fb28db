"""A film goes out once, never without its captions, and is found again whatever answer was lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from devtools.graph_standin.films import PART
from devtools.graph_standin.server import Standin

from tests.connectors.facebook.graph import PAGE, connector
from torg.connectors import contract
from torg.connectors.channels.facebook import connector as facebook
from torg.connectors.channels.facebook.graph import VIDEO_URL, Access
from torg.connectors.contract import Act, ActKind, CaptionFile, Film, Picture
from torg.core import clock

CAPTIONS = (CaptionFile("nb", "1\n00:00:00,000 --> 00:00:02,000\nHei\n"), CaptionFile("en", "1\n…\n"))
SHOWING = {"method": "POST", "path": r"/\d+$"}


class Desk:
    """What we keep of one film between attempts, and the connector that sends it."""

    def __init__(self, standin: Standin, place: Path) -> None:
        place.write_bytes(b"\0" * (2 * PART + 500))
        self.standin, self.place, self.handle = standin, place, ""
        self.page_id = standin.page_id
        access = Access(
            page_id=standin.page_id,
            token=standin.page_token,
            app_id=standin.app_id,
            app_secret="standin-app-secret",
            base_url=standin.base_url,
        )
        self.channel = facebook.connect(access, now=clock.now, allow_loopback=True)

    def remember(self, handle: str) -> None:
        self.handle = handle

    def act(self, kind: ActKind = ActKind.PUBLISH, target: str | None = None, text: str = "Svøm trygt") -> Act:
        poster = Picture(b"\xff\xd8\xff", "image/jpeg", "Et badeland", "poster.jpg")
        film = Film("Svøm trygt", self.place, CAPTIONS, poster, self.handle, self.remember)
        return Act(kind, self.page_id, target_id=target, text=text, film=film)

    @property
    def videos(self) -> list[dict]:
        return self.standin.control.state()["videos"]

    @property
    def posts(self) -> list[dict]:
        return [row for row in self.standin.control.state()["posts"] if not row["is_deleted"]]


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with Standin() as running:
        yield running


@pytest.fixture
def desk(standin: Standin, tmp_path: Path) -> Iterator[Desk]:
    standin.control.reset()
    standin.control.settings(film_seconds=0)
    yield Desk(standin, tmp_path / "film.mp4")
    standin.control.clear_faults()


@pytest.mark.strategy("A1")
def test_a_film_is_shown_when_it_is_ready_with_its_captions_and_sent_only_once(desk):
    desk.standin.control.settings(film_seconds=60)
    with pytest.raises(contract.Temporary):
        desk.channel.perform(desk.act())
    with pytest.raises(contract.Temporary):
        desk.channel.perform(desk.act())
    hidden = desk.posts

    desk.standin.control.clock(advance=61)
    done = desk.channel.perform(desk.act())

    [video], [post] = desk.videos, desk.posts
    assert hidden == []
    assert (video["received"], video["captions"].keys(), video["default_locale"]) == (
        2 * PART + 500,
        {"nb_NO", "en_US"},
        "nb_NO",
    )
    assert video["has_own_thumbnail"]
    assert (done.external_id, post["message"]) == (post["id"], "Svøm trygt")
    assert str(done.permalink).startswith("https://www.facebook.com/")


@pytest.mark.parametrize("effect", ["error_after", "html_after", "drop_after"])
def test_a_lost_answer_to_the_showing_is_looked_for_and_never_repeated(desk, effect):
    began_at = clock.now()
    desk.standin.control.fault(match=SHOWING, effect={"kind": effect})
    with pytest.raises(contract.Ambiguous):
        desk.channel.perform(desk.act())

    found = desk.channel.look(desk.act(), since=began_at)
    again = desk.channel.perform(desk.act())

    [post] = desk.posts
    assert [match.external_id for match in found] == [post["id"]] == [again.external_id]
    assert len(desk.videos) == 1


def test_an_upload_that_breaks_off_shows_nothing_and_is_sent_anew(desk):
    desk.standin.control.fault(match={"method": "POST", "path": "/videos$"}, effect={"kind": "html"}, times=2)
    for _attempt in range(2):
        with pytest.raises(contract.Temporary):
            desk.channel.perform(desk.act())
    seen = desk.channel.look(desk.act(), since=clock.now())

    desk.channel.perform(desk.act())

    assert (list(seen), len(desk.posts)) == ([], 1)


def test_without_its_captions_a_film_is_not_shown(desk):
    refused = {"kind": "error", "code": 386}
    desk.standin.control.fault(match={"method": "POST", "path": "/captions$"}, effect=refused, times=None)

    with pytest.raises(contract.ChannelError):
        desk.channel.perform(desk.act())

    assert desk.posts == []


def test_a_key_that_dies_between_the_upload_and_the_showing_shows_nothing_until_somebody_connects_again(desk):
    desk.standin.control.fault(match={"method": "GET", "path": "/captions$"}, effect={"kind": "dead_token"})
    with pytest.raises(contract.CredentialsDead):
        desk.channel.perform(desk.act())
    shown_meanwhile = desk.posts

    desk.channel.perform(desk.act())

    assert (shown_meanwhile, len(desk.posts), len(desk.videos)) == ([], 1, 1)


def test_text_and_captions_are_changed_and_the_whole_is_taken_away_by_the_films_own_name(desk):
    post_id = str(desk.channel.perform(desk.act()).external_id)
    correction = desk.act(ActKind.EDIT, post_id, "Svøm trygt i Storelva")
    removal = desk.act(ActKind.DELETE, post_id)

    desk.channel.perform(correction)
    corrected = desk.channel.look(correction, since=clock.now())
    too_early = desk.channel.look(removal, since=clock.now())
    desk.channel.perform(removal)
    removed = desk.channel.look(removal, since=clock.now())

    assert desk.videos[0]["description"] == "Svøm trygt i Storelva"
    assert [one.external_id for one in corrected] == [one.external_id for one in removed] == [post_id]
    assert (list(too_early), desk.posts) == ([], [])


@pytest.mark.parametrize(
    ("match", "effect", "raised"),
    [
        ({"method": "POST", "path": "/captions$"}, {"kind": "error", "code": 386}, contract.Refused),
        (SHOWING, {"kind": "drop_after"}, contract.Ambiguous),
    ],
    ids=["captions refused", "answer lost"],
)
def test_a_correction_is_told_as_done_only_when_its_captions_are_there(desk, match, effect, raised):
    post_id = str(desk.channel.perform(desk.act()).external_id)
    given, [before] = desk.act(ActKind.EDIT, post_id), desk.videos
    newer = (CaptionFile("nb", CAPTIONS[0].srt.replace("Hei", "Hei på deg")),)
    given = replace(given, film=replace(given.film, captions=newer))
    desk.standin.control.fault(match=match, effect=effect)

    with pytest.raises(raised):
        desk.channel.perform(given)

    is_there = desk.videos[0]["captions"]["nb_NO"] != before["captions"]["nb_NO"]
    assert is_there == (raised is contract.Ambiguous)


def test_a_film_that_facebook_cannot_read_is_forgotten_so_that_another_can_be_sent(tmp_path):
    told = {"id": "7", "status": {"video_status": "error", "uploading_phase": {"status": "complete"}}}
    handles: list[str] = []
    film = Film("Svøm", tmp_path, CAPTIONS, handle="7", remember=handles.append)

    with pytest.raises(contract.Refused):
        connector(lambda request: httpx.Response(200, json=told)).perform(
            Act(ActKind.PUBLISH, PAGE, text="Se", film=film)
        )

    assert handles == [""]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ActKind.REPLY, "target_id": "9_1", "text": "Se"},
        {"kind": ActKind.EDIT, "target_id": "9_1", "text": "Se"},
        {"film": Film(captions=(CaptionFile("tlh", "…"),)), "text": "Se"},
        {"film": Film(), "text": "Se"},
    ],
    ids=["an answer", "unknown to the platform", "a language without captions there", "no file"],
)
def test_what_cannot_be_done_with_a_film_is_refused_before_it_leaves(change):
    requests: list[httpx.Request] = []
    act = replace(Act(ActKind.PUBLISH, PAGE, film=Film()), **change)

    with pytest.raises(contract.Refused):
        connector(requests.append).perform(act)

    assert requests == []


def test_films_go_to_the_host_that_facebook_has_for_them_and_never_past_the_stand_in():
    access = Access(page_id=PAGE, token="t", app_id="7", app_secret="s")

    assert access.video_url == VIDEO_URL
    assert replace(access, base_url="https://graph.test").video_url == "https://graph.test"
