"""What an archivist does by hand: internal documents, archive formats, ended restrictions, deliveries."""

import io
import tarfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.records import archive_core
from tests.records.archive_core import complete
from tests.records.conftest import TITLES
from tests.records.documents import film_samples, office_samples
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.files import commands as files
from torg.files import queries as kept_files
from torg.people.types import Role
from torg.records import commands, deliveries, keeping, queries, tasks, variants
from torg.records.acting import Act
from torg.records.codes import EntryType
from torg.records.internal import Upload, Written
from torg.records.models import CaseFile, Deposit, JournalEntry, RecordDocument, Restriction
from torg.records.preservation_codes import DepositState
from torg.records.types import RestrictionWanted

SECRECY = "offentleglova-13-1"
# The smallest file that PRONOM takes for PDF/A-1b is long; a plain text is an archive format too.
TEXT = "Referat fra møtet.\n".encode()


@pytest.fixture
def browser(archive) -> Client:
    client = Client()
    client.force_login(factories.login(archive.archivist), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def entry(archive) -> JournalEntry:
    return archive.journaled()[0]


def written(archive, **changed) -> Written:
    told = {"entry_type": "X", "titles": TITLES, "text": "Vi foreslår å åpne kl. 9.", "document_on": archive.at.date()}
    return Written(**{**told, **changed})


def attachment(entry, archive, data: bytes, name: str = "film.mp4") -> RecordDocument:
    """A document of the entry that came in a format the archive does not take."""
    document = RecordDocument.objects.create(
        scope_id=entry.scope_id,
        entry=entry,
        number=9,
        role="V",
        document_type="Vedlegg",
        title="Film",
        public_title="Film",
        made_by="x",
        made_at=archive.at,
    )
    stored = files.store(data=data, claimed_type=None, at=archive.at)
    keeping.keep_file(document, stored.sha256, Act(archive.archivist, archive.at), variant="P", file_name=name)
    return document


@pytest.mark.parametrize("kind", ["N", "X", "S"])
def test_an_internal_document_is_journaled_as_it_was_written(archive, entry, kind):
    given = written(archive, entry_type=kind, recipient="Kultur", uploads=(Upload("notat.txt", TEXT),))

    made = commands.journal_internal(
        case_id=entry.case_file.public_id, written=given, by=archive.archivist, at=archive.at
    )

    assert (made.entry_type, made.case_file, made.post_number) == (kind, entry.case_file, 2)
    assert made.awaits_follow_up == (kind == "N")
    assert set(made.correspondents.values_list("role", "name")) == {("IA", "Are Arkivar"), ("IM", "Kultur")}
    assert queries.snapshot_of(made.capture).items[0].versions[0].text == given.text
    assert [row.role for row in made.documents.order_by("number")] == ["H", "V"]
    assert AuditEvent.objects.filter(name="records.entry.journaled", target_id=str(made.public_id)).exists()
    if kind == "S":
        assert {form.described["variant"] for form in variants.missing(made, at=archive.at)} == {"A"}


@pytest.mark.parametrize(
    "changed",
    [
        {"entry_type": EntryType.INCOMING},
        {"text": " "},
        {"titles": type(TITLES)("", "")},
        {"document_on": date(2026, 3, 11)},
    ],
    ids=["from outside", "empty", "without title", "tomorrow"],
)
def test_what_is_no_internal_document_is_refused(archive, entry, changed):
    with pytest.raises(Invalid):
        commands.journal_internal(
            case_id=entry.case_file.public_id, written=written(archive, **changed), by=archive.archivist, at=archive.at
        )


def test_only_a_person_who_keeps_records_there_writes_in(archive, entry):
    reader = factories.person("Lars Leser")
    factories.role(reader, Role.CASE_OFFICER, at=archive.at, scope=archive.scope)

    with pytest.raises(NotAllowed):
        commands.journal_internal(case_id=entry.case_file.public_id, written=written(archive), by=reader, at=archive.at)
    with pytest.raises(NotFound):
        commands.journal_internal(
            case_id=entry.case_file.public_id, written=written(archive), by=factories.person(), at=archive.at
        )


def test_the_form_on_the_case_file_journals_it(archive, entry, browser):
    page = reverse("records:new-entry", args=[entry.case_file.public_id])
    typed = {
        "entry_type": "S",
        "title": "Forslag om åpningstid",
        "public_title": "Forslag om åpningstid",
        "text": "Vi åpner kl. 9.",
        "document_on": "2026-03-01",
        "file": SimpleUploadedFile("vedlegg.txt", TEXT),
    }

    assert browser.get(page).status_code == 200
    assert browser.post(page, {**typed, "text": ""}).status_code == 422
    made = browser.post(page, {**typed, "file": SimpleUploadedFile("vedlegg.txt", TEXT)})

    entry = JournalEntry.objects.get(entry_type="S")
    assert made["Location"] == reverse("records:entry", args=[entry.public_id])
    assert browser.get(made["Location"]).status_code == 200


def test_an_attachment_gets_an_archive_format_made_elsewhere(archive, entry, browser):
    document = attachment(entry, archive, b"no known format\x00\x01")
    page = reverse("records:archive-version", args=[document.public_id])
    assert (
        reverse("records:archive-version", args=[document.public_id])
        in browser.get(reverse("records:entry", args=[entry.public_id])).content.decode()
    )

    wrong = browser.post(page, {"file": SimpleUploadedFile("film.pdf", b"still nothing\x00\x01")})
    done = browser.post(page, {"file": SimpleUploadedFile("utskrift.txt", TEXT)})
    again = browser.post(page, {"file": SimpleUploadedFile("utskrift.txt", TEXT + b"2")})

    assert (wrong.status_code, done.status_code, again.status_code) == (422, 303, 409)
    kept = document.objects_kept.get(variant="A")
    original = document.objects_kept.get(variant="P")
    assert (kept.is_archival, kept.converted_from_sha256) == (True, original.sha256)
    assert kept.converted_with == f"person:{archive.archivist.public_id}"


def test_a_film_that_cannot_be_converted_waits_for_a_person_with_h264(archive, entry, browser):
    document = attachment(entry, archive, film_samples.film("webm", "libvpx")[:300])
    later, sheet = archive.at + timedelta(hours=2), reverse("records:entry", args=[entry.public_id])
    assert [form.document for form in variants.missing(entry, at=archive.at)] == [entry.documents.get(role="H")]
    assert list(deliveries.lacking_archive_format(archive.archivist, at=later)) == [document]
    assert sheet in browser.get(reverse("records:deliveries")).content.decode()

    given = {"document_id": document.public_id, "name": "film.mp4", "by": archive.archivist, "at": later}
    with pytest.raises(Invalid):
        commands.add_archive_version(**given, data=film_samples.film("mp4", "libx265"))
    commands.add_archive_version(**given, data=film_samples.film("mp4", "libx264"))

    assert list(deliveries.lacking_archive_format(archive.archivist, at=later)) == []


def test_what_waits_for_a_program_is_converted_the_night_after_it_is_installed(
    archive, entry, browser, settings, tmp_path
):
    document = attachment(entry, archive, office_samples.word(), "søknad.docx")
    tasks.convert_overlooked(0)
    assert not document.objects_kept.filter(variant="A").exists()
    page = browser.get(reverse("records:deliveries")).content.decode()
    assert "LibreOffice, Ghostscript" in page
    archived = next(variants.missing(entry, at=archive.at)).data
    settings.SOFFICE, _log = office_samples.program(tmp_path, office_samples.OFFICE_SAYS, archived)

    tasks.convert_overlooked(0)
    tasks.convert_overlooked(0)

    kept = document.objects_kept.get(variant="A")
    assert (kept.converted_with, kept.puid) == ("LibreOffice 24.2.1.2", "fmt/476")
    assert not deliveries.overlooked_by_converters().exists()


def test_a_film_is_converted_and_its_record_says_how(archive, entry):
    data = film_samples.film("webm", "libvpx", "libopus")
    document = attachment(entry, archive, data)

    (made,) = [form for form in variants.missing(entry, at=archive.at) if form.document == document]
    kept = commands.keep_variant(entry_id=entry.public_id, made=made, by=archive.archivist, at=archive.at)

    original = document.objects_kept.get(variant="P")
    assert (kept.puid, kept.file_name, kept.is_archival) == ("fmt/199", "film.mp4", True)
    assert (kept.converted_from_sha256, kept.converted_from_puid) == (original.sha256, "fmt/573")
    assert kept.converted_with.startswith("av ") and kept.converted_how
    assert kept_files.read(original.sha256) == data


def test_restrictions_past_their_end_are_listed_and_lifted_in_one_act(archive, entry, browser):
    for target, days in (("TITLE", 1), ("ENTRY", 1), ("TITLE", 400)):
        wanted = RestrictionWanted(target, SECRECY, expires_on=archive.at.date() + timedelta(days=days))
        commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)
    assert list(queries.ended_restrictions(archive.archivist, at=archive.at)) == []
    later = archive.at + timedelta(days=2)

    ended = list(queries.ended_restrictions(archive.archivist, at=later))
    kept, lifted = ended
    commands.keep_restricted(
        restriction_id=kept.public_id, until=date(2027, 1, 1), because="Saken pågår", by=archive.archivist, at=later
    )
    with pytest.raises(Invalid):
        commands.lift_ended(restriction_ids=[kept.public_id, lifted.public_id], by=archive.archivist, at=later)
    made = commands.lift_ended(restriction_ids=[lifted.public_id], by=archive.archivist, at=later)

    assert made == 1
    assert not queries.ended_restrictions(archive.archivist, at=later).exists()
    assert Restriction.objects.filter(lifted_at=None).count() == 2
    parent = AuditEvent.objects.get(name="records.restriction.ended_lifted")
    assert AuditEvent.objects.get(name="records.restriction.lifted").parent == parent.id


def test_nothing_is_lifted_by_a_rule_and_nothing_kept_without_a_reason(archive, entry):
    wanted = RestrictionWanted("TITLE", SECRECY, expires_on=archive.at.date() + timedelta(days=1))
    made = commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)
    later, on = archive.at + timedelta(days=2), {"restriction_id": made.public_id, "by": archive.archivist}

    with pytest.raises(NotAllowed):
        commands.lift_ended(restriction_ids=[made.public_id], by=Rule("records.test", "1"), at=later)
    with pytest.raises(Invalid):
        commands.keep_restricted(**on, until=date(2027, 1, 1), because=" ", at=later)
    with pytest.raises(Invalid):
        commands.keep_restricted(**on, until=archive.at.date(), because="Ja", at=later)
    commands.lift(**on, at=later)
    with pytest.raises(InvalidTransition):
        commands.keep_restricted(**on, until=date(2027, 1, 1), because="Ja", at=later)


def test_the_list_of_ended_restrictions_has_its_buttons(archive, entry, browser):
    # The pages read the clock, which has gone on since.
    soon = archive.at + timedelta(days=2)
    for target in ("TITLE", "ENTRY"):
        wanted = RestrictionWanted(target, SECRECY, expires_on=soon.date())
        commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)
    one, other = queries.ended_restrictions(archive.archivist, at=soon + timedelta(days=1))
    page = reverse("records:ended")

    assert page in browser.get(reverse("records:journal")).content.decode()
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"restriction": ["tull"]}).status_code == 422
    typed = {"until": "2099-01-01", "because": "Saken pågår"}
    assert browser.post(reverse("records:restriction-keeping", args=[one.public_id]), typed).status_code == 303
    assert browser.post(page, {"restriction": [str(other.public_id)]}).status_code == 303
    assert list(queries.ended_restrictions(archive.archivist, at=soon + timedelta(days=1))) == []


def test_an_entry_is_delivered_now_and_a_case_file_goes_into_one_of_the_archives(archive, entry, browser, settings):
    sheet = reverse("records:entry", args=[entry.public_id])
    case = reverse("records:case-file", args=[entry.case_file.public_id])
    delivery = reverse("records:delivery", args=[entry.public_id])
    number = reverse("records:archive-number", args=[entry.case_file.public_id])
    assert delivery not in browser.get(sheet).content.decode()
    archive_core.begin(settings)
    commands.connect_archive(wanted=archive_core.WANTED, secrets=archive_core.KEYS, by=archive.archivist, at=archive.at)
    complete(entry, archive)
    assert delivery in browser.get(sheet).content.decode()
    assert number in browser.get(case).content.decode()

    wrong = browser.post(number, {"number": "17"})
    sent = browser.post(delivery)

    assert (wrong.status_code, sent.status_code) == (422, 303)
    assert delivery not in browser.get(sheet).content.decode()
    assert number not in browser.get(case).content.decode()
    assert CaseFile.objects.get().archive_number is None


def test_a_finished_package_is_downloaded_whole_and_the_log_tells(archive, browser, tmp_path):
    folder = tmp_path / "pakke"
    (folder / "dokumenter").mkdir(parents=True)
    (folder / "arkivuttrekk.xml").write_bytes(b"<addml/>")
    (folder / "dokumenter" / "en.pdf").write_bytes(b"%PDF" * 300)
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31), "ordered_at": archive.at}
    made = Deposit.objects.create(
        **days, folder=str(folder), state=DepositState.WRITTEN, finished_at=archive.at, made_by="x"
    )

    answer = browser.post(reverse("records:deposit-download", args=[made.public_id]))

    with tarfile.open(fileobj=io.BytesIO(b"".join(answer.streaming_content))) as package:
        assert {name.partition("/")[2] for name in package.getnames()} == {"arkivuttrekk.xml", "dokumenter/en.pdf"}
        assert package.extractfile(f"{made.public_id}/dokumenter/en.pdf").read() == b"%PDF" * 300
    assert AuditEvent.objects.filter(name="records.deposit.fetched").count() == 1
    Deposit.objects.update(folder=str(tmp_path / "borte"))
    assert browser.post(reverse("records:deposit-download", args=[made.public_id])).status_code == 404
