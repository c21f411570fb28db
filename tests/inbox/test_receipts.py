"""Automatic receipts: honest, once, private, and never instead of an answer."""

from datetime import timedelta

import pytest
from django.core import mail

from torg.inbox import commands, tasks
from torg.inbox.models import Answer, Clock
from torg.inbox.types import AnswerKind


def receipts(enquiry, at):
    return commands.send_receipts(enquiry_ids=[enquiry.pk], at=at)


@pytest.mark.strategy("B8")
def test_outside_hours_whoever_writes_privately_is_told_when_we_open(house, at):
    evening = at + timedelta(hours=9)
    enquiry = house.asked(evening, kind="PRIVATE")

    assert receipts(enquiry, evening) == 1

    answer = Answer.objects.get()
    assert (answer.kind, answer.is_automatic, answer.written_by) == (AnswerKind.MESSAGE, True, None)
    assert "onsdag 11. mars kl. 08.00" in answer.text
    assert Clock.objects.get().outcome == "RUNNING"


def test_once_for_each_closing_period(house, at):
    evening = at + timedelta(hours=9)
    enquiry = house.asked(evening, kind="PRIVATE")

    assert [receipts(enquiry, evening + timedelta(hours=hours)) for hours in (0, 1, 23, 24)] == [1, 0, 1, 0]


def test_no_receipt_while_we_are_open_or_under_a_comment(house, at):
    evening = at + timedelta(hours=9)

    assert receipts(house.asked(at, kind="PRIVATE"), at) == 0
    assert receipts(house.asked(evening), evening) == 0


def test_no_automatic_word_where_only_people_may_write(house, at):
    enquiry = house.asked(at, kind="PRIVATE")

    assert receipts(enquiry, at + timedelta(days=2, hours=9)) == 0


def test_at_danger_the_help_numbers_are_sent_privately_at_any_hour(house, on_duty, at):
    comment = house.asked(at, "Jeg orker ikke mer", is_danger=True, language="nn")

    assert receipts(comment, at) == 1
    assert receipts(comment, at) == 0

    answer = Answer.objects.get()
    assert answer.kind == AnswerKind.PRIVATE_REPLY
    assert all(number in answer.text for number in ("113", "112", "116 117", "116 123", "116 111"))


def test_the_alarm_is_mailed_once_and_holds_nothing_of_what_was_written(house, on_duty, at, settings):
    house.asked(at, "kanarifugl", is_danger=True)

    tasks.mail_alarms()
    tasks.mail_alarms()

    [sent] = mail.outbox
    assert sent.to == [on_duty.first.email]
    assert "kanarifugl" not in sent.subject + sent.body
