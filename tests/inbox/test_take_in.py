"""A batch all the way: from the connector's events to the queue."""

from datetime import timedelta

from tests.dialogue.arriving import arrived, connect, event
from tests.inbox.conftest import HOURS, LONG_AGO, audited, person
from torg.channels.types import Batch
from torg.inbox import commands, queries
from torg.inbox.models import Alarm, DeadlineRule, Enquiry
from torg.inbox.queries import Filters
from torg.people.models import CalendarRow
from torg.people.types import Role


def town():
    CalendarRow.objects.create(kind="ANSWERING", from_at=LONG_AGO, definition=HOURS)
    DeadlineRule.objects.create(within="2h", from_at=LONG_AGO)
    return connect(), person("Ola Vik", Role.OFFICER, None, None)


def take(connection, *events, at, **fields):
    commands.take_in(batch=Batch([arrived(connection, one, **fields) for one in events]), at=at)


def test_what_people_write_stands_in_the_queue_with_its_deadline(db, at):
    connection, officer = town()

    take(connection, event(text="Når åpner biblioteket i dag?", author_id="u1", author_name="Kari"), at=at)

    [row] = queries.page(officer, Filters(), at=at).rows
    assert row.newest.text == "Når åpner biblioteket i dag?"
    assert row.enquiry.due_at == at + timedelta(hours=2)
    assert audited("inbox.batch.taken_in") == 1


def test_the_same_batch_twice_changes_nothing(db, at):
    connection, _officer = town()
    asked = event(text="Når åpner biblioteket?", author_id="u1")

    take(connection, asked, at=at)
    before = Enquiry.objects.values().get()
    take(connection, asked, at=at)

    assert Enquiry.objects.values().get() == before


def test_a_national_id_is_masked_in_the_queue_and_marks_it_sensitive(db, at):
    connection, officer = town()

    take(connection, event(text="Jeg er 13097248022, når får jeg svar?", author_id="u1"), at=at)

    [row] = queries.page(officer, Filters(), at=at).rows
    assert row.enquiry.is_sensitive
    assert "13097248022" not in row.newest.masked_text


def test_danger_alarms_the_editors(db, at):
    connection, officer = town()

    take(connection, event(text="Jeg orker ikke å leve lenger, jeg vil ta livet mitt", author_id="u1"), at=at)

    assert [alarm.person for alarm in Alarm.objects.all()] == [officer]


def test_text_is_found_again_and_behind_masks_only_with_a_trace(db, at):
    connection, officer = town()
    take(connection, event(text="Jeg er 13097248022, når åpner biblioteket?", author_id="u1"), at=at)

    seen = queries.page(officer, Filters(text="bibliotek"), at=at).rows
    hidden = queries.page(officer, Filters(text="13097248022"), at=at).rows
    opened = commands.search_sensitive(words="13097248022", by=officer, at=at)

    assert (len(seen), len(hidden), len(opened)) == (1, 0, 1)
    assert audited("inbox.search.in_sensitive_text") == 1
