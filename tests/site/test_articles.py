"""Articles on the site: their pages, lists, feeds and files; corrected, withdrawn, in many languages."""

import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from tests import factories
from tests.site.articles import article, correct, stand, withdraw
from torg.core.actors import Operator
from torg.core.errors import Invalid, NotAllowed
from torg.outbox.models import OutboxAct
from torg.people.models import Municipality
from torg.publishing import checking
from torg.publishing.models import Article
from torg.site import addresses, articles, commands, news_pages, publication, websub
from torg.site.models import Comments, Listing, SitePage
from torg.site.types import Part

pytestmark = pytest.mark.django_db
BY = Operator("drift")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(at) -> None:
    Municipality.objects.create(id=1, name="Nordvik kommune", contact_phone="76 00 00 00", is_set_up=True)
    stand(at=at)


def page(path: str) -> str:
    return bytes(SitePage.objects.get(path=path, withdrawn_at=None).body).decode()


def show(title: str = "Hallen åpner", *, at, **more) -> tuple:
    made = article(title, at=at, **more)
    told = articles.show(article_id=made, by=BY, at=at)
    return made, {code: address.removeprefix(addresses.whole("")) for code, address in told.items()}


@pytest.mark.strategy("A1")
def test_an_article_stands_in_each_language_on_front_and_in_feeds_at_once(site, at):
    made, places = show(at=at, languages=("nb", "nn", "en"), topic="kultur")

    nb = page(places["nb"])
    assert places["en"].startswith("/en/news/") and set(places) == {"nb", "nn", "en"}
    assert f'hreflang="nn" href="{addresses.whole(places["nn"])}"' in nb and 'property="og:title"' in nb
    assert "<h2>Når</h2>" in nb and "<script" not in nb and "Hallen åpner" in page("/")
    assert "Hallen åpner (en)" in page("/en/") and "Hallen åpner (en)" not in page("/")
    assert len(ET.fromstring(page("/aktuelt/atom.xml")).findall(f"{ATOM}entry")) == 1
    assert len(json.loads(page(f"/data/articles/{made}.json"))["versions"]) == 3
    assert json.loads(page(f"/oembed{places['nb']}"))["type"] == "rich"
    assert "application/json+oembed" in nb and "text/xml+oembed" in nb


def test_topics_years_boxes_and_the_map_follow_and_an_empty_shelf_goes_and_comes_back(site, at):
    made, places = show(at=at, topic="kultur")
    shelf = "/aktuelt/tema/kultur/"

    news_pages.keep_current(by=BY, at=at)
    assert "Hallen åpner" in page(shelf) and "Hallen åpner" in page("/aktuelt/2026/")
    assert "Hallen åpner" in page("/boks/") and addresses.whole(places["nb"]) in page("/data/articles/nb.html")
    assert places["nb"] in page("/sitemap.xml") and "Hallen åpner" in page(f"{shelf}rss.xml")
    assert news_pages.keep_current(by=BY, at=at) == []

    withdraw(made, at=at)
    articles.hide(article_id=made, by=BY, at=at)
    news_pages.keep_current(by=BY, at=at)
    assert not SitePage.objects.filter(path=shelf, withdrawn_at=None).exists()
    show("Kino i kveld", at=at, topic="kultur")
    news_pages.keep_current(by=BY, at=at)
    assert "Kino i kveld" in page(shelf)


def test_a_withdrawn_article_says_so_at_its_address_and_is_nowhere_else(site, at):
    made, places = show(at=at)
    withdraw(made, at=at)

    articles.hide(article_id=made, by=BY, at=at)

    told = page(places["nb"])
    assert "Hallen åpner" not in told and 'content="noindex"' in told
    assert "Hallen åpner" not in page("/") + page("/aktuelt/rss.xml") + page("/data/articles/nb.json")
    assert not SitePage.objects.filter(path=f"/data/articles/{made}.json", withdrawn_at=None).exists()
    assert not Listing.objects.filter(article_id=made).exists()


def test_a_correction_is_marked_with_its_time(site, at):
    made, places = show(at=at)
    correct(made, "Klokkeslettet var feil.", at=at + timedelta(hours=2))

    articles.show(article_id=made, by=BY, at=at + timedelta(hours=2))

    assert "Klokkeslettet var feil." in page(places["nb"]) and 'id="corrections"' in page(places["nb"])
    assert "12:00" in page("/aktuelt/")


@pytest.mark.strategy("A1")
def test_a_language_that_the_site_does_not_speak_has_its_own_words_list_and_feeds_in_our_frame(site, at):
    made, places = show(at=at, languages=("nb", "ar", "se"))
    news_pages.keep_current(by=BY, at=at)

    told, feed = page(places["ar"]), ET.fromstring(page("/se/news/atom.xml"))
    assert places["ar"].startswith("/ar/news/") and '<html lang="nb"' in told
    assert 'lang="ar" dir="auto"' in told and "العربية" in page(places["nb"])
    assert 'href="/se/news/" lang="se"' in page("/aktuelt/") and "Hallen åpner (se)" in page("/se/news/")
    assert len(feed.findall(f"{ATOM}entry")) == 1 and places["se"] in page("/sitemap.xml")
    assert checking.link_to(Article.objects.get()).endswith(f"-{addresses.key(made)}/")

    withdraw(made, at=at)
    articles.hide(article_id=made, by=BY, at=at)
    news_pages.keep_current(by=BY, at=at)
    assert not SitePage.objects.filter(path="/se/news/", withdrawn_at=None).exists()


def test_an_article_from_before_the_site_stood_comes_with_it(at):
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    made, _ = show(at=at)
    assert not SitePage.objects.exists()

    publication.publish_skeleton(by=BY, at=at)
    assert articles.bring(made, at=at)


def test_where_the_main_language_changes_former_addresses_lead_on(site, at):
    made, places = show(at=at)
    Municipality.objects.update(language="nn")

    articles.bring(made, at=at)

    assert f'url={places["nb"].replace("/aktuelt", "/nb/aktuelt")}"' in page(places["nb"])


def test_a_hub_is_told_of_feeds_that_changed_and_of_nothing_else(site, at):
    commands.change_choices(wanted=commands.Wanted(Comments.CLOSED, hub="https://hub.example/"), by=BY, at=at)
    OutboxAct.objects.all().delete()

    show(at=at)
    articles.show(article_id=article("Kino", at=at), by=BY, at=at)

    acts = list(OutboxAct.objects.filter(handler=websub.HANDLER).order_by("pk"))
    assert len(acts) == 2 and acts[0].payload["hub"] == "https://hub.example/"
    assert addresses.whole("/aktuelt/rss.xml") in acts[0].payload["feeds"]
    assert 'rel="hub"' in page("/aktuelt/rss.xml")


def test_only_named_sites_may_show_the_box(site, at):
    wanted = commands.Wanted(Comments.CLOSED, embedding_sites=("https://www.nordvik.example",))
    commands.change_choices(wanted=wanted, by=BY, at=at)

    news_pages.keep_current(by=BY, at=at)

    assert SitePage.objects.get(path="/boks/").frame_ancestors == "'self' https://www.nordvik.example"
    assert Part(b"a").etag != Part(b"a", frame_ancestors="'self'").etag


@pytest.mark.parametrize(
    "wanted",
    [
        commands.Wanted(Comments.CLOSED, hub="http://hub.example/"),
        commands.Wanted(Comments.CLOSED, embedding_sites=("https://a.example; script-src *",)),
        commands.Wanted(Comments.CLOSED, statement="https://a.example/"),
        commands.Wanted(Comments.HELD),
    ],
)
def test_what_would_open_a_hole_is_no_choice(at, wanted):
    with pytest.raises(Invalid):
        commands.change_choices(wanted=wanted, by=BY, at=at)


def test_whoever_publishes_on_one_page_does_not_decide_about_the_site(at):
    by = factories.administrator(factories.presence(at=at), at=at)

    with pytest.raises(NotAllowed):
        commands.change_choices(wanted=commands.Wanted(Comments.CLOSED), by=by, at=at)
