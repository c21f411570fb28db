"""Disposal by a rule that two approved, legal hold, and requests for erasure that destroy nothing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.records.test_depositing import finished, made, texts
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.files import commands as files
from torg.files import queries as kept
from torg.people.types import Role
from torg.records import commands, tasks
from torg.records.models import Disposal, DocumentObject, JournalEntry, Restriction
from torg.records.preservation_codes import DisposalState, ErasureState, RuleState
from torg.records.preservation_types import RuleWanted

DISPOSER = Rule("records.disposer", "1")
WANTED = RuleWanted("Spørsmål om åpningstider", "ENTRIES", 3, "bevaringsforskrifta-2025", "Uten verdi", "61")
YEARS = timedelta(days=3 * 366)


@pytest.fixture
def second(archive):
    found = factories.person("Bente Arkivar")
    factories.role(found, Role.ARCHIVIST, at=archive.at)
    return found


@pytest.fixture
def rule(archive, second):
    found = commands.propose_disposal_rule(wanted=WANTED, by=archive.archivist, at=archive.at)
    return commands.approve_disposal_rule(rule_id=found.public_id, by=second, at=archive.at)


def proposed(archive) -> list[Disposal]:
    """What the rules propose when their years are over."""
    commands.propose_disposals(limit=100, by=DISPOSER, at=archive.at + YEARS)
    return list(Disposal.objects.order_by("id"))


def decided(archive) -> list[Disposal]:
    rows = proposed(archive)
    given = {"because": "Fristen er ute", "by": archive.archivist, "at": archive.at + YEARS}
    commands.decide_disposals(disposal_ids=[row.public_id for row in rows], **given)
    return rows


def disposed(archive) -> list[Disposal]:
    rows = decided(archive)
    return [commands.dispose(disposal_id=row.public_id, by=DISPOSER, at=archive.at + YEARS) for row in rows]


def files_of(case) -> set[str]:
    return set(DocumentObject.objects.filter(document__entry__case_file=case).values_list("sha256", flat=True))


def test_a_rule_proposes_a_person_decides_and_only_the_files_go(archive, rule):
    case = finished(archive)
    hashes, entries = files_of(case), case.entries.count()

    rows = disposed(archive)

    assert {row.state for row in rows} == {DisposalState.DONE}
    assert kept.kept(hashes) == set()
    assert (case.entries.count(), len(files_of(case))) == (entries, len(hashes))
    assert AuditEvent.objects.filter(name="records.disposal.done").count() == len(rows) == 2
    assert AuditEvent.objects.filter(name="records.disposal.decided").count() == 2


def test_a_later_package_tells_of_the_disposal_and_carries_no_file_of_it(archive, rule, blank):
    finished(archive)
    disposed(archive)

    row = made(archive)

    assert (row.problem, row.counts["files"], row.counts["registrations"]) == ("", 0, 2)
    assert texts(row, "arkivstruktur", "kassertAv") == ["Are Arkivar", "Are Arkivar"]


def test_nothing_is_proposed_before_its_years_are_over_nor_twice(archive, rule):
    finished(archive)
    early = commands.propose_disposals(limit=100, by=DISPOSER, at=archive.at + timedelta(days=3 * 365 - 2))

    first = commands.propose_disposals(limit=100, by=DISPOSER, at=archive.at + YEARS)
    again = commands.propose_disposals(limit=100, by=DISPOSER, at=archive.at + YEARS)

    assert (early, first, again) == (0, 2, 0)
    assert {row.due_on for row in Disposal.objects.all()} == {date(2029, 3, 10)}


def test_a_rule_takes_its_class_its_kind_and_nothing_that_is_open(archive, second):
    finished(archive)
    archive.journaled(text="Ikke avsluttet")
    for wanted in (
        RuleWanted("a", "ENTRIES", 3, "bevaringsforskrifta-2025", "b", "7"),
        RuleWanted("a", "NOTES", 3, "bevaringsforskrifta-2025", "b"),
        RuleWanted("a", "ENTRIES", 3, "bevaringsforskrifta-2025", "b", channel="instagram"),
    ):
        made = commands.propose_disposal_rule(wanted=wanted, by=archive.archivist, at=archive.at)
        commands.approve_disposal_rule(rule_id=made.public_id, by=second, at=archive.at)

    assert proposed(archive) == []


def test_whoever_proposed_a_rule_does_not_approve_it(archive):
    found = commands.propose_disposal_rule(wanted=WANTED, by=archive.archivist, at=archive.at)

    with pytest.raises(NotAllowed):
        commands.approve_disposal_rule(rule_id=found.public_id, by=archive.archivist, at=archive.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(found).objects.filter(pk=found.pk).update(
            state=RuleState.APPROVED, approved_by=archive.archivist, approved_at=archive.at
        )


def test_an_approved_rule_cannot_be_worded_anew(rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(rule).objects.filter(pk=rule.pk).update(years=1)


def test_a_rule_that_is_withdrawn_takes_what_it_proposed_with_it(archive, rule):
    finished(archive)
    proposed(archive)

    commands.withdraw_disposal_rule(rule_id=rule.public_id, by=archive.archivist, at=archive.at)

    assert {row.state for row in Disposal.objects.all()} == {DisposalState.KEPT}
    assert commands.propose_disposals(limit=9, by=DISPOSER, at=archive.at + 2 * YEARS) == 0


def test_a_legal_hold_stops_proposal_decision_and_removal(archive, rule):
    case = finished(archive)
    rows = decided(archive)
    hold = commands.place_hold(case_id=case.public_id, because="Rettssak", by=archive.archivist, at=archive.at)

    tasks.dispose()

    assert {row.state for row in Disposal.objects.all()} == {DisposalState.DECIDED}
    assert kept.kept(files_of(case)) == files_of(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=rows[0].pk).update(state=DisposalState.DONE, done_at=archive.at)
    commands.lift_hold(hold_id=hold.public_id, by=archive.archivist, at=archive.at)
    tasks.dispose()
    assert {row.state for row in Disposal.objects.all()} == {DisposalState.DONE}


def test_what_is_held_is_not_proposed_and_a_second_hold_is_refused(archive, rule):
    case = finished(archive)
    given = {"case_id": case.public_id, "because": "Tilsyn", "by": archive.archivist, "at": archive.at}
    commands.place_hold(**given)

    assert proposed(archive) == []
    with pytest.raises(InvalidTransition):
        commands.place_hold(**given)
    with pytest.raises(files.Held):
        files.remove(sha256=min(files_of(case)), by=archive.archivist, at=archive.at)


def test_a_file_that_another_entry_needs_stays(archive, rule, at):
    shared = files.store(data=b"\x89PNG\r\n\x1a\n shared", claimed_type=None, at=at).sha256
    finished(archive, picture=shared)
    archive.journaled(text="Samme bilde", picture=shared)

    rows = disposed(archive)

    assert shared in kept.kept([shared])
    assert sum(row.shared for row in rows) >= 1


def test_what_is_kept_after_all_is_not_proposed_again(archive, rule):
    finished(archive)
    chosen = [row.public_id for row in proposed(archive)]

    commands.keep_after_all(disposal_ids=chosen, because="Lokalhistorie", by=archive.archivist, at=archive.at)

    assert {row.state for row in proposed(archive)} == {DisposalState.KEPT}
    with pytest.raises(InvalidTransition):
        commands.decide_disposals(disposal_ids=chosen, because="Likevel", by=archive.archivist, at=archive.at)


def test_whoever_does_not_keep_records_decides_on_nothing(archive, rule):
    finished(archive)
    chosen = [row.public_id for row in proposed(archive)]
    elsewhere = factories.person("Odd Annen")
    factories.role(
        elsewhere, Role.ARCHIVIST, at=archive.at, scope=factories.presence("Annen side", at=archive.at).scope
    )

    with pytest.raises(NotFound):
        commands.decide_disposals(disposal_ids=chosen, because="x", by=elsewhere, at=archive.at)
    with pytest.raises(NotAllowed):
        commands.propose_disposal_rule(wanted=WANTED, by=elsewhere, at=archive.at)
    with pytest.raises(NotAllowed):
        commands.decide_disposals(disposal_ids=chosen, because="x", by=DISPOSER, at=archive.at)


def asked(archive, entry):
    return commands.receive_erasure(
        entry_id=entry.public_id,
        asked_by="Kåre Prøve",
        received_on=date(2026, 3, 9),
        by=archive.archivist,
        at=archive.at,
    )


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_request_for_erasure_restricts_and_says_why(archive, language):
    entry = archive.journaled()[0]
    hashes = set(DocumentObject.objects.values_list("sha256", flat=True))

    found = commands.answer_erasure(
        request_id=asked(archive, entry).public_id,
        reference="offentleglova-13-1",
        language=language,
        by=archive.archivist,
        at=archive.at,
    )

    assert (found.state, found.due_on) == (ErasureState.ANSWERED, date(2026, 4, 9))
    assert all(said in found.letter for said in ("Kåre Prøve", "arkivlova § 13", entry.own_number))
    assert Restriction.objects.filter(entry=entry, lifted_at=None).count() == 2
    assert entry.correspondents.get(role="EA").is_hidden
    assert kept.kept(hashes) == hashes
    assert JournalEntry.objects.filter(pk=entry.pk).exists()
    assert AuditEvent.objects.filter(name="records.erasure.answered", target_id=found.public_id).exists()


def test_a_request_is_answered_once_and_needs_a_name_and_a_day(archive):
    entry = archive.journaled()[0]
    given = {"reference": "offentleglova-13-1", "language": "nb", "by": archive.archivist, "at": archive.at}
    found = asked(archive, entry)
    commands.answer_erasure(request_id=found.public_id, **given)

    with pytest.raises(InvalidTransition):
        commands.answer_erasure(request_id=found.public_id, **given)
    for name, day in (("", date(2026, 3, 9)), ("Kåre", date(2027, 1, 1))):
        with pytest.raises(Invalid):
            commands.receive_erasure(
                entry_id=entry.public_id, asked_by=name, received_on=day, by=archive.archivist, at=archive.at
            )
