"""What freezes when, how cases are finished, and what is written in the changelog."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.records import samples
from tests.records.conftest import NEW_CASE, TITLES
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.files import commands as files
from torg.people.types import Role
from torg.records import commands, keeping
from torg.records.acting import Act
from torg.records.codes import FollowUpMethod, Variant
from torg.records.models import CaseFile, ChangeLog, Correspondent, JournalEntry, RecordDocument, Restriction
from torg.records.types import RestrictionWanted


def with_documents(archive, entry) -> JournalEntry:
    """As if the job had made the PDF."""
    stored = files.store(data=f"%PDF {entry}".encode(), claimed_type=None, at=archive.at)
    keeping.keep_file(
        entry.documents.get(role="H"), stored.sha256, Act(archive.archivist, archive.at), variant=Variant.ARCHIVE,
        puid="fmt/476", is_archival=True, file_name="document.pdf",
    )  # fmt: skip
    return entry


def archived(archive, entry) -> JournalEntry:
    with_documents(archive, entry)
    return commands.archive_entry(entry_id=entry.public_id, by=archive.archivist, at=archive.at)


def test_a_correction_stands_in_the_changelog_with_old_and_new_value(archive):
    (entry,) = archive.journaled()

    commands.correct_entry(
        entry_id=entry.public_id, values={"title": "Åpningstider"}, by=archive.archivist, at=archive.at
    )

    change = ChangeLog.objects.get(field="M020")
    assert (change.old, change.new, change.target_id) == (TITLES.full, "Åpningstider", entry.public_id)
    assert change.changed_by == f"person:{archive.archivist.public_id}"
    assert AuditEvent.objects.get(name="records.entry.corrected").facts == {"fields": "title"}


@pytest.mark.parametrize("values", [{"journal_number": 9}, {"title": " "}, {"received_at": None}])
def test_what_cannot_be_corrected_is_refused(archive, values):
    (entry,) = archive.journaled()

    with pytest.raises(Invalid):
        commands.correct_entry(entry_id=entry.public_id, values=values, by=archive.archivist, at=archive.at)


def test_the_dates_of_our_own_document_are_frozen_once_journaled(archive):
    asked, answered = archive.journaled(answers=("Klokka ti.",))
    values = {"document_on": date(2026, 1, 1)}

    commands.correct_entry(entry_id=asked.public_id, values=values, by=archive.archivist, at=archive.at)

    with pytest.raises(InvalidTransition):
        commands.correct_entry(entry_id=answered.public_id, values=values, by=archive.archivist, at=archive.at)


def test_nothing_is_archived_before_its_documents_are_in_an_archive_format(archive):
    (entry,) = archive.journaled()

    with pytest.raises(Invalid):
        commands.archive_entry(entry_id=entry.public_id, by=archive.archivist, at=archive.at)

    assert archived(archive, entry).archived_at == archive.at


def test_an_archived_entry_keeps_its_title(archive):
    entry = archived(archive, archive.journaled()[0])

    with pytest.raises(InvalidTransition):
        commands.correct_entry(entry_id=entry.public_id, values={"title": "Ny"}, by=archive.archivist, at=archive.at)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (JournalEntry, {"title": "Ny"}),
        (JournalEntry, {"journal_on": date(2026, 1, 1)}),
        (JournalEntry, {"entry_type": "X"}),
        (JournalEntry, {"status": "J"}),
        (JournalEntry, {"journal_number": 77}),
        (JournalEntry, {"received_at": None}),
        (Correspondent, {"name": "En annen"}),
        (RecordDocument, {"status": "B"}),
        (CaseFile, {"number": 77}),
    ],
)
def test_the_database_freezes_what_the_standard_freezes(archive, model, change):
    archived(archive, archive.journaled()[0])

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.parametrize("model", [JournalEntry, CaseFile, Correspondent, RecordDocument, ChangeLog])
def test_nothing_in_the_journal_can_be_deleted(archive, model):
    (entry,) = archive.journaled()
    commands.correct_entry(entry_id=entry.public_id, values={"title": "Ny"}, by=archive.archivist, at=archive.at)

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_an_archived_entry_takes_no_more_documents(archive):
    entry = archived(archive, archive.journaled()[0])
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)

    with pytest.raises(InvalidTransition):
        commands.add_version(entry_id=entry.public_id, snapshot=said, by=archive.archivist, at=archive.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordDocument.objects.create(
            entry=entry, scope_id=entry.scope_id, number=9, role="V", made_at=archive.at, title="x", public_title="x"
        )


def test_a_case_file_is_finished_only_when_all_in_it_is_in_order(archive):
    asked, answered = archive.journaled(answers=("Klokka ti.",))
    case = asked.case_file
    close = {"case_id": case.public_id, "by": archive.archivist, "at": archive.at}

    with pytest.raises(Invalid):
        commands.close_case_file(**close)
    archived(archive, asked)
    archived(archive, answered)

    assert commands.close_case_file(**close).closed_at == archive.at
    assert ChangeLog.objects.filter(field="M052").count() == 1


def test_a_question_that_nobody_followed_up_keeps_the_case_file_open(archive):
    asked = archived(archive, archive.journaled()[0])
    close = {"case_id": asked.case_file.public_id, "by": archive.archivist, "at": archive.at}

    with pytest.raises(Invalid):
        commands.close_case_file(**close)
    commands.set_follow_up(entry_id=asked.public_id, method=FollowUpMethod.NOTED, by=archive.archivist, at=archive.at)

    assert commands.close_case_file(**close).status == "A"


def test_a_case_file_without_a_class_is_not_finished(archive):
    asked = archived(archive, archive.journaled()[0])
    commands.correct_case_file(
        case_id=asked.case_file.public_id, values={"classification": ""}, by=archive.archivist, at=archive.at
    )
    commands.set_follow_up(entry_id=asked.public_id, method=FollowUpMethod.NOTED, by=archive.archivist, at=archive.at)

    with pytest.raises(Invalid) as refused:
        commands.close_case_file(case_id=asked.case_file.public_id, by=archive.archivist, at=archive.at)

    assert refused.value.field == "classification"


def test_a_finished_case_file_is_frozen_until_it_is_opened_again(archive):
    case = finished(archive)
    correct = {"case_id": case.public_id, "values": {"title": "Ny"}, "by": archive.archivist, "at": archive.at}

    with pytest.raises(InvalidTransition):
        commands.correct_case_file(**correct)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseFile.objects.update(title="Ny")
    commands.reopen_case_file(case_id=case.public_id, by=archive.archivist, at=archive.at)

    assert commands.correct_case_file(**correct).title == "Ny"


def test_an_entry_that_should_not_stand_is_marked_with_a_reason_and_its_number_is_not_used_again(archive):
    (entry,) = archive.journaled()

    with pytest.raises(Invalid):
        commands.expire_entry(entry_id=entry.public_id, because=" ", by=archive.archivist, at=archive.at)
    commands.expire_entry(entry_id=entry.public_id, because="Feil sak", by=archive.archivist, at=archive.at)

    assert archive.journaled()[0].journal_number == 2
    assert entry.remarks.get().text == "Feil sak"


def test_one_answer_follows_up_several_questions_and_not_the_same_twice(archive):
    first = archive.journaled()[0]
    _asked, answer = archive.journaled(answers=("Klokka ti.",))
    follow = {"entry_id": first.public_id, "by_entry_id": answer.public_id, "method": FollowUpMethod.EMAIL}

    commands.set_follow_up(**follow, by=archive.archivist, at=archive.at)

    assert answer.follows_up.count() == 2
    with pytest.raises(Invalid):
        commands.set_follow_up(**follow, by=archive.archivist, at=archive.at)


def test_what_we_wrote_ourselves_is_not_followed_up(archive):
    _asked, answer = archive.journaled(answers=("Klokka ti.",))

    with pytest.raises(Invalid):
        commands.set_follow_up(
            entry_id=answer.public_id, method=FollowUpMethod.NOTED, by=archive.archivist, at=archive.at
        )


def test_entries_are_linked_once_and_never_to_themselves(archive):
    (entry,), (other,) = archive.journaled(), archive.journaled()
    link = {"entry_id": entry.public_id, "by": archive.archivist, "at": archive.at}

    commands.refer(**link, to_entry_id=other.public_id)

    for wrong in ({"to_entry_id": other.public_id}, {"to_entry_id": entry.public_id}, {}):
        with pytest.raises(Invalid):
            commands.refer(**link, **wrong)


@pytest.mark.strategy("D6")
def test_a_restriction_names_its_ground_and_hides_the_name(archive):
    (entry,) = archive.journaled()
    sender = entry.correspondents.get(role="EA")
    wanted = RestrictionWanted("CORRESPONDENT", "offentleglova-13-1", correspondent=sender.public_id)

    made = commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)

    sender.refresh_from_db()
    assert sender.is_hidden
    assert ChangeLog.objects.get(field="M501").new == "offentleglova § 13 første ledd"
    commands.lift(restriction_id=made.public_id, by=archive.archivist, at=archive.at)
    sender.refresh_from_db()
    assert not sender.is_hidden


@pytest.mark.parametrize(
    "wanted",
    [
        RestrictionWanted("ENTRY", "no-such-law"),
        RestrictionWanted("CORRESPONDENT", "offentleglova-13-1"),
        RestrictionWanted("DOCUMENT", "offentleglova-13-1"),
        RestrictionWanted("PASSAGE", "offentleglova-13-1", item="a", item_version=1, start=5, end=5),
        RestrictionWanted("TITLE", "offentleglova-13-1", expires_on=date(2026, 3, 10)),
    ],
)
def test_a_restriction_that_cannot_be_is_refused(archive, wanted):
    (entry,) = archive.journaled()

    with pytest.raises(Invalid):
        commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)


def test_a_restriction_is_lifted_and_not_rewritten(archive):
    (entry,) = archive.journaled()
    wanted = RestrictionWanted("ENTRY", "offentleglova-13-1")
    made = commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)

    with pytest.raises(DatabaseError), transaction.atomic():
        Restriction.objects.filter(pk=made.pk).update(target="TITLE")
    commands.lift(restriction_id=made.public_id, by=archive.archivist, at=archive.at)
    with pytest.raises(InvalidTransition):
        commands.lift(restriction_id=made.public_id, by=archive.archivist, at=archive.at)


def test_only_those_who_keep_records_do_any_of_this(archive):
    (entry,) = archive.journaled()
    leader, stranger = factories.person("Leif Leder"), factories.person("Frida Fremmed")
    factories.role(leader, Role.LEADER, at=archive.at)

    for command, arguments in (
        (commands.archive_entry, {}),
        (commands.correct_entry, {"values": {"title": "Ny"}}),
        (commands.expire_entry, {"because": "Feil"}),
        (commands.remark, {"text": "Hei"}),
        (commands.restrict, {"wanted": RestrictionWanted("ENTRY", "offentleglova-13-1")}),
        (commands.set_follow_up, {"method": FollowUpMethod.NOTED}),
    ):
        for who, refusal in ((leader, NotAllowed), (stranger, NotFound)):
            with pytest.raises(refusal):
                command(entry_id=entry.public_id, by=who, at=archive.at, **arguments)


def finished(archive) -> CaseFile:
    asked, answered = archive.journaled(answers=("Klokka ti.",))
    archived(archive, asked)
    archived(archive, answered)
    return commands.close_case_file(case_id=asked.case_file.public_id, by=archive.archivist, at=archive.at)


def test_a_finished_case_file_takes_no_more_entries(archive):
    case = finished(archive)
    entry = case.entries.first()

    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.create(
            case_file=case, scope_id=case.scope_id, entry_type="NOTE", post_number=9, subject_kind="x",
            subject_id=entry.subject_id, capture=entry.capture, journal_on=archive.at.date(), title="x",
            document_on=archive.at.date(), public_title="x", made_at=archive.at + timedelta(days=1), made_by="x",
        )  # fmt: skip


def test_opening_a_case_file_takes_the_next_number_of_the_year(archive):
    numbers = [
        commands.open_case_file(
            scope_id=archive.scope.id, wanted=NEW_CASE, by=archive.archivist, at=archive.at
        ).own_number
        for _ in range(2)
    ]

    assert numbers == ["2026/1", "2026/2"]
