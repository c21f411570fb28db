"""Poster and quiz by keyboard alone, and the guidance's pages to all who read them."""

import pytest
from django.urls import reverse

from tests import factories
from tests.desk import scene
from tests.journeys.browser import assert_accessible, assert_fits, run_axe, sign_in
from tests.journeys.test_registry import fill, form_to
from torg.core import clock
from torg.guidance import commands
from torg.guidance.models import GuideEntry
from torg.guidance.types import Topic
from torg.people.models import StandIn

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


@pytest.mark.strategy("E1")
def test_advice_becomes_a_guide_and_an_absence_gets_its_stand_in_by_keyboard_alone(officer, live_server_address, page):
    colleague = factories.person("Kine Kino")
    picture = "Kan jeg dele et bilde fra lokalavisen?"
    asked = [commands.ask_advice(topic=Topic.PRIVATE, text=picture, by=colleague, at=clock.now()).public_id]
    page.goto(live_server_address + reverse("guidance:question", args=asked))
    fill(page, form_to("guidance:answer", *asked), text="Bare med samtykke fra fotografen. Del heller lenken.")
    page.goto(live_server_address + reverse("guidance:entry-from", args=asked))
    fill(page, "main form.t-form", title="Bilder fra avisen", body="Del lenken, ikke bildet.")
    assert GuideEntry.objects.get().title == "Bilder fra avisen"

    page.goto(live_server_address + reverse("people:absence"))
    fill(page, "main form.t-form", stand_in=1, first_week=1)

    assert StandIn.objects.get().absent == officer
