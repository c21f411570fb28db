"""The public site in a real browser, answered from stored pages."""

import pytest

from tests.journeys.browser import assert_accessible, photograph
from torg.core import clock
from torg.core.actors import Operator
from torg.people.models import CalendarKind, CalendarRow, Municipality
from torg.site import publication
from torg.site.freshness import Freshness
from torg.site.pages import StoredPages

pytestmark = pytest.mark.journey
WEEK = {day: [["08:00", "15:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def site(fresh_database, tmp_path) -> StoredPages:
    at = clock.now()
    CalendarRow.objects.create(
        kind=CalendarKind.OPENING, from_at=at, definition={"time_zone": "Europe/Oslo", "week": WEEK, "dates": {}}
    )
    Municipality.objects.create(
        id=1,
        name="Nordvik kommune",
        colour="#1a5b4f",
        is_fictional=True,
        is_set_up=True,
        contact_phone="76 00 00 00",
        contact_email="post@nordvik.example",
        contact_address="Storgata 1, 9999 Nordvik",
        organisation_number="000000000",
    )
    publication.publish_skeleton(by=Operator("drift"), at=at)
    pages = StoredPages(tmp_path / "site")
    Freshness(pages).refresh(at=at)
    return pages


@pytest.fixture
def application(application, site):
    return StoredPages(site.copies.folder, then=application)


@pytest.mark.parametrize(
    "path", ["/", "/regler/", "/sider/", "/kontakt/", "/tilgjengelighet/", "/personvern/", "/nn/", "/en/"]
)
def test_a_public_page_is_accessible_in_both_widths_and_both_schemes(live_server_address, page, path):
    page.goto(live_server_address + path)
    photograph(page, f"site{path.replace('/', '-').rstrip('-')}")

    assert_accessible(page)


@pytest.mark.strategy("B5")
def test_a_reader_finds_the_rules_from_the_front_page_without_scripts(live_server_address, browser):
    profile = browser.new_context(java_script_enabled=False)
    tab = profile.new_page()
    tab.goto(live_server_address)

    tab.get_by_role("navigation").first.get_by_role("link").nth(1).click()

    assert tab.url.endswith("/regler/")
    profile.close()
