"""Publishing in a real browser: what it looks like, and an article from idea to approval by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.journeys.browser import WIDTHS, assert_fits, photograph, run_axe, sign_in
from tests.publishing.conftest import furnish
from tests.publishing.content import body
from torg.core import clock
from torg.people.models import Municipality
from torg.publishing import commands, timing
from torg.publishing.types import Moment

pytestmark = pytest.mark.journey


@pytest.fixture
def room(fresh_database, settings, live_server_address, context):
    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    made = furnish(clock.now(), settings)
    sign_in(context, live_server_address, factories.login(made.officer))
    return made


@pytest.mark.strategy("A1", "A6", "A7")
def test_the_pages_are_accessible_and_an_article_is_made_ready_by_keyboard(room, live_server_address, page):
    for names in (["Stolthet over stedet"] * 3, ["Rekruttere"] * 3):
        commands.set_goal(names=names, wanted_percent=40, by=room.officer, at=room.at)
    commands.set_group(names=["Unge"] * 3, by=room.officer, at=room.at)
    out, refused = room.published(channels=2), room.written()
    room.write(refused, body("[Klikk her](https://a.example)"))
    wall = timing.wall_of(room.at)
    later = Moment(wall.day, wall.clock.replace(hour=23, minute=58))
    commands.plan(article_id=refused.public_id, moment=later, by=room.writer, at=room.at)
    addresses = {name: reverse(f"publishing:{name}") for name in ("plan", "calendar", "rules", "orders")}
    addresses |= {"article": reverse("publishing:article", args=[out.public_id])}
    addresses |= {"refused": reverse("publishing:article", args=[refused.public_id])}
    addresses |= {"edit": reverse("publishing:edit", args=[refused.public_id])}
    for name, address in addresses.items():
        page.goto(live_server_address + address)
        photograph(page, f"publishing-{name}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert run_axe(page) == []
            assert_fits(page, width)

    write_by_keyboard(page, live_server_address + addresses["plan"])


def write_by_keyboard(page, address):
    """From the plan to an article that is ready to go out, with Enter and letters."""
    page.goto(address)
    page.get_by_role("link", name="Ny idé").first.press("Enter")
    page.locator("#id_title").press_sequentially("Torget blir bilfritt")
    page.keyboard.press("Enter")
    page.locator("#id_lead_nb").press_sequentially("Fra mandag.")
    page.locator("#id_body_nb").press_sequentially("Du kan gå og sykle som før.")
    page.get_by_role("button", name="Lagre og se på den").press("Enter")
    expect(page.locator("h1")).to_have_text("Torget blir bilfritt")

    page.get_by_role("button", name="Gjør den klar").press("Enter")

    expect(page.locator(".t-chip", has_text="Godkjent").first).to_be_visible()
    expect(page.get_by_role("button", name="Publiser nå")).to_be_visible()
