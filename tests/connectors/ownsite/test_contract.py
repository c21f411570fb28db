"""Our own site keeps the promises that every channel makes, and tells honestly what it cannot do."""

from datetime import timedelta

import pytest

from tests.connectors.ownsite.boards import ARTICLE, AT, COMMENT, TinyBoard, comment
from torg.connectors import contract
from torg.connectors.board import Story
from torg.connectors.channels.ownsite import delivery
from torg.connectors.channels.ownsite.connector import OwnSiteConnector
from torg.connectors.channels.ownsite.intake import OwnSiteIntake
from torg.connectors.contract import Act, ActKind, Cursor, Kind, PlatformState
from torg.connectors.suite import ChannelSuite

SITE = "nettstedet"


def connector(board: TinyBoard | None = None) -> OwnSiteConnector:
    return OwnSiteConnector(board or TinyBoard(), site=SITE)


class TestOwnSiteConnector(ChannelSuite):
    account_id = SITE
    comment_id = COMMENT

    def make_channel(self) -> OwnSiteConnector:
        return connector()

    def make_channel_that_loses_the_answer(self) -> OwnSiteConnector:
        return connector(TinyBoard(is_silent=True))

    def make_intake(self) -> OwnSiteIntake:
        return OwnSiteIntake()


def test_a_signed_delivery_is_read_as_a_comment_by_somebody_whom_a_name_does_not_identify():
    body = delivery.of_comment(SITE, "add", comment())
    intake = OwnSiteIntake()

    intake.verify(body, delivery.sign(body, secret="s"), secret="s")
    (event,) = intake.parse(body)

    assert (event.kind, event.verb, event.post_id, event.parent_id) == (Kind.COMMENT, "add", ARTICLE, ARTICLE)
    assert (event.author_id, event.author_name, event.own) == (f"anyone-{COMMENT}", "Kari", False)
    assert (event.text, event.occurred_at) == ("Når åpner hallen?", AT)


def test_our_answer_and_an_act_are_told_as_ours():
    answered = delivery.of_comment(SITE, "add", comment("c-2", parent_id=COMMENT, is_own=True))
    hidden = delivery.of_comment(SITE, "hide", comment(state=PlatformState.HIDDEN_BY_US))

    (answer,), (hiding,) = OwnSiteIntake().parse(answered), OwnSiteIntake().parse(hidden)

    assert (answer.kind, answer.parent_id, answer.own) == (Kind.REPLY, COMMENT, True)
    assert (hiding.platform_state, hiding.own, hiding.text) == (PlatformState.HIDDEN_BY_US, True, None)


def test_an_article_is_told_with_its_title_and_what_is_not_understood_is_kept():
    told = delivery.of_story(SITE, "add", Story(ARTICLE, "Hallen åpner", "Kl. 10.", "https://x.example/", AT))
    strange = b'{"version": 1, "site": "nettstedet", "verb": "dance"}'

    (post,), (unknown,) = OwnSiteIntake().parse(told), OwnSiteIntake().parse(strange)

    assert (post.kind, post.external_id, post.attachments[0].title, post.own) == (
        Kind.POST, ARTICLE, "Hallen åpner", True,
    )  # fmt: skip
    assert unknown.kind is Kind.UNKNOWN


@pytest.mark.parametrize("kind", [ActKind.BAN, ActKind.MESSAGE, ActKind.PUBLISH])
def test_what_is_not_possible_here_is_refused(kind):
    with pytest.raises(contract.Refused):
        connector().perform(Act(kind, SITE, target_id=COMMENT, text="x"))


def test_a_private_letter_goes_only_where_an_address_was_left():
    board = TinyBoard()
    act = Act(ActKind.PRIVATE_REPLY, SITE, target_id=COMMENT, text="Vi har skjult det.")

    connector(board).perform(act)
    with pytest.raises(contract.Refused):
        connector(TinyBoard(has_address=False)).perform(act)

    assert board.letters == ["Vi har skjult det."]


def test_only_our_own_words_are_changed_and_what_is_removed_is_gone():
    board = TinyBoard()
    channel = connector(board)

    with pytest.raises(contract.Refused):
        channel.perform(Act(ActKind.EDIT, SITE, target_id=COMMENT, text="Noe annet"))
    channel.perform(Act(ActKind.DELETE, SITE, target_id=COMMENT))
    with pytest.raises(contract.Gone):
        channel.perform(Act(ActKind.REPLY, SITE, target_id=COMMENT, text="Hei"))


def test_a_poll_of_more_than_a_page_at_one_moment_comes_to_an_end():
    rows = {f"c-{number}": comment(f"c-{number}") for number in range(450)}
    rows["c-last"] = comment("c-last", changed_at=AT + timedelta(hours=1))
    channel = connector(TinyBoard(rows))

    cursor, found, pages = Cursor("comments"), set(), 0
    while pages < 10:
        polled = channel.poll(cursor)
        found |= {event.external_id for event in polled.events}
        cursor, pages = polled.cursor, pages + 1
        if polled.is_last:
            break

    assert polled.is_last and "c-last" in found
