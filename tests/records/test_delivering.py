"""Entries reach the archive once, with a receipt, or a person sees why not."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import factories
from tests.records import archive_core, samples
from tests.records.archive_core import act_of, complete, planned
from tests.records.conftest import NEW_CASE, TITLES
from torg.audit.models import AuditEvent
from torg.connectors import contract as errors
from torg.connectors.archives.contract import Failure, Receipt
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.outbox import sending
from torg.outbox.models import ActState, OutboxAct
from torg.people.types import Role
from torg.records import archive_messages, collecting, commands, outbound
from torg.records.models import ArchiveCore, CaseFile, ChangeLog, Delivery, JournalEntry
from torg.records.outbound import DELIVERER

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def fake(archive, settings):
    """An archive in memory that answers at once, connected."""
    return connected(archive, settings)


@pytest.fixture
def later(archive, settings):
    """One that answers later, as Fiks Arkiv."""
    return connected(archive, settings, answers_at_once=False)


def connected(archive, settings, **about):
    made = archive_core.begin(settings, **about)
    commands.connect_archive(wanted=archive_core.WANTED, secrets=archive_core.KEYS, by=archive.archivist, at=archive.at)
    return made


def another(archive, mark: int) -> JournalEntry:
    """One more conversation in a case file of its own, journaled and complete."""
    found = archive.told(samples.snapshot(at=archive.at, scope_id=archive.scope.id), mark=mark)
    yes = ("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE")
    commands.assess(assessment_id=found.public_id, answers=yes, by=archive.archivist, at=archive.at)
    (entry,) = commands.journal(
        assessment_id=found.public_id, case=NEW_CASE, titles=TITLES, by=archive.archivist, at=archive.at
    )
    return complete(entry, archive)


def delivered(archive) -> Delivery:
    complete(archive.journaled()[0], archive)
    (row,) = planned(archive)
    sending.send_due(at=archive.at)
    row.refresh_from_db()
    return row


@pytest.mark.strategy("D7")
def test_a_delivery_has_the_archives_id_and_numbers_beside_ours(archive, fake):
    row = delivered(archive)

    entry = row.entry
    entry.refresh_from_db()
    assert (row.state, row.system_id) == ("DELIVERED", str(entry.archive_id))
    assert (entry.archive_year, entry.archive_number, entry.archive_post_number) == (2026, 900, 1)
    assert (entry.journal_year, entry.journal_number) == (2026, 1)
    assert CaseFile.objects.get().archive_number == 1
    assert AuditEvent.objects.get(name="records.delivery.delivered").target_id == str(row.public_id)
    assert OutboxAct.objects.get().state == "CONFIRMED"


def test_what_is_delivered_says_the_same_in_fields_and_message(archive, fake):
    delivered(archive)

    receipt = fake.receipts[str(Delivery.objects.get().entry.public_id)]
    assert receipt.key == Delivery.objects.get().key


def test_nothing_is_planned_before_its_documents_are_made(archive, fake):
    entry = archive.journaled()[0]
    assert planned(archive) == []

    complete(entry, archive)

    assert len(planned(archive)) == 1
    assert len(planned(archive)) == 1


def test_alone_nothing_is_delivered_and_our_own_numbers_stand(archive):
    entry = complete(archive.journaled()[0], archive)

    assert planned(archive) == []
    assert entry.own_number == "2026/1-1"
    with pytest.raises(InvalidTransition):
        commands.deliver_entry(entry_id=entry.public_id, by=archive.archivist, at=archive.at)


def test_one_entry_is_delivered_by_hand_once(archive, fake):
    entry = complete(archive.journaled()[0], archive)
    commands.deliver_entry(entry_id=entry.public_id, by=archive.archivist, at=archive.at)

    with pytest.raises(InvalidTransition):
        commands.deliver_entry(entry_id=entry.public_id, by=archive.archivist, at=archive.at)

    assert Delivery.objects.count() == 1


def test_who_does_not_keep_records_delivers_nothing(archive, fake):
    entry = complete(archive.journaled()[0], archive)
    leader, stranger = factories.person("Leif Leder"), factories.person("Fremmed Person")
    factories.role(leader, Role.LEADER, at=archive.at)

    for person, error in ((leader, NotAllowed), (stranger, NotFound)):
        with pytest.raises(error):
            commands.deliver_entry(entry_id=entry.public_id, by=person, at=archive.at)


@pytest.mark.strategy("D7")
def test_an_answer_lost_after_the_archive_took_it_is_delivered_once(archive, fake):
    fake.fail(errors.Ambiguous("no answer"), takes_effect=True)
    row = delivered(archive)
    assert row.state == "WAITING"

    sending.send_due(at=archive.at + HOUR)

    row.refresh_from_db()
    assert row.state == "DELIVERED"
    assert len(fake.receipts) == 1


def test_a_worker_that_died_leaves_a_delivery_that_is_completed_without_a_person(archive, fake):
    complete(archive.journaled()[0], archive)
    (row,) = planned(archive)
    OutboxAct.objects.update(state=ActState.SENDING, attempts=1, sending_at=archive.at)
    sending.recover_sending(at=archive.at)
    row.refresh_from_db()
    assert row.state == "UNCERTAIN"

    collecting.go_on_after_crashes(by=DELIVERER, at=archive.at)
    sending.send_due(at=archive.at)

    row.refresh_from_db()
    assert row.state == "DELIVERED"
    assert len(fake.receipts) == 1


def test_a_worker_that_died_after_the_receipt_was_stored_delivers_nothing_more(archive, fake):
    complete(archive.journaled()[0], archive)
    (row,) = planned(archive)
    outbound.perform(act_of(row))

    assert outbound.perform(act_of(row)).external_id == fake.receipts[row.key].system_id
    assert [match.external_id for match in outbound.look(act_of(row), archive.at)] == [fake.receipts[row.key].system_id]
    assert fake.delivered == 1


def test_a_dead_archive_is_asked_once_and_the_others_do_not_wait_for_it(archive, fake):
    for mark in range(1, 4):
        another(archive, mark)
    fake.fail(errors.Temporary("The archive cannot be reached."))
    planned(archive)

    sending.send_due(at=archive.at)

    assert fake.delivered == 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"WAITING"}
    assert ArchiveCore.objects.get().problem == "The archive cannot be reached."


def test_what_gave_up_on_a_dead_archive_goes_when_it_is_back(archive, fake):
    complete(archive.journaled()[0], archive)
    (row,) = planned(archive)
    OutboxAct.objects.update(attempts=12)
    fake.fail(errors.Temporary("The archive cannot be reached."))
    sending.send_due(at=archive.at)
    row.refresh_from_db()
    assert row.state == "REFUSED"

    collecting.look_after(ArchiveCore.objects.get(), by=DELIVERER, at=archive.at + HOUR)
    sending.send_due(at=archive.at + HOUR)

    row.refresh_from_db()
    assert row.state == "DELIVERED"


def test_a_dead_key_stops_everything_until_somebody_connects_again(archive, fake):
    for mark in range(1, 3):
        another(archive, mark)
    fake.fail(errors.CredentialsDead("The archive does not accept our name and password."))
    planned(archive)
    sending.send_due(at=archive.at)
    assert (fake.delivered, ArchiveCore.objects.get().state) == (1, "BROKEN")

    commands.connect_archive(wanted=archive_core.WANTED, secrets=archive_core.KEYS, by=archive.archivist, at=archive.at)
    collecting.send_on(by=DELIVERER, at=archive.at)
    sending.send_due(at=archive.at)

    assert set(Delivery.objects.values_list("state", flat=True)) == {"DELIVERED"}


def test_a_refusal_waits_for_a_person_with_the_archives_words(archive, fake):
    fake.refuses = "Klassen finnes ikke"
    row = delivered(archive)

    assert (row.state, row.archive_reason) == ("REFUSED", "Klassen finnes ikke")
    assert AuditEvent.objects.filter(name="records.delivery.refused").count() == 1


def test_what_is_mended_goes_as_another_message_and_arrives(archive, fake):
    fake.refuses = "Klassen finnes ikke"
    row = delivered(archive)
    before, fake.refuses = row.message_id, ""

    commands.deliver_again(delivery_id=row.public_id, by=archive.archivist, at=archive.at)
    sending.send_due(at=archive.at)

    row.refresh_from_db()
    assert row.state == "DELIVERED"
    assert row.message_id != before


def test_giving_up_needs_a_reason_and_can_be_undone(archive, fake):
    fake.refuses = "Klassen finnes ikke"
    row = delivered(archive)
    with pytest.raises(Invalid):
        commands.give_up_delivery(delivery_id=row.public_id, because=" ", by=archive.archivist, at=archive.at)

    commands.give_up_delivery(delivery_id=row.public_id, because="Dobbelt", by=archive.archivist, at=archive.at)
    commands.deliver_again(delivery_id=row.public_id, by=archive.archivist, at=archive.at)

    row.refresh_from_db()
    assert row.state == "WAITING"


def test_delivered_can_neither_be_sent_again_nor_given_up(archive, fake):
    row = delivered(archive)

    with pytest.raises(InvalidTransition):
        commands.deliver_again(delivery_id=row.public_id, by=archive.archivist, at=archive.at)
    with pytest.raises(InvalidTransition):
        commands.give_up_delivery(delivery_id=row.public_id, because="x", by=archive.archivist, at=archive.at)


def test_handed_over_is_not_delivered_until_the_receipt_comes(archive, later):
    row = delivered(archive)
    assert (row.state, row.system_id) == ("HANDED_OVER", "")

    later.work()
    collecting.collect_answers(row.core, by=DELIVERER, at=archive.at)

    row.refresh_from_db()
    assert row.state == "DELIVERED"
    assert list(later.collect()) == []


def test_a_receipt_that_comes_twice_is_written_once(archive, later):
    row = delivered(archive)
    receipt = Receipt(key=row.key, system_id="5b9c1f5e-0000-4000-8000-000000000001")
    for _ in range(2):
        commands.take_answer(message_id=row.message_id, answer=receipt, by=DELIVERER, at=archive.at)

    assert AuditEvent.objects.filter(name="records.delivery.delivered").count() == 1


def test_a_late_receipt_holds_against_a_refusal(archive, later):
    row = delivered(archive)
    refusal, receipt = Failure("1", "nei"), Receipt(key=row.key, system_id="5b9c1f5e-0000-4000-8000-000000000001")

    commands.take_answer(message_id=row.message_id, answer=refusal, by=DELIVERER, at=archive.at)
    commands.take_answer(message_id=row.message_id, answer=receipt, by=DELIVERER, at=archive.at)
    commands.take_answer(message_id=row.message_id, answer=refusal, by=DELIVERER, at=archive.at)

    row.refresh_from_db()
    assert row.state == "DELIVERED"


def test_a_fault_of_the_archives_own_is_met_with_new_messages_and_then_a_person(archive, later):
    row = delivered(archive)
    fault = Failure("500", "Databasen er nede", is_lasting=False)

    for _ in range(4):
        row.refresh_from_db()
        commands.take_answer(message_id=row.message_id, answer=fault, by=DELIVERER, at=archive.at)
        sending.send_due(at=archive.at)

    row.refresh_from_db()
    assert (row.state, row.repeats) == ("REFUSED", 3)


def test_an_answer_to_nothing_of_ours_stands_in_the_log(archive, later):
    assert commands.take_answer(message_id=None, answer=Failure("unreadable", "x"), by=DELIVERER, at=archive.at) is None

    assert AuditEvent.objects.get(name="records.delivery.answer_unreadable").facts == {"answer": "failure"}


def test_the_database_knows_no_delivered_without_an_id(archive, later):
    row = delivered(archive)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(state="DELIVERED", settled_at=archive.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_a_correction_after_delivery_reaches_the_archive_once(archive, fake):
    row = delivered(archive)
    values = {"title": "Svømmehallens åpningstid"}
    commands.correct_entry(entry_id=row.entry.public_id, values=values, by=archive.archivist, at=archive.at)

    planned(archive)
    sending.send_due(at=archive.at)
    planned(archive)

    assert fake.titles[row.key] == "Svømmehallens åpningstid"
    assert list(Delivery.objects.values_list("kind", "state").order_by("id")) == [
        ("CREATE", "DELIVERED"),
        ("CORRECT", "DELIVERED"),
    ]


def test_the_archives_numbers_are_in_the_changelog_and_are_no_correction(archive, fake):
    row = delivered(archive)

    assert ChangeLog.objects.filter(target_id=row.entry.public_id, field="M001").exists()
    assert len(planned(archive)) == 1


def test_an_answer_goes_after_its_question_in_the_same_line(archive, fake):
    for entry in archive.journaled(answers=("Klokka ti.",)):
        complete(entry, archive)
    planned(archive)

    sending.send_due(at=archive.at)

    assert [receipt.journal_sequence for receipt in fake.receipts.values()] == [900, 901]
    assert len(set(OutboxAct.objects.values_list("serial_key", flat=True))) == 1


def test_a_closed_period_takes_and_changes_nothing(archive, fake):
    row = delivered(archive)
    day = timedelta(days=1)
    commands.close_period(until=archive.at.date(), by=archive.archivist, at=archive.at + day)
    values = {"title": "For sent"}
    commands.correct_entry(entry_id=row.entry.public_id, values=values, by=archive.archivist, at=archive.at)
    late = another(archive, 2)

    assert len(planned(archive)) == 1
    with pytest.raises(Invalid):
        commands.deliver_entry(entry_id=late.public_id, by=archive.archivist, at=archive.at)


def test_a_period_is_not_closed_while_something_of_it_is_under_way(archive, fake):
    complete(archive.journaled()[0], archive)
    planned(archive)

    with pytest.raises(InvalidTransition):
        commands.close_period(until=archive.at.date(), by=archive.archivist, at=archive.at + timedelta(days=1))
    with pytest.raises(Invalid):
        commands.close_period(until=archive.at.date(), by=archive.archivist, at=archive.at)


@pytest.mark.strategy("D7")
def test_comparing_finds_what_is_missing_on_either_side(archive, fake):
    row = delivered(archive)
    fake.receipts["ukjent"] = fake.receipts.pop(row.key)

    found = collecting.compare(row.core, by=DELIVERER, at=archive.at)

    assert found.missing_there == (row.entry.public_id,)
    assert found.unknown_here == ("ukjent",)
    assert ArchiveCore.objects.get().compared["unknown_here"] == ["ukjent"]


def test_comparing_settles_what_arrived_while_we_heard_nothing(archive, later):
    row = delivered(archive)
    later.work()
    later.inbox.clear()

    found = collecting.compare(row.core, by=DELIVERER, at=archive.at)

    row.refresh_from_db()
    assert row.state == "DELIVERED"
    assert (found.missing_there, found.unknown_here) == ((), ())


def test_a_case_file_of_the_archives_is_chosen_by_number_before_the_first_delivery(archive, fake):
    fake.cases["deres sak"] = (17, False)
    case = archive.journaled()[0].case_file

    chosen = commands.choose_case_in_archive(
        case_id=case.public_id, number="2026/17", by=archive.archivist, at=archive.at
    )

    assert (chosen.archive_year, chosen.archive_number) == (2026, 17)
    for wrong in ("2026/99", "sytten", "17"):
        with pytest.raises(Invalid):
            commands.choose_case_in_archive(case_id=case.public_id, number=wrong, by=archive.archivist, at=archive.at)


def test_connecting_tries_the_access_first(archive, settings):
    made = archive_core.begin(settings)
    made.fail(errors.CredentialsDead("no"))

    with pytest.raises(Invalid):
        commands.connect_archive(
            wanted=archive_core.WANTED, secrets=archive_core.KEYS, by=archive.archivist, at=archive.at
        )

    assert not ArchiveCore.objects.exists()


def test_keys_are_encrypted_and_erased_with_the_connection(archive, fake):
    core = ArchiveCore.objects.get()
    assert b"hemmelig" not in bytes(core.secrets)

    commands.disconnect_archive(by=archive.archivist, at=archive.at)

    core.refresh_from_db()
    assert (core.state, bytes(core.secrets)) == ("CLOSED", b"")


def test_an_archive_is_not_left_while_something_is_on_its_way(archive, later):
    delivered(archive)

    with pytest.raises(InvalidTransition):
        commands.disconnect_archive(by=archive.archivist, at=archive.at)


def test_an_entry_that_expires_after_delivery_expires_in_the_archive_too(archive, fake):
    row = delivered(archive)
    entry_id = row.entry.public_id
    commands.expire_entry(entry_id=entry_id, because="Feil sak", by=archive.archivist, at=archive.at)

    correction = planned(archive)[-1]

    assert (correction.kind, correction.state) == ("CORRECT", "WAITING")
    assert archive_messages.correction_of(correction).status == "U"


def test_an_archive_whose_keys_cannot_be_opened_is_broken_and_says_so(archive, fake):
    ArchiveCore.objects.update(secrets=b"not ours")

    checked = commands.check_archive(by=archive.archivist, at=archive.at)

    assert (checked.state, checked.problem) == ("BROKEN", "The keys to the archive cannot be read.")
