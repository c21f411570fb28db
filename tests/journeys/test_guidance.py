"""Poster and quiz by keyboard alone, and the guidance's pages to all who read them."""

import pytest
from django.urls import reverse

from tests.desk import scene
from tests.journeys.browser import assert_accessible, assert_fits, run_axe, sign_in
from torg.core import clock

pytestmark = pytest.mark.journey

PAGES = [
    *(f"guidance:{name}" for name in ("poster", "courses", "rules", "guide", "advice", "queue", "figures")),
    *("people:absence", "people:notifications", "desk:digest"),
]


@pytest.fixture
def officer(fresh_database, live_server_address, context):
    house = scene.build(clock.now())
    sign_in(context, live_server_address, scene.login_of(house.officer))
    return house.officer


@pytest.mark.strategy("E1")
def test_the_pages_are_accessible_and_fit_a_telephone(officer, live_server_address, page):
    page.set_viewport_size({"width": 320, "height": 900})
    for name in PAGES:
        page.goto(live_server_address + reverse(name))

        assert run_axe(page) == [], name
        assert_fits(page, 320)


@pytest.mark.strategy("E1")
def test_the_poster_is_confirmed_and_a_question_answered_by_keyboard_alone(officer, live_server_address, page):
    page.goto(live_server_address + reverse("guidance:poster"))
    page.locator("form button[type=submit]").last.focus()
    page.keyboard.press("Enter")
    page.locator(f"form[action='{reverse('guidance:acknowledge')}']").wait_for(state="detached")

    page.goto(live_server_address + reverse("guidance:quiz", args=["everyone"]))
    page.locator("input[name=option]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.locator("#explained").wait_for()

    assert_accessible(page)
