"""The staff's screens in a real browser: what they look like, by keyboard only, and live."""

import pytest
from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import reverse
from playwright.sync_api import expect

from tests.desk import scene
from tests.journeys.browser import assert_accessible, photograph, sign_in
from torg.config import env
from torg.config.live import Hub, LiveStream
from torg.config.visitors import Visitors
from torg.core import clock
from torg.inbox import commands as inbox
from torg.inbox.models import Answer
from torg.inbox.types import AnswerState
from torg.outbox.models import OutboxAct

pytestmark = pytest.mark.journey

PAGES = [
    "today",
    "queue",
    "approvals",
    "promises",
    "forwarded",
    "hand-over",
    "issues",
    "log",
    "channels",
    "outbox",
    "strategy",
]


class Live:
    """The pages with the live stream beside them, which begins to listen at the first request."""

    def __init__(self) -> None:
        self._hub = Hub(env.conninfo(connections.settings["default"]))
        self._stream = LiveStream(self._hub, Visitors().reach)
        self._pages = WSGIMiddleware(get_wsgi_application(), workers=4)
        self._listens = False

    async def __call__(self, scope, receive, send) -> None:
        if not self._listens:
            self._listens = True
            await self._hub.start()
        await (self._stream if scope["path"] == "/events" else self._pages)(scope, receive, send)


@pytest.fixture
def application(fresh_database):
    return Live()


@pytest.fixture
def house(fresh_database):
    at = clock.now()
    made = scene.build(at)
    scene.live(made, at)
    return made


@pytest.fixture
def desk(house, live_server_address, context, page):
    """A wide browser window, signed in as the information officer; call it to open a page."""
    sign_in(context, live_server_address, scene.login_of(house.officer))
    page.set_viewport_size({"width": 1440, "height": 900})

    def open_page(name: str, *args):
        page.goto(live_server_address + reverse(f"desk:{name}", args=args))
        return page

    return open_page


def test_every_page_is_accessible(house, desk):
    pages = dict.fromkeys(PAGES, ())
    pages["thread"] = (scene.with_text("Storgata brøytet").thread.public_id,)
    pages["channel"] = (house.connection.public_id,)

    for name, parameters in pages.items():
        page = desk(name, *parameters)
        photograph(page, f"desk-{name}")
        assert_accessible(page)


def test_a_thread_opens_beside_the_queue(desk):
    page = desk("queue")

    page.get_by_role("link", name="Kari Nordmann").click()
    expect(page.locator("#detail .d-talk")).to_contain_text("Når blir Storgata brøytet")
    photograph(page, "desk-queue-open")

    assert "open=" in page.url


def test_the_main_job_is_done_by_keyboard_alone(desk):
    page = desk("queue")

    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#detail h1")).to_be_focused()
    assert page.locator("#detail h1").inner_text() == "Geir Moen"
    page.locator("#detail #answer-text").focus()
    page.keyboard.type("Hei Geir! Du finner skjemaet på nettsiden vår. Hilsen Ola")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#answers")).to_contain_text("Du finner skjemaet")
    answer = Answer.objects.get(text__startswith="Hei Geir")
    assert (answer.kind, answer.state) == ("MESSAGE", AnswerState.PLANNED)


def test_what_arrives_is_told_without_moving_what_one_reads(house, desk):
    page = desk("queue")
    expect(page.locator("[data-row]")).to_have_count(10)
    page.wait_for_timeout(500)

    scene.write(house, "Nina Ny", "Når er rådhuset åpent i romjula?", clock.now())

    expect(page.locator("#news")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(10)
    page.locator("#news a").click()
    expect(page.get_by_role("link", name="Nina Ny")).to_be_visible()


def test_an_answer_is_seen_to_arrive_without_reloading(desk):
    enquiry = scene.with_text("Storgata brøytet")
    page = desk("thread", enquiry.thread.public_id)
    expect(page.locator("#answers")).to_contain_text("Brøytebilen")
    page.wait_for_timeout(500)

    answer = Answer.objects.get(enquiry=enquiry)
    acts = OutboxAct.objects.filter(public_id=answer.act_id)
    acts.update(state="CONFIRMED", external_id="c-9", sending_at=clock.now(), finished_at=clock.now())
    inbox.note_outcome(subject_id=answer.public_id, act=acts.get().as_sent(), at=clock.now())

    expect(page.locator(".d-talk")).to_contain_text("Brøytebilen")
    expect(page.locator("#answers")).not_to_contain_text("Brøytebilen")


def test_the_keys_are_listed_on_a_sheet(desk):
    page = desk("queue")

    page.keyboard.press("?")

    expect(page.locator("#key-sheet")).to_be_visible()
    expect(page.locator("#key-sheet")).to_contain_text("Søk")
