"""All that is held about somebody, without others' data, to the one who ordered it, and erased in time."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from tests import factories
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.files import queries as files
from torg.people.types import Role
from torg.records import commands, exporting, tasks
from torg.records.models import Correspondent, PartyExport
from torg.records.preservation_codes import ExportState

EXPORTER = Rule("records.exporter", "1")


@pytest.fixture
def alone(settings):
    """Without the rooms above: the journal's own part."""
    settings.PARTY_SOURCES = {}


def looked_up(archive, words="kåre") -> list[str]:
    return [one.key for one in commands.look_up_party(words=words, by=archive.archivist, at=archive.at)]


def ordered(archive, keys=None) -> PartyExport:
    chosen = looked_up(archive) if keys is None else keys
    return commands.order_party_export(keys=chosen, because="Sak 2026/9", by=archive.archivist, at=archive.at)


def opened(archive, row: PartyExport) -> zipfile.ZipFile:
    data = commands.fetch_party_export(export_id=row.public_id, by=archive.archivist, at=archive.at)
    return zipfile.ZipFile(io.BytesIO(data))


def made(archive) -> PartyExport:
    return exporting.make(ordered(archive).public_id, by=EXPORTER, at=archive.at)


def test_the_file_holds_an_overview_in_three_languages_and_the_same_as_json(archive, alone):
    archive.journaled(answers=("Klokka ti.",))

    file = opened(archive, made(archive))

    told = json.loads(file.read("data.json"))
    assert [one["kind"] for one in told["holdings"]] == ["ENTRY", "ENTRY"]
    assert set(file.namelist()) == {
        "oversikt-bokmal.html",
        "oversikt-nynorsk.html",
        "overview-english.html",
        "data.json",
    }
    assert all(f'lang="{language}"' in file.read(name).decode() for language, name in (
        ("nb", "oversikt-bokmal.html"), ("nn", "oversikt-nynorsk.html"), ("en", "overview-english.html")
    ))  # fmt: skip


def test_others_in_the_same_case_are_not_in_it(archive, alone):
    (entry,) = archive.journaled()
    Correspondent.objects.create(
        scope_id=entry.scope_id, entry=entry, role="EK", name="Nina Nabo", is_person=True, external_id="9"
    )

    file = opened(archive, made(archive))

    assert all("Nina" not in file.read(name).decode() for name in file.namelist())


def test_somebody_of_the_same_name_is_somebody_else(archive, alone):
    (entry,) = archive.journaled()
    Correspondent.objects.create(
        scope_id=entry.scope_id, entry=entry, role="EK", name="Kåre Prøve", is_person=True, external_id="99"
    )

    assert len(set(looked_up(archive))) == 2


def test_looking_up_ordering_making_and_fetching_are_logged_without_the_name(archive, alone):
    archive.journaled()
    opened(archive, made(archive))

    logged = AuditEvent.objects.filter(name__startswith="records.party")
    assert set(logged.values_list("name", flat=True)) == {
        "records.party.sought",
        "records.party_export.ordered",
        "records.party_export.made",
        "records.party_export.fetched",
    }
    assert not [event for event in logged if "Kåre" in json.dumps(event.facts, ensure_ascii=False)]


def test_an_export_is_erased_in_time_with_whom_it_was_about(archive, alone, monkeypatch):
    archive.journaled()
    row = made(archive)
    sha256, later = row.sha256, archive.at + timedelta(days=15)
    monkeypatch.setattr(tasks.clock, "now", lambda: later)

    tasks.erase_exports(0)

    row.refresh_from_db()
    assert (row.state, row.sha256, row.party, row.because) == (ExportState.EXPIRED, "", [], "Sak 2026/9")
    assert files.kept([sha256]) == set()
    with pytest.raises(InvalidTransition):
        opened(archive, row)


def test_only_who_ordered_it_may_fetch_it_and_only_who_keeps_records_for_all_may_order(archive, alone):
    archive.journaled()
    row = made(archive)
    colleague, one_page = factories.person("Bente Arkivar"), factories.person("Else Side")
    factories.role(colleague, Role.ARCHIVIST, at=archive.at)
    factories.role(one_page, Role.ARCHIVIST, at=archive.at, scope=archive.scope)

    with pytest.raises(NotFound):
        commands.fetch_party_export(export_id=row.public_id, by=colleague, at=archive.at)
    with pytest.raises(NotAllowed):
        commands.look_up_party(words="Kåre", by=one_page, at=archive.at)


def test_an_export_needs_a_person_confirmed_and_a_reason(archive, alone):
    archive.journaled()

    with pytest.raises(Invalid):
        ordered(archive, keys=[])
    with pytest.raises(Invalid):
        commands.order_party_export(keys=["author:x"], because=" ", by=archive.archivist, at=archive.at)


def test_a_failure_is_told_of_and_a_job_that_runs_twice_makes_one(archive, settings):
    archive.journaled()
    settings.PARTY_SOURCES = {}
    row = made(archive)
    assert exporting.make(row.public_id, by=EXPORTER, at=archive.at).sha256 == row.sha256
    waiting = ordered(archive)
    settings.PARTY_SOURCES = {"broken": "tests.records.no_such_module"}

    failed = exporting.make(waiting.public_id, by=EXPORTER, at=archive.at)

    assert failed.state == ExportState.FAILED
