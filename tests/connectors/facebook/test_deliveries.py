"""Whole deliveries, whatever is in them."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connectors.facebook.deliveries import COMMENT, PAGE, SECONDS, comment, events_of, message, only, parse
from torg.connectors.channels.facebook.intake import FacebookIntake
from torg.connectors.contract import Kind, Unreadable

# The names that the reader looks for, so that strange values come where they are read.
_NAMES = """entry changes messaging standby field value item verb from id name message mid created_time time timestamp
sender recipient delivery read reaction postback attachments payload photos post_id parent_id comment_id attachment
media data is_echo reply_to status"""
_KEYS = st.sampled_from(re.findall(r"\w+", _NAMES))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(max_size=5), inner, max_size=5),
    max_leaves=25,
)


@given(st.dictionaries(_KEYS, _JSON, max_size=6) | st.fixed_dictionaries({"entry": _JSON}))
@settings(max_examples=300, deadline=None)
def test_no_object_is_so_strange_that_reading_it_fails(delivery):
    for event in parse(delivery):
        assert event.kind in Kind
        json.dumps([event.text, event.author_name, event.verb, event.external_id], ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b'{"entry": [',
        b"[]",
        b'"page"',
        b"17",
        b"null",
        b"\xff\xfe\x00",
        b'{"a": NaN}',
        b"[" * 100_000,
    ],
)
def test_what_is_not_a_json_object_is_unreadable_from_the_start(body):
    with pytest.raises(Unreadable):
        FacebookIntake().parse(body)


def test_an_empty_delivery_yields_nothing():
    assert parse({"object": "page", "entry": []}) == []
    assert parse({"object": "page", "entry": [{"id": PAGE, "time": SECONDS}]}) == []


@pytest.mark.parametrize("entry", [None, "x", 3, {"id": PAGE, "calls": [{"x": 1}]}, {"id": PAGE, "changes": "x"}])
def test_an_entry_that_we_do_not_know_is_kept_beside_those_that_we_know(entry):
    known = {"id": PAGE, "changes": [comment()]}
    strange, kept = parse({"entry": [entry, known]})

    assert (strange.kind, kept.kind) == (Kind.UNKNOWN, Kind.COMMENT)


def test_each_entry_goes_to_its_own_account_whether_its_id_is_text_or_number():
    first, second = parse({"entry": [{"id": 1, "changes": [comment()]}, {"id": "2", "changes": [comment()]}]})

    assert (first.account_id, second.account_id) == ("1", "2")


def test_a_thousand_changes_are_a_thousand_events():
    changes = [comment(comment_id=f"9_{number}") for number in range(1000)]

    assert len({event.external_id for event in events_of(*changes)}) == 1000


def test_a_lone_change_from_a_log_finds_its_page_in_the_id_of_the_post():
    assert only(parse(comment())).account_id == PAGE


def test_a_lone_message_from_a_log_finds_its_page_in_the_receiver():
    assert only(parse(message(message={"mid": "m_1"}))).account_id == PAGE


def test_an_answer_of_the_api_is_one_unknown_event():
    assert only(parse({"data": [{"id": COMMENT}], "paging": {}})).kind is Kind.UNKNOWN


def test_nul_and_half_emoji_do_not_reach_the_database():
    body = json.dumps({"entry": [{"id": PAGE, "changes": [comment(message="a\x00b \ud83d c \U0001f600 æ \u202e")]}]})
    event = only(list(FacebookIntake().parse(body.encode())))

    assert event.text == "a\ufffdb \ufffd c \U0001f600 æ \u202e"


def test_a_very_long_text_arrives_whole():
    assert len(only(events_of(comment(message="å" * 60_000))).text) == 60_000


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (SECONDS, "2026-03-10T09:00:00+00:00"),
        (SECONDS * 1000, "2026-03-10T09:00:00+00:00"),
        (str(SECONDS), "2026-03-10T09:00:00+00:00"),
        ("2026-03-10T10:00:00+0100", "2026-03-10T09:00:00+00:00"),
        (4_102_444_800, "2100-01-01T00:00:00+00:00"),
    ],
)
def test_times_are_read_in_seconds_milliseconds_and_words_also_future_ones(told, read):
    assert only(events_of(comment(created_time=told))).occurred_at.isoformat() == read


@pytest.mark.parametrize("told", [..., None, 0, -5, True, "i går", [], 10**40])
def test_without_a_usable_time_the_time_of_the_entry_counts(told):
    assert only(events_of(comment(created_time=told))).occurred_at.timestamp() == SECONDS + 60
