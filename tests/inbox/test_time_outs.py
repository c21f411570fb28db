"""A time-out through the running outbox: an answer stands there once, and the clock stops when it was sent."""

from datetime import timedelta

import pytest

from tests.inbox.test_answers import answer
from torg.connectors.contract import Ambiguous
from torg.connectors.testing import FakeChannel
from torg.inbox.models import Clock
from torg.outbox import commands as outbox
from torg.outbox import outcomes, sending
from torg.outbox.models import OutboxAct

platform: FakeChannel


def make(_connection, _credentials):
    return platform


@pytest.fixture
def asked(house, at, settings):
    """A comment that stands on a platform in memory."""
    global platform
    platform = FakeChannel(now=at)
    settings.CHANNEL_FACTORY = "tests.inbox.test_time_outs.make"
    thread = house.thread(at=at)
    return house.takes_in(house.item(thread, at, external_id=platform.write("Når åpner biblioteket?")))


def work(at):
    """What the worker does at each tick."""
    platform.now = at
    sending.send_due(at=at)
    sending.look_due(at=at)
    sending.tell_owners(at=at)


def replies():
    return [thing for thing in platform.things.values() if thing.parent_id]


def test_a_time_out_after_success_is_found_and_the_clock_stops_at_the_send_time(house, asked, at):
    platform.fail(Ambiguous("no answer in time"), takes_effect=True)
    sent_at = at + timedelta(minutes=30)
    given = answer(house, asked, at + timedelta(minutes=20))

    work(sent_at)
    given.refresh_from_db()
    before = given.state
    work(sent_at + outcomes.SETTLING)

    given.refresh_from_db()
    clock = Clock.objects.get(enquiry=asked)
    assert (before, given.state, len(replies()), len(platform.performed)) == ("UNCONFIRMED", "CONFIRMED", 1, 1)
    assert (clock.outcome, clock.stopped_at) == ("MET", sent_at)


def test_an_answer_that_is_not_there_waits_for_a_person_and_the_clock_runs(house, asked, at):
    platform.fail(Ambiguous("no answer in time"))
    given = answer(house, asked, at)

    for minutes in (1, 3, 20, 60):
        work(at + timedelta(minutes=minutes))

    given.refresh_from_db()
    assert (given.state, replies(), len(platform.performed)) == ("UNCONFIRMED", [], 1)
    assert OutboxAct.objects.get().next_attempt_at is None
    assert Clock.objects.get(enquiry=asked).outcome == "RUNNING"


def test_a_person_who_did_not_find_it_sends_it_again_once(house, asked, at):
    platform.fail(Ambiguous("no answer in time"))
    given = answer(house, asked, at)
    work(at + timedelta(minutes=1))
    work(at + timedelta(minutes=20))

    outbox.settle(act_id=given.act_id, external_id=None, by=house.officer, at=at + timedelta(minutes=21))
    outbox.retry(act_id=given.act_id, by=house.officer, at=at + timedelta(minutes=21))
    work(at + timedelta(minutes=22))

    given.refresh_from_db()
    assert (given.state, len(replies())) == ("CONFIRMED", 1)
    assert Clock.objects.get(enquiry=asked).stopped_at == at + timedelta(minutes=22)
