"""An empty house is set up from the keyboard alone, left half-way and taken up again."""

import pytest

from tests import factories
from tests.journeys.browser import assert_accessible, photograph, sign_in
from torg.core import clock
from torg.oversight.models import DutyRule
from torg.people.models import Municipality
from torg.registry.models import Presence
from torg.site.models import SitePage

pytestmark = pytest.mark.journey
MOST_STEPS = 60


@pytest.fixture
def officer(live_server_address, context):
    login = factories.login(factories.officer(at=clock.now()))
    sign_in(context, live_server_address, login)
    return login


def focus(page, name: str) -> None:
    """Tab until the thing with this visible name, label or text has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(e => [e.innerText, e.value, ...(e.labels ? [...e.labels].map(l => l.innerText) : [])].join('|'))"
            "(document.activeElement)"
        )
        if name in told:
            return
    raise AssertionError(f"the keyboard does not reach “{name}” on {page.url}")


def fill(page, label: str, text: str) -> None:
    focus(page, label)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def enter(page, name: str) -> None:
    focus(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_set_up_by_keyboard(live_server_address, officer, page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server_address}/desk/")
    enter(page, "Fyll inn opplysningene")
    fill(page, "Navnet på kommunen", "Nordvik kommune")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/hours/")
    assert Municipality.objects.get().name == "Nordvik kommune"

    page.goto(f"{live_server_address}/desk/")
    assert "Kommunen – ferdig" in page.locator("ol").first.inner_text().replace("\n", " ")
    page.goto(f"{live_server_address}/people/hours/")
    page.locator("#ANSWERING_mon_0_from").fill("08:00")
    page.locator("#ANSWERING_mon_0_to").fill("15:00")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    photograph(page, "first-set-up")
    assert_accessible(page)
    page.set_viewport_size({"width": 1440, "height": 900})

    page.reload()
    enter(page, "Registrer")
    fill(page, "Navn, slik folk ser det", "Nordvik kommune på Facebook")
    page.keyboard.press("Enter")
    page.wait_for_url("**/presences/*-*/")
    assert Presence.objects.get().name == "Nordvik kommune på Facebook"

    page.goto(f"{live_server_address}/desk/")
    enter(page, "Ta i bruk pliktene")
    enter(page, "Ta i bruk pliktene i strategien")
    assert DutyRule.objects.exists()

    page.goto(f"{live_server_address}/desk/")
    enter(page, "Gjør dette senere")
    photograph(page, "publication")
    assert_accessible(page)
    page.reload()
    enter(page, "Publiser nettstedet")
    assert SitePage.objects.filter(path="/", withdrawn_at=None).exists()

    page.goto(f"{live_server_address}/desk/")
    assert page.locator("ol.d-steps").count() == 0
