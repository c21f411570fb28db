"""The staff's screens in a real browser."""

import pytest
from django.urls import reverse

from tests.desk import scene
from tests.journeys.browser import assert_accessible, photograph, sign_in
from torg.core import clock
from torg.inbox.models import Enquiry

pytestmark = pytest.mark.journey

PAGES = ["today", "queue", "approvals", "promises", "forwarded", "hand-over", "issues", "log", "channels", "outbox"]


@pytest.fixture
def house(fresh_database):
    at = clock.now()
    made = scene.build(at)
    scene.live(made, at)
    return made


@pytest.fixture
def officer(house, live_server_address, context):
    sign_in(context, live_server_address, scene.login_of(house.officer))
    return house.officer


def thread_with(text: str):
    """The thread in which somebody has written this."""
    return Enquiry.objects.get(thread__items__text__contains=text).thread


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_accessible(house, officer, live_server_address, page, name):
    page.goto(live_server_address + reverse(f"desk:{name}"))
    photograph(page, f"desk-{name}")

    assert_accessible(page)


def test_a_thread_is_accessible_as_a_page_of_its_own(house, officer, live_server_address, page):
    page.goto(live_server_address + reverse("desk:thread", args=[thread_with("Storgata brøytet").public_id]))
    photograph(page, "desk-thread")

    assert_accessible(page)


def test_a_thread_opens_beside_the_queue(house, officer, live_server_address, page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(live_server_address + reverse("desk:queue"))

    page.get_by_role("link", name="Kari Nordmann").click()
    page.locator("#detail .d-talk").wait_for()
    page.screenshot(path="screenshots/desk-queue-open-1440.png")

    assert "brøytet" in page.locator("#detail .d-talk").inner_text()
