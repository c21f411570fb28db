"""The media library in a real browser: what it looks like, and the main task by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.journeys.browser import WIDTHS, assert_fits, photograph, run_axe, sign_in
from tests.media.conftest import Library
from torg.config.demo import pictures
from torg.core import clock
from torg.media import commands
from torg.media.models import Medium
from torg.media.types import People
from torg.people.models import Municipality

pytestmark = pytest.mark.journey


@pytest.fixture
def library(fresh_database, live_server_address, context):
    at = clock.now()
    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    page = factories.presence(at=at)
    made = Library(page, factories.officer(at=at), at)
    sign_in(context, live_server_address, factories.login(made.by))
    return made


@pytest.mark.strategy("A1")
def test_the_pages_are_accessible_and_a_picture_is_added_by_keyboard(library, live_server_address, page, tmp_path):
    school = library.added(pictures.school(), title="Første skoledag", people=People.CONSENT)
    library.added(pictures.poster(is_pale=True), title="Plakat", is_graphic=True, holds_text=True)
    consents = [library.consent(is_child=True, guardian="Mor", child_was_heard=True) for _each in range(2)]
    for consent in consents:
        on = {"medium_id": school.public_id, "consent_id": consent.public_id}
        commands.note_depiction(**on, by=library.by, at=library.at)
    commands.withdraw_consent(consent_id=consents[0].public_id, by=library.by, at=library.at)
    addresses = {name: reverse(f"media:{name}") for name in ("index", "new", "consents", "take-downs", "routine")}
    addresses |= {"medium": reverse("media:medium", args=[school.public_id])}
    addresses |= {"consent": reverse("media:consent", args=[consents[1].public_id])}
    for name, address in addresses.items():
        page.goto(live_server_address + address)
        photograph(page, f"media-{name}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert run_axe(page) == []
            assert_fits(page, width)

    page.goto(live_server_address + addresses["take-downs"])
    for _task in range(page.get_by_role("button", name="Den er nede").count()):
        page.get_by_role("button", name="Den er nede").first.press("Enter")
        page.wait_for_load_state()
    expect(page.get_by_text("Ingenting skal ned.")).to_be_visible()

    add_by_keyboard(page, live_server_address + addresses["new"], tmp_path)


def add_by_keyboard(page, address, folder):
    """From the empty form to a point that every crop keeps, with Tab, letters, Space and Enter."""
    (folder / "torget.jpg").write_bytes(pictures.market())
    page.goto(address)
    # What the keyboard opens is the system's own window, which no test sees.
    page.locator("#id_file").set_input_files(folder / "torget.jpg")
    page.locator("#id_title").focus()
    page.keyboard.type("Torget i sol")
    for key in ("Tab", "Tab", "Space", "Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Kari Prøve")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Torget i sol")

    page.locator("#id_x").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page.locator(".t-toasts")).to_contain_text("Utsnittene")

    assert Medium.objects.get(title="Torget i sol").focus_x == 100
