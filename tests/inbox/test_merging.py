"""A comment that proves to be a reply takes its enquiry along; nothing of it is lost."""

from datetime import timedelta

import pytest

from tests.dialogue.arriving import event
from tests.inbox.conftest import audited
from tests.inbox.test_answers import told
from tests.inbox.test_take_in import take, town
from torg.connectors.contract import Kind
from torg.dialogue.models import Item, Thread
from torg.inbox import commands, queries
from torg.inbox.models import Draft, Enquiry
from torg.inbox.types import OfflineMeans, Reply

LATER = timedelta(hours=1)


@pytest.fixture
def page(db):
    return town()


def test_an_enquiry_follows_its_comment_into_the_other_enquiry_with_the_earliest_start(page, at):
    connection, _officer = page
    take(connection, event(external_id="late", at=20, text="Gjelder det i dag også?", author_id="u2"), at=at)
    take(connection, event(external_id="early", at=0, text="Når åpner biblioteket?", author_id="u1"), at=at + LATER)
    take(
        connection,
        event(Kind.REPLY, external_id="early", parent_id="late", at=0, text="Når åpner biblioteket?"),
        at=at + LATER,
    )

    lives = Enquiry.objects.get(merged_into=None)
    gone = Enquiry.objects.exclude(merged_into=None).get()
    assert (gone.closed_because, gone.merged_into, gone.due_at) == ("MERGED", lives, None)
    assert lives.first_unanswered_at == Item.objects.get(external_id="early").posted_at
    assert lives.due_at == at + timedelta(hours=2)
    assert audited("inbox.enquiry.merged") == 1


def test_where_the_other_thread_has_no_enquiry_the_one_that_came_keeps_clock_and_name(page, at):
    connection, _officer = page
    take(connection, event(external_id="r1", at=0, text="Når åpner biblioteket?", author_id="u1"), at=at)
    before = Enquiry.objects.get()

    take(connection, event(Kind.REPLY, external_id="r1", parent_id="c0", at=0, text="Når åpner biblioteket?"), at=at)

    after = Enquiry.objects.get()
    assert (after.public_id, after.due_at, after.state) == (before.public_id, before.due_at, "OPEN")
    assert after.thread == Thread.objects.get(merged_into=None)
    assert audited("inbox.enquiry.followed") == 1


def test_answers_notes_and_drafts_are_found_in_the_enquiry_that_lives_on(page, at):
    connection, officer = page
    take(connection, event(external_id="a", text="Når åpner biblioteket?", author_id="u1"), at=at)
    take(connection, event(external_id="b", at=5, text="Hvor ligger biblioteket?", author_id="u2"), at=at)
    moved = Enquiry.objects.get(thread__root_external_id="b")
    commands.add_note(enquiry_id=moved.public_id, text="Ring Kari", by=officer, at=at)
    commands.answer_offline(enquiry_id=moved.public_id, means=OfflineMeans.PHONE, text="Ti", by=officer, at=at + LATER)
    commands.save_draft(
        enquiry_id=moved.public_id, text="Utkast", kind="PUBLIC_REPLY", version=0, by=officer, at=at + LATER
    )

    take(connection, event(Kind.REPLY, external_id="b", parent_id="a", at=5, text="Hvor ligger biblioteket?"), at=at)

    sheet = queries.sheet(officer, Enquiry.objects.get(merged_into=None), at=at + LATER)
    assert [note.text for note in sheet.notes] == ["Ring Kari"]
    assert [answer.text for answer in sheet.answers] == ["Ti"]
    assert Draft.objects.get().enquiry == sheet.enquiry


def test_an_answer_on_its_way_when_its_enquiry_is_merged_stops_the_clock_that_lives_on(house, at):
    asked, other = house.asked(at), house.asked(at + timedelta(minutes=5))
    reply = Reply("PUBLIC_REPLY", "Vi åpner ti.\nHilsen Siri", asked.version)
    sent = commands.answer(enquiry_id=asked.public_id, reply=reply, by=house.administrator, at=at + LATER)
    commands.merge(enquiry_id=asked.public_id, into=other.public_id, by=house.administrator, at=at + LATER)

    told(sent, at + LATER + timedelta(seconds=10))

    other.refresh_from_db()
    assert (other.first_unanswered_at, other.due_at, other.waiting_for) == (None, None, "THEM")
