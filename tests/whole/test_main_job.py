"""What a citizen writes is taken in, triaged, answered and confirmed: the whole way, with nothing replaced."""

from datetime import timedelta

import pytest

from tests.whole.house import ANSWER, QUESTION
from torg.connectors.contract import Act, ActKind
from torg.core import clock
from torg.dialogue.models import Item, ItemVersion, PlatformState
from torg.inbox import queries
from torg.inbox.models import Answer, Enquiry
from torg.inbox.types import AnswerKind, AnswerState, EnquiryState
from torg.outbox import commands as outbox
from torg.outbox.models import OutboxAct
from torg.outbox.types import Planned
from torg.people import queries as people

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def post(house) -> str:
    return house.post()


def answers(house, enquiry: Enquiry, text=ANSWER, kind=AnswerKind.PUBLIC_REPLY, **fields) -> Answer:
    """The officer fills in the form and sends it."""
    said = house.staff().post(
        f"/inbox/enquiries/{enquiry.public_id}/answers/",
        kind=kind.value,
        text=text,
        seen_version=str(Enquiry.objects.get(pk=enquiry.pk).version),
        **fields,
    )
    assert said.status_code == 303, said.text
    return Answer.objects.filter(enquiry=enquiry).latest("id")


@pytest.mark.strategy("A2")
def test_a_question_stands_in_the_queue_with_its_post_its_reasons_and_its_deadline(house, post):
    comment = house.asks(post)

    enquiry = house.enquiry_about(comment)
    calendar = people.calendar_in_force("ANSWERING", unit=None, at=clock.now())
    row = queries.page(house.officer, queries.Filters(), at=clock.now()).rows[0]
    assert row.enquiry == enquiry
    assert row.newest.external_id == comment
    assert enquiry.thread.post.external_id == post
    assert "question" in [reason.code for reason in row.reasons]
    assert enquiry.due_at == house.item(comment).posted_at + timedelta(hours=2)
    assert calendar.is_open(enquiry.due_at)


@pytest.mark.strategy("A2")
def test_an_answer_goes_from_planned_to_confirmed_and_stands_once_on_the_page(house, post):
    comment = house.asks(post)

    answer = answers(house, house.enquiry_about(comment))
    assert answer.state == AnswerState.PLANNED
    house.work()
    answer.refresh_from_db()

    assert answer.state == AnswerState.CONFIRMED
    [there] = house.with_text(ANSWER)
    assert there["id"] == answer.external_id
    assert there["parent_id"] == comment


def test_the_echo_of_our_own_answer_is_known_as_ours_and_opens_nothing(house, post):
    comment = house.asks(post)
    answer = answers(house, house.enquiry_about(comment))
    house.work()

    house.come_and_go()
    answer.refresh_from_db()

    echo = house.item(answer.external_id)
    assert echo.is_own
    assert echo.thread == house.item(comment).thread
    assert Enquiry.objects.count() == 1
    assert Enquiry.objects.get().first_unanswered_at is None


def test_a_private_reply_reaches_the_person_and_can_be_given_once(house, post):
    enquiry = house.enquiry_about(house.asks(post))

    answer = answers(house, enquiry, kind=AnswerKind.PRIVATE_REPLY)
    house.work()
    house.come_and_go()

    answer.refresh_from_db()
    assert answer.state == AnswerState.CONFIRMED
    assert len(house.with_text(ANSWER)) == 1
    again = house.staff().post(
        f"/inbox/enquiries/{enquiry.public_id}/answers/",
        kind="PRIVATE_REPLY",
        text=ANSWER,
        seen_version=str(Enquiry.objects.get(pk=enquiry.pk).version),
    )
    assert again.status_code == 503
    assert len(house.with_text(ANSWER)) == 1


@pytest.mark.strategy("A2")
def test_a_message_is_answered_in_its_conversation(house):
    message = house.writes()
    enquiry = house.enquiry_about(message)

    answer = answers(house, enquiry, kind=AnswerKind.MESSAGE)
    house.work()
    house.come_and_go()

    answer.refresh_from_db()
    assert answer.state == AnswerState.CONFIRMED
    [there] = house.with_text(ANSWER)
    assert there["thread_id"] == house.seen(message)["thread_id"]
    assert Item.objects.filter(thread=enquiry.thread).count() == 2


def test_an_answer_that_closes_closes_when_the_platform_has_confirmed(house, post):
    enquiry = house.enquiry_about(house.asks(post))

    answers(house, enquiry, closes="on")
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.OPEN
    house.work()

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.CLOSED


def test_hiding_a_comment_is_an_act_like_any_other_and_is_told_back(house, post):
    comment = house.asks(post, text="Dere er noen tullinger")

    act = outbox.plan(hiding(house, comment), at=clock.now())
    house.work()
    house.come_and_go()

    act.refresh_from_db()
    assert act.state == "CONFIRMED"
    assert house.seen(comment)["is_hidden"]
    assert house.item(comment).platform_state == PlatformState.HIDDEN_BY_US


def test_an_edit_by_the_citizen_makes_a_version_and_the_first_wording_stays(house, post):
    comment = house.asks(post)

    house.control.visitor("edit", target=comment, text="Når åpner biblioteket i påsken?")
    house.come_and_go()

    item = house.item(comment)
    versions = ItemVersion.objects.filter(item_id=item.pk).order_by("number")
    assert item.text == "Når åpner biblioteket i påsken?"
    assert [version.text for version in versions] == [QUESTION, item.text]
    assert Item.objects.count() == 1


def test_a_comment_that_its_author_deletes_is_marked_and_its_text_stays(house, post):
    comment = house.asks(post)

    house.control.visitor("delete", target=comment)
    house.come_and_go()

    item = house.item(comment)
    assert item.platform_state == PlatformState.DELETED_BY_AUTHOR
    assert item.text == QUESTION


def test_an_answer_given_on_the_platform_itself_stops_the_clock(house, post):
    comment = house.asks(post)

    house.control.visitor("reply", target=comment, as_page=True, text="Kl. 10. Hilsen Kari")
    house.come_and_go()

    assert house.enquiry_about(comment).first_unanswered_at is None
    assert OutboxAct.objects.count() == 0


def hiding(house, comment: str) -> Planned:
    act = Act(kind=ActKind.HIDE, account_id=house.standin.page_id, target_id=comment)
    payload = {"kind": act.kind.value, "account_id": act.account_id, "target_id": comment}
    return Planned(
        handler="channels.act",
        kind=act.kind.value,
        scope_id=house.presence.scope_id,
        serial_key=f"{house.connection.public_id}:{comment}",
        subject_kind="dialogue.item",
        subject_id=house.item(comment).public_id,
        payload={"act": payload, "connection": str(house.connection.public_id)},
    )
