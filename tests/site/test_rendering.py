"""The pages that every site begins with."""

import gzip
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.contrib.staticfiles import finders

from torg.people.models import CalendarKind, CalendarRow, Municipality
from torg.site import identity, news, rendering
from torg.site.models import Listing

WEEK = {day: [["08:00", "15:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOURS = {
    "time_zone": "Europe/Oslo",
    "week": WEEK,
    "dates": {"2026-12-24": [], "2020-01-01": []},
    "ranges": [{"from": "2026-05-15", "to": "2026-09-14", "week": {"mon": [["08:00", "15:00"]]}}],
}


@pytest.fixture
def nordvik(db, at) -> Municipality:
    CalendarRow.objects.create(kind=CalendarKind.OPENING, from_at=at, definition=HOURS)
    return Municipality.objects.create(id=1, name="Nordvik kommune", contact_phone="76 00 00 00", is_set_up=True)


def test_every_page_stands_in_three_languages(nordvik, at):
    pages = rendering.skeleton(nordvik, at=at)

    assert {"/", "/nn/", "/en/", "/regler/", "/nn/reglar/", "/en/rules/"} <= pages.keys()


@pytest.mark.parametrize(("path", "language"), [("/", "nb"), ("/nn/", "nn"), ("/en/", "en")])
def test_a_page_says_its_language(nordvik, at, path, language):
    page = rendering.skeleton(nordvik, at=at)[path].body.decode()

    assert f'<html lang="{language}"' in page


def test_the_municipalitys_own_language_stands_at_the_top(nordvik, at):
    nordvik.language = "nn"

    pages = rendering.skeleton(nordvik, at=at)

    assert 'lang="nn"' in pages["/"].body.decode()
    assert "/nb/regler/" in pages


def test_contact_tells_the_hours_and_only_the_days_to_come(nordvik, at):
    page = rendering.skeleton(nordvik, at=at)["/en/contact/"].body.decode()

    assert "08:00–15:30" in page
    assert "2026" in page
    assert "2020" not in page


def test_the_first_view_is_under_a_hundred_kilobytes_on_the_wire_and_asks_nobody_else(nordvik, at):
    for number in range(news.ON_FRONT):
        Listing.objects.create(
            path=f"/aktuelt/{number}/",
            language="nb",
            title=f"Nyhet nummer {number} fra kommunen",
            lead="Hva som skjer, hvor og når, og hva det betyr for deg. " * 4,
            article_id=UUID(int=number),
            published_at=at,
        )
    page = rendering.skeleton(nordvik, at=at)["/"].body
    sheets = [finders.find(name) for name in re.findall(r'href="/static/([^"]+[.]css)"', page.decode())]
    fonts = [finders.find(f"vendor/inter/inter-latin-{weight}-normal.woff2") for weight in (400, 600)]
    if not all(sheets + fonts):
        pytest.skip("the third-party files are not built")

    packed = [len(gzip.compress(Path(sheet).read_bytes())) for sheet in sheets]
    drawn = [len(gzip.compress(part.body)) for part in (identity.theme(nordvik), identity.arms(nordvik))]

    assert len(sheets) == 4 and page.count(b"t-entry__lead") == news.ON_FRONT and b"<script" not in page
    assert len(gzip.compress(page)) + sum(packed + drawn) + sum(Path(font).stat().st_size for font in fonts) < 100_000
    fetched = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|img|iframe)[^>]*(?:href|src)="([^"]+)"', page.decode())
    assert fetched and all(address.startswith("/") for address in fetched)
