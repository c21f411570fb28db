"""What happens in Messenger, in our words."""

from datetime import UTC, datetime

import pytest

from tests.connectors.facebook.deliveries import PAGE, PERSON, events_of, message, only, parse
from torg.connectors.contract import Kind


def test_a_message_comes_with_who_wrote_it_and_milliseconds():
    event = only(events_of(messaging=(message(message={"mid": "m_1", "text": "Hei"}),)))

    assert (event.kind, event.verb, event.external_id, event.text) == (Kind.MESSAGE, "add", "m_1", "Hei")
    assert (event.author_id, event.own, event.details["person_id"]) == (PERSON, False, PERSON)
    assert event.occurred_at == datetime(2026, 3, 10, 9, 0, 0, 250000, UTC)


def test_an_echo_is_our_own_and_tells_which_application_sent_it():
    echo = message(sender={"id": PAGE}, recipient={"id": PERSON}, message={"mid": "m_2", "is_echo": True, "app_id": 7})
    event = only(events_of(messaging=(echo,)))

    assert (event.own, event.echo_app_id, event.details["person_id"]) == (True, "7", PERSON)


def test_an_answer_by_hand_elsewhere_is_our_own_without_an_application():
    echo = message(sender={"id": PAGE}, recipient={"id": PERSON}, message={"mid": "m_2", "is_echo": True})

    assert only(events_of(messaging=(echo,))).echo_app_id is None


def test_unsending_removes_the_same_message():
    event = only(events_of(messaging=(message(message={"mid": "m_1", "is_deleted": True}),)))

    assert (event.kind, event.verb, event.external_id) == (Kind.MESSAGE, "remove", "m_1")


def test_an_edit_names_the_same_message():
    event = only(events_of(messaging=(message(message_edit={"mid": "m_1", "text": "Hei!", "num_edit": 2}),)))

    assert (event.verb, event.external_id, event.text, event.details["num_edit"]) == ("edit", "m_1", "Hei!", "2")


def test_an_answer_to_a_message_names_it():
    event = only(events_of(messaging=(message(message={"mid": "m_3", "reply_to": {"mid": "m_1"}}),)))

    assert event.parent_id == "m_1"


@pytest.mark.parametrize(("action", "verb"), [("react", "add"), ("unreact", "remove")])
def test_a_reaction_has_no_id_and_points_at_the_message(action, verb):
    event = only(events_of(messaging=(message(reaction={"mid": "m_1", "action": action, "emoji": "❤"}),)))

    assert (event.kind, event.verb, event.external_id, event.parent_id) == (Kind.REACTION, verb, None, "m_1")


@pytest.mark.parametrize(
    ("item", "kind", "verb"),
    [
        ({"postback": {"payload": "START", "title": "Kom i gang"}}, Kind.MESSAGE, "postback"),
        ({"read": {"watermark": 1}}, Kind.STATE_CHANGE, "read"),
        ({"delivery": {"watermark": 1, "mids": ["m_1"]}}, Kind.STATE_CHANGE, "delivery"),
        ({"referral": {"ref": "plakat"}}, Kind.STATE_CHANGE, "referral"),
        ({"pass_thread_control": {"new_owner_app_id": 1}}, Kind.STATE_CHANGE, "pass_thread_control"),
        ({"take_thread_control": {"previous_owner_app_id": 1}}, Kind.STATE_CHANGE, "take_thread_control"),
        ({"policy_enforcement": {"action": "block", "reason": "spam"}}, Kind.ACCOUNT, "block"),
        ({"policy-enforcement": {"action": "unblock"}}, Kind.ACCOUNT, "unblock"),
        ({"account_linking": {"status": "linked"}}, Kind.ACCOUNT, "linked"),
        ({"app_roles": {"7": ["primary_receiver"]}}, Kind.ACCOUNT, "app_roles"),
        ({"optin": {"ref": "x"}}, Kind.ACCOUNT, "optin"),
        ({"hologram": {"id": 1}}, Kind.UNKNOWN, "hologram"),
        ({"message": None}, Kind.UNKNOWN, "message"),
        ({"message": {"text": "without an id"}}, Kind.UNKNOWN, "add"),
    ],
)
def test_what_happens_around_messages_is_told_apart(item, kind, verb):
    event = only(events_of(messaging=(message(**item),)))

    assert (event.kind, event.verb) == (kind, verb)


def test_a_watermark_is_kept_with_the_person():
    event = only(events_of(messaging=(message(delivery={"watermark": 1458668856253, "mids": ["m_1", "m_2"]}),)))

    assert dict(event.details) == {"person_id": PERSON, "watermark": "1458668856253", "mids": "m_1 m_2"}


@pytest.mark.parametrize(
    ("attachment", "is_withheld"),
    [
        ({"type": "image", "payload": {"url": "https://a.test/1"}}, False),
        ({"type": "image", "payload": {}}, True),
        ({"type": "sticker", "payload": {"sticker_id": 369}}, True),
        ({"type": "fallback", "title": "Lenke", "url": "https://a.test", "payload": "BLOB"}, False),
        ({"type": "location", "payload": {"coordinates": {"lat": 1, "long": 2}}}, False),
    ],
)
def test_a_file_that_is_kept_from_us_is_shown_as_withheld(attachment, is_withheld):
    event = only(events_of(messaging=(message(message={"mid": "m_1", "attachments": [attachment]}),)))

    assert [found.is_withheld for found in event.attachments] == [is_withheld]
    assert (event.attachments[0].kind == "link") is (attachment["type"] == "fallback")


def test_a_picture_withheld_because_of_europe_is_shown_as_withheld():
    text = "(Unable to load attachment due to new privacy rules in Europe.)"
    event = only(events_of(messaging=(message(message={"mid": "m_1", "text": text}),)))

    assert event.attachments[0].is_withheld


def test_what_the_platform_does_not_support_says_so():
    event = only(events_of(messaging=(message(message={"mid": "m_1", "is_unsupported": True}),)))

    assert event.details["is_unsupported"] == "true"


def test_while_another_application_owns_the_conversation_messages_still_arrive():
    item = message(message={"mid": "m_1", "text": "Hei"})
    event = only(parse({"entry": [{"id": PAGE, "standby": [item]}]}))

    assert (event.kind, event.details["is_standby"]) == (Kind.MESSAGE, "true")


def test_the_dashboards_test_button_sends_a_message_as_a_change():
    value = message(timestamp="1527459824", message={"mid": "test", "text": "test_message"})
    event = only(events_of({"field": "messages", "value": value}))

    assert (event.kind, event.occurred_at) == (Kind.MESSAGE, datetime(2018, 5, 27, 22, 23, 44, tzinfo=UTC))


def test_the_same_message_twice_in_one_delivery_is_told_twice():
    item = message(message={"mid": "m_1", "text": "Hei"})

    assert len(events_of(messaging=(item, item))) == 2
