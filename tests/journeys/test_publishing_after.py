"""What comes after publishing, by keyboard alone: corrections, withdrawal, the plan by month, weekly posts, wishes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.journeys.browser import assert_fits, run_axe, sign_in
from tests.publishing.conftest import furnish, local_page, sent
from torg.core import clock
from torg.people.models import Municipality, Unit
from torg.publishing import commands, timing
from torg.publishing.models import Article, ArticleState, Series
from torg.publishing.types import Moment

pytestmark = pytest.mark.journey


@pytest.fixture
def room(fresh_database, settings, live_server_address, context):
    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    made = furnish(clock.now(), settings)
    sign_in(context, live_server_address, factories.login(made.officer))
    return made


def is_fine(page):
    """Accessible wide in light and narrow in dark."""
    for width, scheme in ((1440, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert run_axe(page) == []
        assert_fits(page, width)
    page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.strategy("A1")
def test_an_article_is_corrected_and_withdrawn_by_keyboard(room, live_server_address, page):
    article = room.published(channels=1)
    sent(room.at)
    room.rewritten(article, "Svømmehallen åpner på tirsdag")
    room.approve(article)
    page.goto(live_server_address + reverse("publishing:article", args=[article.public_id]))
    is_fine(page)

    page.locator("[name^=told]").first.press_sequentially("Dagen var feil.")
    page.get_by_role("button", name="Publiser rettelsen").press("Enter")
    expect(page.get_by_text("Rettelsen er publisert.")).to_be_visible()
    page.locator("summary", has_text="Trekk artikkelen tilbake").press("Enter")
    page.locator("form[action$='withdrawal/'] textarea").press_sequentially("Hallen åpner ikke.")
    page.get_by_label("Slett også innleggene").press("Space")
    page.get_by_role("button", name="Trekk artikkelen tilbake").press("Enter")

    expect(page.get_by_text("Den er tatt av nettsiden vår.")).to_be_visible()
    is_fine(page)
    assert room.now(article).state == ArticleState.WITHDRAWN


@pytest.mark.strategy("A6", "A7")
def test_the_month_the_weekly_post_orders_and_tips_are_handled_by_keyboard(room, live_server_address, page):
    article, wall = room.approved(), timing.wall_of(room.at)
    commands.plan(
        article_id=article.public_id,
        moment=Moment(wall.day, wall.clock.replace(hour=23, minute=58)),
        by=room.writer,
        at=room.at,
    )
    wishes(room)
    page.goto(live_server_address + reverse("publishing:calendar") + "?view=month")
    is_fine(page)
    page.locator("summary", has_text="Flytt").press("Enter")
    later = wall.day + timedelta(days=1)
    page.locator("input[name=day]").fill(later.isoformat())
    page.get_by_role("button", name="Flytt", exact=True).press("Enter")
    page.wait_for_load_state()
    assert Article.objects.get(pk=article.pk).planned_on == later

    for name in ("tips", "orders"):
        page.goto(live_server_address + reverse(f"publishing:{name}"))
        is_fine(page)
        page.get_by_role("button", name="Ta inn").first.press("Enter")
        expect(page.locator("#id_title_nb")).to_have_value("Fullt hus" if name == "tips" else "Vi søker lærere")

    page.goto(live_server_address + reverse("publishing:series"))
    page.locator("summary", has_text="Begynn").press("Enter")
    is_fine(page)
    page.locator("#id_title").press_sequentially("Ukas bok")
    page.locator("#id_clock").fill("10:00")
    page.get_by_role("button", name="Begynn", exact=True).press("Enter")
    expect(page.get_by_text("Ukas bok").first).to_be_visible()
    assert Series.objects.count() == 1


def wishes(room):
    """A tip from a local page, and an order from a unit without one."""
    cinema = local_page(room.at)
    keeper = factories.administrator(cinema, at=room.at, name="Kine Kino")
    told = commands.add_idea(scope_id=cinema.scope_id, title="Fullt hus", by=keeper, at=room.at)
    commands.give_tip(source_kind="publishing.article", source_id=told.public_id, by=keeper, at=room.at)
    unit = Unit.objects.create(name="Skolen")
    wish = commands.Wish(unit_id=unit.public_id, title="Vi søker lærere", wish="Til høsten.")
    commands.order(wish=wish, by=keeper, at=room.at)
