"""A deposit package made from our own records passes every test of the list, and tells what is withheld to nobody."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import etree

from tests import factories
from tests.records import samples
from tests.records.archive_core import complete
from tests.records.conftest import NEW_CASE, TITLES
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, Unavailable
from torg.files import disk
from torg.noark.checking import package, running
from torg.noark.schemas.store import Store
from torg.people.types import Role
from torg.records import commands, tasks, titling
from torg.records.codes import FollowUpMethod
from torg.records.days import day_of
from torg.records.depositing import working
from torg.records.models import CaseFile, Deposit, DocumentObject
from torg.records.preservation_codes import DepositState
from torg.records.types import RestrictionWanted

STANDARD = Path(__file__).resolve().parents[3] / "shared/standards/noark5"
DEPOSITOR = Rule("records.depositor", "1")
DAY = timedelta(days=1)


@pytest.fixture
def official(settings, tmp_path):
    if not STANDARD.is_dir():
        pytest.skip("the official schemas are not here")
    settings.DEPOSIT_FOLDER, settings.NOARK_SCHEMAS = tmp_path / "deposits", STANDARD


def finished(archive, said=None, **fields) -> CaseFile:
    """A case file with a question and our answer, archived and closed."""
    if said is None:
        return closed(archive, archive.journaled(answers=("Klokka ti.",), **fields))
    found = archive.told(said)
    yes = ("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE")
    commands.assess(assessment_id=found.public_id, answers=yes, by=archive.archivist, at=archive.at)
    entries = commands.journal(
        assessment_id=found.public_id, case=NEW_CASE, titles=TITLES, by=archive.archivist, at=archive.at
    )
    noted = {"entry_id": entries[0].public_id, "method": FollowUpMethod.NOTED}
    commands.set_follow_up(**noted, by=archive.archivist, at=archive.at)
    return closed(archive, entries)


def closed(archive, entries) -> CaseFile:
    for entry in entries:
        complete(entry, archive)
        commands.archive_entry(entry_id=entry.public_id, by=archive.archivist, at=archive.at)
    return commands.close_case_file(case_id=entries[0].case_file.public_id, by=archive.archivist, at=archive.at)


def ordered(archive, **given) -> Deposit:
    """A package of the day on which the case file was closed, ordered the day after."""
    day = day_of(archive.at)
    given = {"starts_on": day, "ends_on": day, "by": archive.archivist, "at": archive.at + DAY, **given}
    return commands.order_deposit(**given)


def made(archive, **given) -> Deposit:
    row = ordered(archive, **given)
    return working.work(row.public_id, by=DEPOSITOR, at=archive.at + DAY)


def root_of(row: Deposit) -> Path:
    return Path(row.folder) / "avleveringspakke"


def texts(row: Deposit, name: str, element: str) -> list[str]:
    tree = etree.parse(root_of(row) / f"{name}.xml")
    return [found.text or "" for found in tree.iter(f"{{*}}{element}")]


def test_a_package_from_the_records_passes_every_test_and_is_valid(archive, official):
    case = finished(archive)
    commands.remark(
        entry_id=case.entries.first().public_id, text="Sett av rådmannen", by=archive.archivist, at=archive.at
    )
    finished(archive, text="Kva med brøyting?")

    row = made(archive, is_packed=True)

    assert (row.problem, row.tests, row.state) == ("", [], DepositState.WRITTEN)
    assert row.counts == {"case_files": 2, "registrations": 4, "journal_entries": 4, "changes": 18, "files": 8}
    results = running.check(package.opened(root_of(row)), Store.of(STANDARD)).results
    assert [one.id for one in results if one.passed is not True and one.can_fail] == []
    assert len(row.tar_sha256) == len(row.listing_sha256) == 64
    assert {event.name for event in AuditEvent.objects.filter(target_id=row.public_id)} == {
        "records.deposit.ordered",
        "records.deposit.made",
    }


def test_where_it_came_from_and_what_was_changed_stand_in_it(archive, blank):
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)
    first = replace(said.items[0], external_id="123_456", permalink="https://facebook.example/123")
    finished(archive, said=replace(said, items=(first, *said.items[1:])))

    row = made(archive)

    assert (texts(row, "arkivstruktur", "innleggID"), texts(row, "arkivstruktur", "lenke")) == (
        ["123_456"],
        ["https://facebook.example/123"],
    )
    assert {"journalstatus", "saksstatus"} <= set(texts(row, "endringslogg", "referanseMetadata"))
    assert set(texts(row, "endringslogg", "endretAv")) == {"Are Arkivar"}


def test_only_what_was_finished_in_the_period_is_in_it(archive, blank):
    finished(archive)
    archive.journaled(text="Den er ikke avsluttet.")

    row, day = made(archive), day_of(archive.at)

    assert (row.counts["case_files"], row.left_out) == (1, 1)
    with pytest.raises(Invalid):
        ordered(archive, starts_on=day - 9 * DAY, ends_on=day - DAY)


def test_nobody_outside_reads_of_whom_or_what_in_a_secret_group(archive, blank):
    factories.role(archive.archivist, Role.ARCHIVIST, at=archive.at, scope=archive.scope)
    type(archive.scope).objects.filter(pk=archive.scope.pk).update(is_secret=True)
    finished(archive)

    row = made(archive)

    journal = (root_of(row) / "offentligJournal.xml").read_text()
    assert "Kåre" not in journal
    assert "svømmehall" not in journal.lower()
    with translation.override("nb"):
        assert titling.neutral_title() in journal


def test_a_withheld_name_is_in_the_structure_and_not_in_the_public_journal(archive, blank):
    entries = archive.journaled(answers=("Klokka ti.",))
    sender = entries[0].correspondents.get(role="EA")
    wanted = RestrictionWanted("CORRESPONDENT", "offentleglova-13-1", correspondent=sender.public_id)
    commands.restrict(entry_id=entries[0].public_id, wanted=wanted, by=archive.archivist, at=archive.at)
    closed(archive, entries)

    row = made(archive)

    assert "Kåre Prøve" in texts(row, "arkivstruktur", "korrespondansepartNavn")
    assert "offentleglova § 13 første ledd" in texts(row, "offentligJournal", "skjermingshjemmel")
    first = texts(row, "offentligJournal", "korrespondansepartNavn")[0]
    assert first == "*****"


def test_a_file_that_is_not_as_it_was_stops_the_package_and_says_so(archive, blank):
    finished(archive)
    disk.place_of(DocumentObject.objects.first().sha256).unlink()

    row = made(archive)

    assert (row.state, bool(row.problem)) == (DepositState.FAILED, True)
    assert not root_of(row).exists()
    assert AuditEvent.objects.filter(name="records.deposit.failed", target_id=row.public_id).exists()


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_registrations(archive, blank):
    finished(archive)
    with CaptureQueriesContext(connection) as few:
        made(archive)
    for number in range(4):
        finished(archive, text=f"Spørsmål {number}")

    with CaptureQueriesContext(connection) as many:
        made(archive)

    # Files are looked up one by one, since each is opened.
    assert len(many) - len(few) <= 4 * 8


def test_a_job_that_runs_twice_makes_one_package(archive, blank):
    finished(archive)
    row = ordered(archive)

    tasks.write_deposit(str(row.public_id))
    tasks.write_deposit(str(row.public_id))

    row.refresh_from_db()
    assert (row.state != DepositState.FAILED, row.counts["registrations"]) == (True, 2)


def test_missing_schemas_are_named_with_where_they_are_published(archive, settings, tmp_path):
    settings.NOARK_SCHEMAS = tmp_path

    with pytest.raises(Unavailable) as refused:
        ordered(archive)

    assert "arkivstruktur.xsd" in str(refused.value)
    assert "https://" in str(refused.value)


def test_a_period_that_is_not_over_and_a_second_package_at_once_are_refused(archive, blank):
    finished(archive)
    with pytest.raises(Invalid):
        ordered(archive, at=archive.at)
    with pytest.raises(Invalid):
        ordered(archive, starts_on=day_of(archive.at) + DAY)
    ordered(archive)

    with pytest.raises(InvalidTransition):
        ordered(archive)


def test_whoever_keeps_records_of_one_page_only_may_not(archive, blank):
    one_page = factories.person("Else Side")
    factories.role(one_page, Role.ARCHIVIST, at=archive.at, scope=archive.scope)

    with pytest.raises(NotAllowed):
        ordered(archive, by=one_page)
