"""The pages that every site begins with."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from torg.people.models import CalendarKind, CalendarRow, Municipality
from torg.site import rendering

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


def test_the_first_view_is_under_a_hundred_kilobytes_on_the_wire(nordvik, at):
    page = rendering.skeleton(nordvik, at=at)["/"].body
    sheets = [finders.find(name) for name in re.findall(r'href="/static/([^"]+[.]css)"', page.decode())]
    fonts = [finders.find(f"vendor/inter/inter-latin-{weight}-normal.woff2") for weight in (400, 600)]
    if not all(sheets + fonts):
        pytest.skip("the third-party files are not built")

    packed = [len(gzip.compress(Path(sheet).read_bytes())) for sheet in sheets]

    assert b"<script" not in page
    assert len(gzip.compress(page)) + sum(packed) + sum(Path(font).stat().st_size for font in fonts) < 100_000
