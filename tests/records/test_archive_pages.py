"""An archivist connects the archive and mends what it did not accept; others see nothing of it."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from tests import factories
from tests.records import archive_core
from tests.records.archive_core import complete, planned
from torg.core import ids
from torg.outbox import sending
from torg.people.types import Role
from torg.records import archive_words, commands
from torg.records.models import ArchiveCore, Delivery

TYPED = {
    "name": "Arkivet",
    "way": "NOARK",
    "address": "https://arkiv.example/api/",
    "username": "torg",
    "password": "k9-xyzzy-42",
}
SOURCES = Path(archive_words.__file__).parents[1] / "connectors" / "archives"


def client_of(person) -> Client:
    client = Client()
    client.force_login(factories.login(person), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk(archive) -> Client:
    return client_of(archive.archivist)


@pytest.fixture
def refused(archive, settings) -> Delivery:
    fake = archive_core.begin(settings)
    commands.connect_archive(wanted=archive_core.WANTED, secrets=archive_core.KEYS, by=archive.archivist, at=archive.at)
    fake.refuses = "Klassen <b>finnes</b> ikke"
    complete(archive.journaled()[0], archive)
    (row,) = planned(archive)
    sending.send_due(at=archive.at)
    fake.refuses = ""
    return row


def test_connecting_shows_the_archive_and_never_the_keys(desk, settings):
    archive_core.begin(settings)

    desk.post("/records/archive/", TYPED)
    page = desk.get("/records/archive/").content.decode()

    assert "Arkivet" in page
    assert "k9-xyzzy-42" not in page


@pytest.mark.parametrize(
    "typed", [{**TYPED, "password": ""}, {**TYPED, "way": "SEALED"}, {**TYPED, "way": "?"}, {}], ids=range(4)
)
def test_what_a_way_needs_must_be_typed(desk, settings, typed):
    archive_core.begin(settings)

    assert desk.post("/records/archive/", typed).status_code == 422
    assert not ArchiveCore.objects.exists()


def test_keys_that_are_none_are_refused_with_a_sentence(desk):
    account = "00000000-0000-4000-8000-000000000001"
    typed = {**TYPED, "way": "SEALED", "sender_account": account, "receiver_account": account}
    typed |= dict.fromkeys(("private_key", "certificate", "receiver_certificate"), "ikke en nøkkel")

    assert desk.post("/records/archive/", typed).status_code == 422


def test_what_was_refused_is_read_in_the_archives_words_and_sent_again(desk, refused):
    page = desk.get("/records/deliveries/").content.decode()
    assert "Klassen &lt;b&gt;finnes&lt;/b&gt; ikke" in page

    desk.post(f"/records/deliveries/{refused.public_id}/again/")

    refused.refresh_from_db()
    assert refused.state == "WAITING"


def test_giving_up_keeps_the_reason(desk, refused):
    desk.post(f"/records/deliveries/{refused.public_id}/given-up/", {"because": "Dobbelt"})

    refused.refresh_from_db()
    assert (refused.state, refused.archive_reason) == ("GIVEN_UP", "Dobbelt")


def test_trying_comparing_and_disconnecting_from_the_page(desk, refused):
    desk.post(f"/records/deliveries/{refused.public_id}/given-up/", {"because": "Dobbelt"})

    answers = [desk.post(f"/records/archive/{what}/").status_code for what in ("check", "comparison", "closure")]

    assert answers == [303, 303, 303]
    assert ArchiveCore.objects.get().state == "CLOSED"


def test_a_closed_period_stands_on_the_page(desk, refused):
    desk.post(f"/records/deliveries/{refused.public_id}/given-up/", {"because": "Dobbelt"})

    assert desk.post("/records/archive/period/", {"until": "2026-03-09"}).status_code == 303
    assert "2026" in desk.get("/records/archive/").content.decode()
    assert desk.post("/records/archive/period/", {"until": "i går"}).status_code == 422


def test_others_neither_see_nor_act(archive, refused):
    stranger, leader = factories.person("Fremmed Person"), factories.person("Leif Leder")
    factories.role(leader, Role.LEADER, at=archive.at)
    factories.role(stranger, Role.ARCHIVIST, at=archive.at, scope=factories.presence("Annen", at=archive.at).scope)

    elsewhere = client_of(stranger)
    assert client_of(leader).get("/records/deliveries/").status_code in (403, 404)
    assert elsewhere.get("/records/archive/").status_code in (403, 404)
    hidden = [elsewhere.post(f"/records/deliveries/{one}/again/").status_code for one in (refused.public_id, ids.new())]
    assert hidden == [404, 404]


def test_every_sentence_of_the_connectors_can_be_translated():
    said = set()
    for source in SOURCES.rglob("*.py"):
        if source.name != "testing.py":
            raised = r"(?:Temporary|Refused|Ambiguous|Gone|CredentialsDead|RateLimited)\)?\(\s*\"([A-Z][^\"]+)\""
            said |= set(re.findall(raised, source.read_text()))

    asked = "Fiks Arkiv answers no questions"
    assert {one for one in said if not one.startswith(asked)} <= archive_words._OURS
    with translation.override("en"):
        assert archive_words.shown("Arkivets egne ord") == "Arkivets egne ord"
