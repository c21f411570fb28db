"""Two people at once: one answer goes out, the other is told."""

from datetime import UTC, datetime
from threading import Barrier, Thread

from django.db import connection

from tests.inbox.conftest import build_house
from torg.core.errors import DomainError, Stale
from torg.inbox import commands
from torg.inbox.models import Answer
from torg.inbox.types import AnswerKind, Reply

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def at_once(*acts):
    """Run all at the same moment, each on a connection of its own; returns what each raised, or None."""
    start, outcomes = Barrier(len(acts)), {}

    def go(number, act):
        start.wait()
        try:
            act()
        except DomainError as refusal:
            outcomes[number] = type(refusal)
        finally:
            connection.close()

    threads = [Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes.get(number) for number in range(len(acts))]


def test_of_two_who_answer_at_once_one_is_stopped(fresh_database):
    house = build_house()
    enquiry = house.asked(AT)
    reply = Reply(AnswerKind.PUBLIC_REPLY, "Vi åpner ti.\nHilsen oss", enquiry.version)

    outcomes = at_once(
        *(
            lambda by=by: commands.answer(enquiry_id=enquiry.public_id, reply=reply, by=by, at=AT)
            for by in (house.administrator, house.case_officer)
        )
    )

    assert sorted(outcomes, key=str) == [Stale, None] or sorted(outcomes, key=str) == [None, Stale]
    assert Answer.objects.count() == 1


def test_a_batch_taken_in_twice_at_once_makes_one_enquiry(fresh_database):
    house = build_house()
    item = house.item(house.thread(), AT)

    outcomes = at_once(lambda: house.takes_in(item), lambda: house.takes_in(item))

    from torg.inbox.models import Clock, Enquiry

    assert outcomes == [None, None]
    assert (Enquiry.objects.count(), Clock.objects.count()) == (1, 1)
