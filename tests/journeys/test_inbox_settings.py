"""The inbox's settings in a real browser."""

import pytest
from django.urls import reverse

from tests.desk import scene
from tests.journeys.browser import assert_accessible, photograph, sign_in
from torg.core import clock

pytestmark = pytest.mark.journey

PAGES = ["canned", "label-list", "guides", "deadlines", "choices", "choices-for-all", "help-lines"]


@pytest.fixture
def officer(fresh_database, live_server_address, context):
    house = scene.build(clock.now())
    sign_in(context, live_server_address, scene.login_of(house.officer))
    return house.officer


def test_the_pages_are_accessible(officer, live_server_address, page):
    for name in PAGES:
        page.goto(live_server_address + reverse(f"inbox:{name}"))
        photograph(page, f"inbox-{name}")

        assert_accessible(page)


def test_a_ready_answer_is_looked_at_then_kept(officer, live_server_address, page):
    page.goto(live_server_address + reverse("inbox:canned"))
    page.locator("#id_title").fill("Vannet er tilbake")
    page.locator("#id_text").fill("Hei {{ first_name }}, vannet er tilbake.")
    page.locator("button[name=preview]").click()
    page.locator("#preview").wait_for()
    photograph(page, "inbox-canned-preview")
    assert_accessible(page)

    page.locator("main form:has(#id_title) button[type=submit]").first.click()
    page.get_by_role("heading", name="Vannet er tilbake").wait_for()


def test_a_search_in_masked_text_is_made_from_the_queue(officer, live_server_address, page):
    page.goto(live_server_address + reverse("desk:queue") + "?text=vei&view=ALL")
    page.locator("form[action$='/search/sensitive/'] button").click()
    page.locator("#sensitive-words").wait_for()
    photograph(page, "inbox-sensitive-search")

    assert_accessible(page)
