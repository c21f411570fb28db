"""Complaints: received by the secret link, talked over, and decided by a third person."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, InternalError, ProgrammingError, transaction

from tests.inbox.conftest import person
from tests.moderation.conftest import audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.moderation import commands, complaining, queries, tasks
from torg.moderation.complaining import Verdict
from torg.moderation.models import Complaint, ComplaintMessage, Outcome
from torg.moderation.open_work import COMPLAINTS
from torg.moderation.words import Measure, Step
from torg.people.types import Role

LINK = re.compile(r"/klage/(\S+)")
RIGHT = Verdict(Outcome.UPHELD, "Dette var innenfor reglene.", is_impartial=True, lesson="Regel 2 er uklar.")
REJECTED = replace(RIGHT, outcome=Outcome.REJECTED)


@pytest.fixture
def leader(room):
    return person("Siv Leder", Role.LEADER, None, room.house.unit)


@pytest.fixture
def decided(room):
    """A function that takes a case to a decision; gives it with the secret that the author was sent."""

    def decide(**fields):
        decision = room.decided(**fields)
        room.work()
        return decision, LINK.search(room.platform.performed[0].text)[1].rstrip(".")

    return decide


@pytest.fixture
def secret(decided):
    return decided(measure=Measure.HIDE)[1]


@pytest.fixture
def complaint(secret, at):
    return complained(secret, at)


def complained(secret, at, text="Jeg mener dette var saklig."):
    return commands.complain(secret=secret, text=text, email="forfatter@example.org", by=commands.AUTHOR, at=at)


def judged(complaint, by, at, verdict=RIGHT):
    return commands.decide_complaint(complaint_id=complaint.public_id, verdict=verdict, by=by, at=at)


@pytest.mark.strategy("B6")
def test_a_complaint_comes_by_the_secret_link(complaint):
    assert (complaint.state, complaint.way, complaint.is_late) == ("WAITING", "FORM", False)
    assert ComplaintMessage.objects.get().text == "Jeg mener dette var saklig."
    assert audited("moderation.complaint.received") == 1


@pytest.mark.parametrize("guess", ["", "guessed", "\x00", "å" * 3000, "\ud800"])
def test_another_link_leads_nowhere(db, guess, at):
    with pytest.raises(NotFound):
        complained(guess, at)


@pytest.mark.parametrize("text", ["", "  \x00 ", "x" * 20_001])
def test_an_empty_or_endless_complaint_is_refused(secret, text, at):
    with pytest.raises(Invalid):
        complained(secret, at, text)


def test_after_the_last_day_it_is_received_and_marked_late(secret, at):
    complaint = complained(secret, at + timedelta(days=30))

    assert complaint.is_late


@pytest.mark.strategy("B6")
def test_the_one_who_proposed_and_the_one_who_agreed_cannot_decide_it(complaint, room, at):
    for one in (room.house.officer, room.house.administrator):
        with pytest.raises((NotAllowed, NotFound)):
            judged(complaint, one, at)


def test_a_third_person_decides_and_the_text_is_shown_again(complaint, leader, room, at):
    judged(complaint, leader, at)
    room.work(at + timedelta(minutes=1))

    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome, complaint.restoration) == ("DECIDED", "UPHELD", "DONE")
    assert room.platform.performed[-1].kind.value == "unhide"
    assert audited("moderation.complaint.decided") == 1


def test_a_deleted_text_cannot_come_back_and_it_is_said(decided, leader, at):
    _, secret = decided(measure=Measure.DELETE)

    complaint = judged(complained(secret, at), leader, at)

    assert complaint.restoration == "IMPOSSIBLE"


def test_a_complaint_that_is_rejected_changes_nothing_on_the_platform(complaint, leader, room, at):
    before = len(room.platform.performed)

    judged(complaint, leader, at, REJECTED)
    room.work(at + timedelta(minutes=1))

    assert len(room.platform.performed) == before


def test_who_was_right_is_let_in_again(decided, leader, room, at):
    decision, secret = decided(sanction=Step.TEMPORARY_BAN, ends_on=(at + timedelta(days=14)).date())

    judged(complained(secret, at), leader, at)
    room.work(at + timedelta(minutes=1))

    decision.author_sanction.refresh_from_db()
    assert decision.author_sanction.state == "ENDED"


def test_who_was_right_in_part_gets_back_what_the_verdict_says(complaint, leader, at):
    verdict = replace(RIGHT, outcome=Outcome.PARTLY, shows_again=False)

    assert judged(complaint, leader, at, verdict).restoration == "NOT_DUE"


def test_a_verdict_says_why_and_comes_from_somebody_impartial(complaint, leader, at):
    for wrong in (replace(RIGHT, reasons=" "), replace(RIGHT, is_impartial=False)):
        with pytest.raises(Invalid):
            judged(complaint, leader, at, wrong)


def test_a_decided_complaint_is_decided_once(secret, complaint, leader, at):
    judged(complaint, leader, at)

    with pytest.raises(InvalidTransition):
        judged(complaint, leader, at, REJECTED)
    with pytest.raises(InvalidTransition):
        complained(secret, at, "En gang til")


def test_a_complaint_is_a_talk(secret, complaint, leader, at):
    commands.ask_author(complaint_id=complaint.public_id, text="Hva mente du?", by=leader, at=at)
    answered = complained(secret, at + timedelta(hours=1), "At saken er viktig.")

    assert answered.state == "WAITING"
    assert list(complaint.messages.order_by("id").values_list("text", flat=True))[1:] == [
        "Hva mente du?",
        "At saken er viktig.",
    ]


def test_the_author_can_take_it_back_and_come_again(secret, complaint, leader, at):
    commands.take_back(secret=secret, by=commands.AUTHOR, at=at)

    with pytest.raises(InvalidTransition):
        judged(complaint, leader, at)
    assert complained(secret, at, "Jeg angret.").state == "WAITING"


def test_a_guest_sees_the_one_complaint_that_was_given_to_them(complaint, leader, room, at):
    guest = person("Gjest fra nabokommunen", None, None, room.house.unit)
    assert not queries.complaints_for(guest, at=at).exists()

    commands.assign_complaint(complaint_id=complaint.public_id, person_id=guest.public_id, by=leader, at=at)

    assert list(queries.complaints_for(guest, at=at)) == [complaint]
    assert judged(complaint, guest, at).decided_by == guest


def test_a_guest_who_goes_away_hands_over_the_one_complaint_that_was_given_to_them(complaint, leader, room, at):
    guest = person("Gjest fra nabokommunen", None, None, room.house.unit)
    other = person("Nabo fra en annen kommune", None, None, room.house.unit)
    commands.assign_complaint(complaint_id=complaint.public_id, person_id=guest.public_id, by=leader, at=at)
    (work,) = COMPLAINTS.held_by(guest, seen_by=guest, at=at)

    assert COMPLAINTS.pass_on(ref=work.ref, holder=guest, to=other, by=guest, at=at)

    assert COMPLAINTS.held_by(guest, seen_by=guest, at=at) == []
    with pytest.raises(NotFound):
        commands.assign_complaint(complaint_id=complaint.public_id, person_id=guest.public_id, by=guest, at=at)


def test_it_is_not_given_to_one_of_those_who_decided(complaint, leader, room, at):
    with pytest.raises(Invalid):
        commands.assign_complaint(
            complaint_id=complaint.public_id, person_id=room.house.officer.public_id, by=leader, at=at
        )


def test_a_colleague_of_another_page_does_not_know_that_it_exists(complaint, room, at):
    stranger = person("Fremmed", Role.PAGE_ADMINISTRATOR, None, room.house.unit)

    with pytest.raises(NotFound):
        commands.ask_author(complaint_id=complaint.public_id, text="Hei", by=stranger, at=at)


def test_a_letter_is_written_in_once(decided, room, at):
    decision, _ = decided()
    letter = {"decision_id": decision.public_id, "text": "Kjære kommune", "email": "", "by": room.house.administrator}

    complaint = commands.enter_complaint(**letter, at=at)

    assert complaint.way == "LETTER"
    with pytest.raises(InvalidTransition):
        commands.enter_complaint(**letter, at=at)


def test_the_author_hears_by_mail_that_there_is_news_but_not_what(secret, complaint):
    tasks.tell_complainant(str(complaint.public_id))

    assert mail.outbox[0].to == ["forfatter@example.org"]
    assert secret not in mail.outbox[0].body and "saklig" not in mail.outbox[0].body


def test_the_database_lets_neither_of_the_two_decide(complaint, room, at):
    wrong = {"decided_by": room.house.officer, "decided_at": at, "outcome": "REJECTED", "reasons": "Nei"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(state="DECIDED", **wrong)


def test_what_was_said_and_what_was_decided_never_changes(complaint, leader, at):
    judged(complaint, leader, at)

    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        ComplaintMessage.objects.update(text="Noe annet")
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Complaint.objects.update(reasons="Noe annet")


def test_the_last_day_is_counted_by_the_clock_of_norway(at):
    assert not complaining.is_late(at.date(), at)
    assert complaining.is_late(at.date() - timedelta(days=1), at)


@pytest.mark.strategy("B6")
def test_what_a_complaint_taught_stands_at_its_rule_for_those_who_see_it(complaint, leader, room, at, signed_in):
    judged(complaint, leader, at)
    rule = room.rules["respect"]

    page = signed_in(leader).get(f"/moderation/rules/{rule.public_id}/")

    assert RIGHT.lesson in page.content.decode()
    assert queries.lessons_of(rule, room.house.administrator, at=at) == []
    assert queries.lessons_of(room.rules["privacy"], leader, at=at) == []
