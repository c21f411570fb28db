"""The stored pages follow what they show, without anybody publishing anew."""

import pytest

from tests import factories
from torg.core.actors import Operator
from torg.people.models import CalendarKind, CalendarRow, Municipality
from torg.registry.models import PresenceKind
from torg.site import commands, publication, rendering
from torg.site.models import SitePage
from torg.site.tasks import KEEPER

pytestmark = pytest.mark.django_db
BY = Operator("drift")
WEEK = {"mon": [["08:00", "15:30"]]}


@pytest.fixture
def municipality(at):
    made = Municipality.objects.create(id=1, name="Nordvik kommune", colour="#1a5b4f")
    publication.publish_skeleton(by=BY, at=at)
    return made


def shown(path: str) -> str:
    return bytes(SitePage.objects.get(path=path, withdrawn_at=None).body).decode()


def keep_current(at):
    return publication.keep_current(by=KEEPER, at=at)


def test_before_the_first_publication_nothing_is_published_by_itself(at):
    Municipality.objects.create(id=1, name="Nordvik kommune")

    assert keep_current(at) == []
    assert not SitePage.objects.exists()


def test_what_has_changed_reaches_the_pages_and_nothing_else_is_touched(municipality, at):
    assert keep_current(at) == []
    commands.publish_page(path="/avstemning/", part=rendering.Part(b"<h1>Ja</h1>"), by=BY, at=at)
    assert keep_current(at) == []

    definition = {"time_zone": "Europe/Oslo", "week": WEEK, "dates": {}}
    CalendarRow.objects.create(kind=CalendarKind.OPENING, from_at=at, definition=definition)
    assert "/kontakt/" in keep_current(at)
    assert "08:00–15:30" in shown("/kontakt/")
    municipality.colour = "#aa2211"
    municipality.save()
    assert "/theme.css" in keep_current(at)


def test_what_a_person_has_withdrawn_stays_away(municipality, at):
    commands.withdraw_page(path="/regler/", by=BY, at=at)
    Municipality.objects.update(name="Sørvik kommune")

    assert "/regler/" not in keep_current(at)
    assert not SitePage.objects.filter(path="/regler/", withdrawn_at=None).exists()


def test_pages_move_with_the_municipalitys_own_language(municipality, at):
    Municipality.objects.update(language="nn")

    changed = keep_current(at)

    assert {"/reglar/", "/regler/"} <= set(changed)
    assert not SitePage.objects.filter(path="/regler/", withdrawn_at=None).exists()


def test_our_pages_lists_what_runs_and_is_not_secret(municipality, at):
    for name, kind in (("Kinoen", PresenceKind.LOCAL_PAGE), ("Varslere", PresenceKind.SECRET_GROUP)):
        made = factories.presence(name, at=at)
        made.kind, made.address = kind, f"https://sosialt.example/{name}"
        made.save()
    closed = factories.presence("Gammel side", at=at)
    closed.closed_at = at
    closed.save()

    assert "/sider/" in keep_current(at)

    page = shown("/sider/")
    assert "https://sosialt.example/Kinoen" in page
    assert "Varslere" not in page and "Gammel side" not in page
