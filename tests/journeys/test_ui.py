"""The shared parts in a real browser."""

import pytest

from tests.journeys.browser import assert_accessible, photograph, sign_in
from torg.people.models import Login, Municipality, Person

pytestmark = pytest.mark.journey
NEWS_ARRIVES = """
id => document.getElementById("live").dispatchEvent(new CustomEvent("htmx:sse:before:message", {
    bubbles: true, cancelable: true, detail: {message: {event: "enquiry", data: JSON.stringify({id})}}
}))
"""


@pytest.fixture
def kari(fresh_database) -> Login:
    Municipality.objects.create(id=1, name="Nordvik kommune", colour="#7a1f2b", is_fictional=True, is_set_up=True)
    person = Person.objects.create(name="Kari Berg", email="kari@nordvik.example")
    return Login.objects.create_user("kari@nordvik.example", "a long enough secret", person=person)


def test_every_component_is_accessible_in_both_widths_and_both_schemes(live_server_address, context, page, kari):
    sign_in(context, live_server_address, kari)

    page.goto(f"{live_server_address}/ui/components/")
    photograph(page, "components")

    assert_accessible(page)


def test_the_pages_around_signing_in_are_accessible(live_server_address, context, page, kari):
    own = ("/account/2fa/", "/account/sessions/")
    for path in ("/account/login/", "/account/password/reset/", "/no/such/page/", *own):
        if path in own:
            sign_in(context, live_server_address, kari)
        page.goto(live_server_address + path)
        photograph(page, path.strip("/").replace("/", "-"))
        assert_accessible(page)


def test_a_person_signs_in_with_a_password(live_server_address, page, kari):
    page.goto(f"{live_server_address}/account/login/?next=/ui/components/")

    page.locator("#id_login").fill("kari@nordvik.example")
    page.locator("#id_password").fill("a long enough secret")
    page.locator("main form button[type=submit]").first.click()

    assert page.url.endswith("/ui/components/")


def test_the_question_mark_shows_the_keys(live_server_address, context, page, kari):
    sign_in(context, live_server_address, kari)
    page.goto(f"{live_server_address}/ui/components/")

    page.locator("main").press("?")

    assert page.locator("#key-sheet").is_visible()


def test_dark_is_chosen_at_once_and_remembered(live_server_address, context, page, kari):
    sign_in(context, live_server_address, kari)
    page.goto(f"{live_server_address}/ui/components/")
    page.locator("[popovertarget=person-menu]").click()

    with page.expect_response("**/ui/appearance/"):
        page.locator("button[name=scheme][value=dark]").click()
    page.reload()

    assert page.locator("html").get_attribute("data-color-scheme") == "dark"


def test_news_is_counted_at_the_top_and_moves_nothing(live_server_address, context, page, kari):
    sign_in(context, live_server_address, kari)
    page.goto(f"{live_server_address}/ui/components/")
    page.locator("main").evaluate(
        "e => Object.assign(e.dataset, {news: 'enquiry', newsOne: '1 ny', newsMany: '%s nye'})"
    )
    before = page.locator("h1").bounding_box()

    for number in range(3):
        page.evaluate(NEWS_ARRIVES, str(number))

    assert page.locator("#news").inner_text() == "3 nye"
    assert page.locator("h1").bounding_box() == before
