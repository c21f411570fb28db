"""Conversations become entries with numbers, correspondents, documents and follow-up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.records import samples
from tests.records.conftest import NEW_CASE, TITLES
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.files import commands as files
from torg.files.models import Hold
from torg.people.models import Scope
from torg.records import commands, queries
from torg.records.models import CaseFile, DocumentObject, EntryItem, FollowUp, JournalEntry, NumberSeries
from torg.records.types import CaseWanted, Party, Registration, RestrictionWanted, Titles


def test_a_question_and_its_answer_become_two_entries_that_follow_each_other_up(archive):
    asked, answered = archive.journaled(answers=("Klokka ti.",))

    assert (asked.entry_type, answered.entry_type) == ("I", "U")
    assert (asked.journal_number, answered.journal_number) == (1, 2)
    assert FollowUp.objects.get().by_entry == answered
    assert [str(entry) for entry in (asked, answered)] == ["2026/1-1", "2026/1-2"]
    assert AuditEvent.objects.filter(name="records.entry.journaled").count() == 2


def test_correspondents_are_both_sides_with_their_roles(archive):
    asked, answered = archive.journaled(answers=("Klokka ti.",))

    assert dict(asked.correspondents.values_list("role", "name")) == {
        "EA": "Kåre Prøve", "IM": "Eksempelvik kommune",
    }  # fmt: skip
    assert dict(answered.correspondents.values_list("role", "name")) == {"EM": "Kåre Prøve", "IA": "Sara Svarer"}


def test_each_entry_documents_its_own_turn_only(archive):
    asked, answered = archive.journaled(answers=("Klokka ti.",))

    said = [[item.versions[0].text for item in queries.snapshot_of(entry.capture).items] for entry in (asked, answered)]
    assert said == [["Når åpner svømmehallen?"], ["Klokka ti."]]


def test_the_original_the_deliveries_and_the_attachments_are_kept_and_held(archive):
    picture = files.store(data=b"\x89PNG\r\n\x1a\n a picture", claimed_type=None, at=archive.at).sha256
    delivery = files.store(data=b'{"entry": []}', claimed_type=None, at=archive.at).sha256

    (entry,) = archive.journaled(picture=picture, delivery=delivery)

    kept = DocumentObject.objects.filter(document__entry=entry).values_list("document__role", "variant", "sha256")
    assert set(kept) == {("H", "P", entry.capture.sha256), ("H", "P", delivery), ("V", "P", picture)}
    assert Hold.objects.filter(holder_kind="records.document", released_at=None).count() == 3


def test_making_the_documents_is_asked_for(archive):
    (entry,) = archive.journaled()

    assert ProcrastinateJob.objects.get(task_name="records.make_variants").args == {"entry_id": str(entry.public_id)}


def test_only_what_was_assessed_as_archive_is_registered(archive):
    unassessed = archive.gathered("ASKED")

    with pytest.raises(InvalidTransition):
        commands.journal(
            assessment_id=unassessed.public_id, case=NEW_CASE, titles=TITLES, by=archive.archivist, at=archive.at
        )


def test_archive_without_journaling_makes_a_note_outside_the_journal(archive):
    found = archive.decided("CASE_DOCUMENT", "HAS_VALUE", answers=("Klokka ti.",))

    (note,) = commands.journal(
        assessment_id=found.public_id, case=NEW_CASE, titles=TITLES, by=archive.archivist, at=archive.at
    )

    assert (note.entry_type, note.journal_number) == ("NOTE", None)
    assert AuditEvent.objects.filter(name="records.entry.noted").count() == 1


def test_a_conversation_that_goes_on_is_journaled_further_in_the_same_case_file(archive):
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)
    asked = journal(archive, said)
    more = replace(
        said, items=(*said.items, samples.item("Klokka ti.", at=archive.at, own=True, parent=said.items[0].id))
    )

    (answered,) = journal(archive, more, mark=2, case=CaseWanted(existing=asked[0].case_file.public_id))

    assert answered.post_number == 2
    assert FollowUp.objects.get().entry == asked[0]
    assert EntryItem.objects.count() == 2


def test_nothing_is_journaled_twice(archive):
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)
    journal(archive, said)

    with pytest.raises(Invalid):
        journal(archive, said, mark=2)


@pytest.mark.strategy("D4")
def test_many_questions_on_one_channel_become_one_document_and_a_later_one_a_new_version(archive):
    meeting = replace(
        samples.snapshot(at=archive.at, scope_id=archive.scope.id, answers=("Ja.",)), channel="netmeeting"
    )
    (entry,) = journal(archive, meeting)
    later = replace(meeting, items=(*meeting.items, samples.item("Og i morgen?", at=archive.at)))

    (same,) = journal(archive, later, mark=2)

    assert same == entry
    assert FollowUp.objects.get(entry=entry).by_entry is None
    versions = DocumentObject.objects.filter(document__entry=entry).values_list("version", flat=True)
    assert sorted(versions) == [1, 2]


def test_the_names_of_a_crowd_are_not_in_the_journal(archive):
    said = samples.snapshot(at=archive.at, scope_id=archive.scope.id)
    other = samples.item("Jeg lurer på det samme", at=archive.at)
    other = replace(other, author=replace(other.author, name="Nina Navn", external_id="3"))

    (entry,) = journal(archive, replace(said, channel="netmeeting", items=(*said.items, other)))

    assert "2" in entry.correspondents.get(role="EA").name
    assert not entry.correspondents.filter(name="Nina Navn").exists()


def test_a_decision_is_journaled_with_its_notice_in_the_callers_transaction(archive):
    taken_down = samples.snapshot(at=archive.at, scope_id=archive.scope.id)

    entry = commands.journal_decision(
        snapshot=replace(taken_down, subject=replace(taken_down.subject, kind="moderation.case")),
        registration=notice(archive.at),
        case=NEW_CASE,
        by=Rule("moderation.closing", "1"),
        at=archive.at,
    )

    restriction = entry.restrictions.get()
    assert (entry.entry_type, entry.subject_kind) == ("U", "moderation.case")
    assert restriction.reference.cited == "offentleglova § 13 første ledd"


def test_a_failed_act_gives_its_number_back(archive):
    with pytest.raises(Invalid), transaction.atomic():
        commands.journal_decision(
            snapshot=samples.snapshot(at=archive.at, scope_id=archive.scope.id),
            registration=notice(archive.at, reference="no-such-law"),
            case=NEW_CASE,
            by=archive.archivist,
            at=archive.at,
        )

    assert archive.journaled()[0].journal_number == 1


@pytest.mark.parametrize(
    "change", [{"parties": ()}, {"titles": Titles("", "")}, {"entry_type": "I", "received_at": None}]
)
def test_an_incomplete_registration_is_refused(archive, change):
    with pytest.raises(Invalid):
        commands.journal_decision(
            snapshot=samples.snapshot(at=archive.at, scope_id=archive.scope.id),
            registration=replace(notice(archive.at), **change),
            case=NEW_CASE,
            by=archive.archivist,
            at=archive.at,
        )


def test_a_case_file_of_another_page_cannot_be_used(archive):
    other = CaseFile.objects.create(
        scope_id=Scope.objects.create().id, year=2026, number=99, title="x", public_title="x",
        opened_on=archive.at.date(), made_at=archive.at, made_by="test",
    )  # fmt: skip

    with pytest.raises((Invalid, NotFound)):
        journal(
            archive,
            samples.snapshot(at=archive.at, scope_id=archive.scope.id),
            case=CaseWanted(existing=other.public_id),
        )


def test_the_number_series_never_goes_back_and_leaves_nothing_out(archive):
    archive.journaled()

    for wrong in (0, 5):
        with pytest.raises(DatabaseError), transaction.atomic():
            NumberSeries.objects.filter(series="JOURNAL").update(last=wrong)


@pytest.mark.parametrize("title", ["x" * 900, "]]> \x00\x07 ../", "‮baklengs 👍🏽"])
def test_any_text_can_be_a_title(archive, title):
    found = archive.decided("CASE_DOCUMENT", "HAS_VALUE")

    (entry,) = commands.journal(
        assessment_id=found.public_id, case=NEW_CASE, titles=Titles(title, "Offentlig"), by=archive.archivist,
        at=archive.at,
    )  # fmt: skip

    assert 0 < len(entry.title) <= 300
    assert "\x00" not in entry.title


def journal(archive, said, *, mark=1, case=NEW_CASE) -> list[JournalEntry]:
    found = archive.told(said, "CASE_WORDS", mark=mark)
    commands.assess(
        assessment_id=found.public_id, answers=("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE"), by=archive.archivist,
        at=archive.at,
    )  # fmt: skip
    return commands.journal(
        assessment_id=found.public_id, case=case, titles=TITLES, by=archive.archivist, at=archive.at
    )


def notice(at, *, reference="offentleglova-13-1") -> Registration:
    return Registration(
        entry_type="U",
        titles=Titles("Sletting av innlegg fra Kåre Prøve", "Sletting av innlegg fra *****"),
        parties=(Party("EM", "Kåre Prøve", is_person=True), Party("IA", "Ingrid Informasjon")),
        document_on=at.date(),
        sent_at=at - timedelta(hours=1),
        restrictions=(RestrictionWanted("ENTRY", reference),),
    )
