"""The public site in a real browser, answered from stored pages."""

import pytest

from tests import factories
from tests.journeys.browser import assert_accessible, photograph
from tests.site.articles import article, correct
from torg.channels import processing
from torg.core import clock
from torg.core.actors import Operator
from torg.people.models import CalendarKind, CalendarRow, Municipality
from torg.site import articles, commands, news_pages, publication
from torg.site.commenting import Written
from torg.site.freshness import Freshness
from torg.site.models import Comment, Comments
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
    publish_news(at=at)
    pages = StoredPages(tmp_path / "site")
    Freshness(pages).refresh(at=at)
    return pages


def publish_news(*, at) -> None:
    """An article in two languages, corrected and commented on."""
    where = factories.presence(at=at)
    wanted = commands.Wanted(Comments.SHOWN, presence_id=where.public_id)
    commands.change_choices(wanted=wanted, by=Operator("drift"), at=at)
    made = article("Svømmehallen åpner igjen", at=at, languages=("nb", "nn"), topic="kultur")
    articles.show(article_id=made, by=Operator("drift"), at=at)
    commands.receive_comment(written=Written(made, "Blir det gratis for barn?", "Kari Prøve"), at=at)
    processing.process_pending(at=at)
    commands.take_in_comments(limit=10, at=at)
    other = article("Kino i kveld", at=at)
    correct(other, "Klokkeslettet var feil.", at=at)
    articles.show(article_id=other, by=Operator("drift"), at=at)
    news_pages.keep_current(by=Operator("drift"), at=at)


@pytest.fixture
def application(application, site):
    return StoredPages(site.copies.folder, then=application)


def test_the_public_pages_are_accessible_in_both_widths_and_both_schemes(live_server_address, page):
    for path in ("/", "/regler/", "/sider/", "/kontakt/", "/tilgjengelighet/", "/personvern/", "/nn/", "/en/"):
        page.goto(live_server_address + path)
        photograph(page, f"site{path.replace('/', '-').rstrip('-')}")
        assert_accessible(page)


@pytest.mark.strategy("B5")
def test_a_reader_finds_the_rules_from_the_front_page_without_scripts(live_server_address, browser):
    profile = browser.new_context(java_script_enabled=False)
    tab = profile.new_page()
    tab.goto(live_server_address)

    tab.get_by_role("navigation").first.get_by_role("link", name="Regler").click()

    assert tab.url.endswith("/regler/")
    profile.close()


@pytest.mark.strategy("A1")
def test_a_reader_finds_an_article_and_comments_on_it_with_the_keyboard_alone(live_server_address, browser):
    profile = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    tab = profile.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(live_server_address)
    tab.get_by_role("link", name="Svømmehallen åpner igjen").focus()
    tab.keyboard.press("Enter")
    tab.get_by_label("Kommentaren din").fill("Hva koster det for voksne?")
    tab.keyboard.press("Tab")
    tab.keyboard.type("Ola Prøve")
    tab.get_by_role("button", name="Se gjennom den").press("Enter")
    tab.wait_for_timeout(2100)
    tab.get_by_role("button", name="Send kommentaren").press("Enter")

    assert tab.get_by_role("heading", level=1).inner_text() == "Det du skrev"
    tab.locator("summary", has_text="Endre kommentaren").press("Enter")
    tab.get_by_label("Teksten din").first.fill("Hva koster det for alle?")
    tab.get_by_role("button", name="Lagre endringen").press("Enter")
    assert Comment.objects.get(name="Ola Prøve").text == "Hva koster det for alle?"
    tab.locator("summary", has_text="Trekk kommentaren tilbake").press("Enter")
    tab.get_by_role("button", name="Ja, ta den bort").press("Enter")
    assert Comment.objects.get(text="", is_own=False).state == "TAKEN_BACK" and profile.cookies() == []
    assert {url.split("/")[2] for url in asked if "://" in url} == {live_server_address.split("/")[2]}
    profile.close()


def test_news_search_and_what_is_drawn_on_the_way_are_accessible(live_server_address, page):
    places = {}
    for name, path in {
        "news": "/aktuelt/",
        "topic": "/aktuelt/tema/kultur/",
        "box": "/boks/",
        "search": "/sok/?q=kino",
    }.items():
        page.goto(live_server_address + path)
        photograph(page, f"site-{name}")
        assert_accessible(page)
        places[name] = page.url
    for title in ("Svømmehallen åpner igjen", "Kino i kveld"):
        page.goto(places["news"])
        page.get_by_role("link", name=title).click()
        photograph(page, f"site-article-{title.split()[0]}")
        assert_accessible(page)
    page.get_by_label("Kommentaren din").fill("Fødselsnummeret mitt er 01010012356.")
    page.get_by_role("button", name="Se gjennom den").click()
    photograph(page, "site-comment")
    assert_accessible(page)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
