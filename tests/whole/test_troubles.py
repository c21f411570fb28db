"""Whatever the platform does, an answer stands there once, and we say truly what we know."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.whole.house import ANSWER
from torg.core import clock
from torg.dialogue.models import Item, ItemVersion
from torg.inbox.models import Enquiry
from torg.inbox.types import AnswerKind
from torg.outbox import commands as outbox
from torg.outbox import wording
from torg.outbox.models import ActState, OutboxAct

SETTLED = timedelta(minutes=10)
COMMENTS = {"method": "POST", "path": "/comments$"}
MESSAGES = {"method": "POST", "path": "/messages$"}

TOOK_EFFECT = [
    pytest.param({"kind": "timeout_after", "seconds": 0.05}, id="time-out after success"),
    pytest.param({"kind": "drop_after"}, id="connection cut after success"),
    pytest.param({"kind": "html_after"}, id="a page of HTML after success"),
    pytest.param({"kind": "error_after"}, id="500 after success"),
    pytest.param({"kind": "error_after", "code": 9007, "status": 400}, id="400 after success"),
]
CAME_TO_NOTHING = [
    pytest.param({"kind": "timeout", "seconds": 0.05}, id="time-out"),
    pytest.param({"kind": "error"}, id="500"),
    pytest.param({"kind": "html"}, id="a page of HTML"),
]


@pytest.fixture
def comment(house) -> str:
    return house.asks(house.post())


def act() -> OutboxAct:
    return OutboxAct.objects.get()


def said() -> str:
    """The sentence that people read."""
    with translation.override("en"):
        return wording.sentence(act())


def state() -> str:
    return ActState(act().state)


@pytest.mark.parametrize("effect", TOOK_EFFECT)
def test_an_answer_that_took_effect_unheard_is_found_and_not_repeated(house, comment, effect):
    house.control.fault(match=COMMENTS, effect=effect)
    answer = house.plan_answer(comment)

    house.work()
    assert state() == ActState.UNCONFIRMED
    assert "before we send again" in said()
    house.work(at=clock.now() + SETTLED)

    answer.refresh_from_db()
    assert state() == answer.state == ActState.CONFIRMED
    [there] = house.with_text(ANSWER)
    assert there["id"] == answer.external_id


@pytest.mark.parametrize("effect", TOOK_EFFECT)
def test_a_message_that_took_effect_unheard_is_found_and_not_repeated(house, effect):
    message = house.writes()
    house.control.fault(match=MESSAGES, effect=effect)
    house.plan_answer(message, kind=AnswerKind.MESSAGE)

    house.work()
    house.work(at=clock.now() + SETTLED)

    assert state() == ActState.CONFIRMED
    assert len(house.with_text(ANSWER)) == 1


@pytest.mark.parametrize("effect", CAME_TO_NOTHING)
def test_an_answer_that_may_have_come_to_nothing_waits_for_a_person(house, comment, effect):
    house.control.fault(match=COMMENTS, effect=effect)
    house.plan_answer(comment)

    house.work()
    house.work(at=clock.now() + SETTLED)

    assert state() == ActState.UNCONFIRMED
    assert "say what you find" in said()
    assert house.with_text(ANSWER) == []


def test_a_person_who_looked_in_vain_can_send_again(house, comment):
    house.control.fault(match=COMMENTS, effect={"kind": "timeout", "seconds": 0.05})
    answer = house.plan_answer(comment)
    house.work()
    house.work(at=clock.now() + SETTLED)

    outbox.settle(act_id=act().public_id, external_id=None, by=house.officer, at=clock.now())
    outbox.retry(act_id=act().public_id, by=house.officer, at=clock.now())
    house.work()

    answer.refresh_from_db()
    assert answer.state == ActState.CONFIRMED
    assert len(house.with_text(ANSWER)) == 1


def test_a_busy_platform_is_left_alone_until_it_says_so(house, comment):
    house.control.fault(match=COMMENTS, effect={"kind": "rate_limited"})
    house.plan_answer(comment)

    house.work()
    assert state() == ActState.PLANNED
    assert "asks us to wait" in said()
    house.work(at=clock.now() + timedelta(hours=2))

    assert state() == ActState.CONFIRMED
    assert len(house.with_text(ANSWER)) == 1


def test_a_key_that_dies_stops_sending_and_a_new_one_lets_it_go_on(house, comment):
    house.control.token(house.standin.page_token, is_valid=False)
    house.plan_answer(comment)

    house.work()
    assert state() == ActState.FAILED
    assert "Connect again" in said()
    house.reconnect()
    outbox.retry(act_id=act().public_id, by=house.officer, at=clock.now())
    house.work()

    assert state() == ActState.CONFIRMED
    assert len(house.with_text(ANSWER)) == 1


def test_a_key_that_dies_after_the_answer_went_out_does_not_make_it_go_out_twice(house, comment):
    house.control.fault(match=COMMENTS, effect={"kind": "timeout_after", "seconds": 0.05})
    house.plan_answer(comment)
    house.work()

    house.control.token(house.standin.page_token, is_valid=False)
    house.work(at=clock.now() + SETTLED)
    assert state() == ActState.UNCONFIRMED
    house.reconnect()
    house.work(at=clock.now() + timedelta(hours=2))

    assert state() == ActState.CONFIRMED
    assert len(house.with_text(ANSWER)) == 1


def test_an_answer_that_the_platform_refused_stands_as_refused_with_its_reason(house, comment):
    house.control.fault(match=COMMENTS, effect={"kind": "error", "code": 368, "status": 400})
    answer = house.plan_answer(comment)

    house.work()

    answer.refresh_from_db()
    assert answer.state == ActState.REFUSED
    assert "blocked this kind of act" in said()
    assert house.enquiry_about(comment).first_unanswered_at is not None


def test_a_delivery_that_comes_twice_is_one_comment(house):
    post = house.post()
    house.control.fault(match={"webhook": "feed"}, effect={"kind": "duplicate"})

    comment = house.asks(post)

    assert Item.objects.filter(external_id=comment).count() == 1
    assert house.item(comment).version_count == 1
    assert Enquiry.objects.count() == 1


def test_deliveries_in_the_opposite_order_end_in_the_same_thread(house):
    post = house.post()
    house.control.fault(match={"webhook": "feed"}, effect={"kind": "reorder"})
    comment = house.control.visitor("comment", target=post, name="Oda Fantasdal", text="Når åpner det?")["id"]
    reply = house.control.visitor("reply", target=comment, name="Jens Diktestad", text="Det lurer jeg også på")["id"]
    house.control.visitor("edit", target=comment, text="Når åpner biblioteket?")

    house.come_and_go()

    assert house.item(comment).text == "Når åpner biblioteket?"
    assert house.item(reply).thread == house.item(comment).thread
    assert not Item.objects.filter(is_placeholder=True).exists()
    assert Enquiry.objects.count() == 1


def test_what_the_push_lost_is_read_by_the_poll(house):
    post = house.post()
    house.control.fault(match={"webhook": "feed"}, effect={"kind": "drop"})
    comment = house.asks(post)
    assert not Item.objects.filter(external_id=comment).exists()

    house.poll()

    assert house.item(comment).text
    assert house.enquiry_about(comment).first_unanswered_at is not None


def test_what_push_and_poll_both_tell_is_one_wording(house):
    comment = house.asks(house.post())
    house.plan_answer(comment)
    house.work()

    house.poll()
    house.come_and_go()
    house.poll()

    assert Item.objects.count() == ItemVersion.objects.count() == 2


def test_what_the_poll_read_before_the_push_came_is_one_wording(house):
    post = house.post()
    comment = house.control.visitor("comment", target=post, name="Oda Fantasdal", text="Når åpner det?")["id"]
    house.poll()
    house.plan_answer(comment)
    house.work()
    house.poll()

    house.come_and_go()

    assert Item.objects.count() == ItemVersion.objects.count() == 2


def test_a_comment_whose_author_is_withheld_is_taken_in_and_can_be_answered(house):
    post = house.post()
    house.control.fault(match={"webhook": "feed"}, effect={"kind": "from_withheld"})
    comment = house.asks(post)

    house.plan_answer(comment)
    house.work()

    assert house.item(comment).author is None
    assert len(house.with_text(ANSWER)) == 1
