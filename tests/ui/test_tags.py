"""Times, deadlines, initials and symbols as people read them."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.utils import timezone, translation
from django.utils.html import strip_tags

from torg.ui.templatetags import ui

SOURCE = Path(ui.__file__).parents[2]
ICON = r'{% icon "([a-z-]+)"'


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, "just now"),
        (-20, "20 min ago"),
        (-90, "today 08:30"),
        (-60 * 24, "yesterday 10:00"),
        (60 * 24, "tomorrow 10:00"),
        (60 * 24 * 3, "Friday 10:00"),
        (60 * 24 * 30, "9. April 11:00"),
        (-60 * 24 * 400, "3. February 2025 10:00"),
    ],
)
def test_a_time_is_told_as_people_say_it(at, minutes, expected):
    assert f">{expected}<" in ui.when(at + timedelta(minutes=minutes), at=at)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-07-06T00:00:00", "2026-07-27T00:00:00", "6. July – 26. July"),
        ("2026-07-06T00:00:00", "2026-07-07T00:00:00", "6. July"),
        ("2026-12-28T00:00:00", "2027-01-04T00:00:00", "28. December – 3. January 2027"),
        ("2026-07-06T12:00:00", "2026-07-27T00:00:00", "6. July 12:00 – 27. July 00:00"),
    ],
)
def test_a_period_of_whole_days_is_told_by_its_first_and_last_day(at, first, last, expected):
    moments = [timezone.make_aware(datetime.fromisoformat(each)) for each in (first, last)]

    assert strip_tags(ui.period(*moments, at=at)) == expected


def test_a_time_carries_the_whole_of_it(at):
    told = ui.when(at, at=at)

    assert 'datetime="2026-03-10T10:00:00+01:00"' in told
    assert 'title="Tuesday 10. March 2026 10:00"' in told


@pytest.mark.parametrize(
    ("seconds", "level"),
    [(-60, "late"), (0, "soon"), (3600, "soon"), (3601, "ahead")],
    ids=["late", "now", "hour", "more"],
)
def test_a_deadline_has_the_level_of_what_is_left(at, seconds, level):
    assert ui.deadline(at + timedelta(days=1), seconds_left=seconds, at=at)["level"] == level


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0 min"), (7_800, "2 h 10 min"), (7_200, "2 h"), (60 * 60 * 72, "3 days"), (-5, "0 min")],
)
def test_a_duration_is_short(seconds, expected):
    assert ui.duration(seconds) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("Kari Berg", "KB"), ("Ola Nordmann Moen", "OM"), ("Åse", "Å"), ("", "?"), (None, "?")]
)
def test_initials_are_of_the_first_and_last_name(name, expected):
    assert ui.initials(name) == expected


def test_a_hostile_name_of_an_icon_stays_text():
    assert "<script>" not in ui.icon('"><script>')


class Wrong(forms.Form):
    email = forms.EmailField(help_text="Where we reach you.")


def test_a_fields_help_and_error_belong_to_it():
    widget = ui.input_of(Wrong({"email": "no"})["email"])

    assert 'aria-describedby="id_email_help id_email_error"' in widget
    assert 'aria-invalid="true"' in widget


def test_every_symbol_that_a_template_asks_for_is_in_the_sprite():
    there = set(re.findall(r'id="([a-z-]+)"', (SOURCE / "ui/static/ui/icons.svg").read_text()))
    asked = {name for page in SOURCE.rglob("templates/**/*.html") for name in re.findall(ICON, page.read_text())}

    assert asked and asked <= there
