"""A closed case stands in the journal, with the notice, and gives nobody away."""

from datetime import timedelta

import pytest

from torg.moderation import commands
from torg.moderation.models import Case
from torg.moderation.words import Ground, Measure, NoNotice
from torg.records.models import JournalEntry

AFTER = timedelta(minutes=5)


@pytest.fixture
def closed(room, at):
    """A function that takes a case all the way; gives its entry."""

    def close(**fields):
        decision = room.decided(**fields)
        room.work()
        commands.close_finished(at=at + AFTER)
        return JournalEntry.objects.get(capture=Case.objects.get(decision=decision).record)

    return close


@pytest.mark.strategy("B4")
def test_a_deletion_is_journaled_together_with_its_notice(closed, at):
    entry = closed()

    assert (entry.entry_type, entry.correspondents.filter(role="EM").count()) == ("U", 1)
    assert entry.items.count() == 2
    assert entry.sent_at is not None


def test_the_name_of_the_author_stays_out_of_the_public_title(closed):
    entry = closed()
    author = entry.correspondents.get(role="EM").name

    assert author in entry.title and author not in entry.public_title
    assert "*****" in entry.public_title


def test_what_the_law_forbids_is_restricted_with_its_ground(closed):
    entry = closed(rule="respect", ground=Ground.HARASSMENT)

    grounds = {row.reference.code for row in entry.restrictions.all()}
    assert grounds == {"offentleglova-13-1"}
    assert entry.correspondents.get(role="EM").is_hidden


@pytest.mark.strategy("B4")
def test_a_decision_that_nobody_could_be_told_of_is_an_internal_document(closed):
    entry = closed(no_notice=NoNotice.WOULD_HARM, no_notice_detail="Ville avsløre hvem som varslet.")

    assert (entry.entry_type, entry.correspondents.get().role) == ("X", "IA")


def test_a_case_is_journaled_once(closed, at):
    closed(measure=Measure.HIDE)

    commands.close_finished(at=at + 2 * AFTER)

    assert JournalEntry.objects.count() == 1
