"""Carrying acts out: what the platform can answer, and what follows."""

from datetime import timedelta

import pytest

from tests.outbox.acts import act, state
from torg.audit.models import AuditEvent
from torg.connectors import contract
from torg.core.actors import Operator
from torg.outbox import commands as outbox
from torg.outbox import queries, sending
from torg.outbox.models import ActState, OutboxAct

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
SOMEBODY = Operator("kari-pc")


def test_a_confirmed_act_has_its_address_a_trace_and_an_owner_who_knows(at, handler):
    handler.answers = [contract.Done("123_456", permalink="https://example.org/123")]
    row = outbox.plan(act(), at=at)

    sending.send_due(at=at)

    row.refresh_from_db()
    assert (row.state, row.external_id, row.permalink) == ("CONFIRMED", "123_456", "https://example.org/123")
    assert AuditEvent.objects.get(name="outbox.act.confirmed").target_id == str(row.public_id)
    assert handler.told == [(row.public_id, "CONFIRMED")]


@pytest.mark.parametrize(
    "answer",
    [contract.Done("1" * 3000, permalink="javascript:alert(1)"), contract.Refused("no\x00" * 900, code="1" * 200)],
    ids=["success", "refusal"],
)
def test_an_odd_answer_is_written_down_all_the_same(at, handler, answer):
    handler.answers = [answer]
    row = outbox.plan(act(), at=at)

    sending.send_due(at=at)

    assert state(row) in {ActState.CONFIRMED, ActState.REFUSED}
    assert queries.state_of(row.subject_kind, row.subject_id).permalink == ""


ANSWERS = [
    (contract.Temporary("away"), ActState.PLANNED, "retry"),
    (contract.RateLimited("slow down"), ActState.PLANNED, "retry"),
    (contract.QuotaSpent("no more today"), ActState.PLANNED, "retry"),
    (contract.Refused("against the rules"), ActState.REFUSED, "tell-a-person"),
    (contract.WindowClosed("too late"), ActState.REFUSED, "tell-a-person"),
    (contract.Gone("deleted"), ActState.REFUSED, "tell-a-person"),
    (contract.PermissionMissing("scope"), ActState.FAILED, "reconnect"),
    (contract.CredentialsDead("token"), ActState.FAILED, "reconnect"),
    (contract.Duplicate("same text"), ActState.UNCONFIRMED, "look-first"),
    (contract.Ambiguous("time-out"), ActState.UNCONFIRMED, "look-first"),
    (ZeroDivisionError("our mistake"), ActState.FAILED, "tell-a-person"),
]


@pytest.mark.parametrize(("answer", "expected", "step"), ANSWERS, ids=lambda value: type(value).__name__)
def test_each_error_leads_to_its_state_and_next_step(at, handler, answer, expected, step):
    handler.answers = [answer]
    row = outbox.plan(act(), at=at)

    sending.send_due(at=at)

    row.refresh_from_db()
    assert (row.state, row.next_step) == (expected, step)
    assert queries.state_of(row.subject_kind, row.subject_id).sentence


def test_a_platform_that_is_away_is_asked_again_later_and_more_seldom(at, handler):
    handler.answers = [contract.Temporary("away"), contract.Temporary("away")]
    handler.takes_effect = False
    row = outbox.plan(act(), at=at)

    waits = []
    for _attempt in range(2):
        sending.send_due(at=at)
        row.refresh_from_db()
        waits.append(row.next_attempt_at - at)
        at = row.next_attempt_at

    assert waits == [timedelta(seconds=30), timedelta(seconds=60)]
    assert sending.send_due(at=at - timedelta(seconds=1)) == 0


def test_a_platform_that_stays_away_is_given_up(at, handler):
    handler.answers = [contract.Temporary("away")] * 12
    row = outbox.plan(act(), at=at)

    for attempt in range(12):
        sending.send_due(at=at + attempt * DAY)

    row.refresh_from_db()
    assert (row.state, row.next_step, row.attempts) == (ActState.FAILED, "tell-a-person", 12)


def test_the_platform_decides_how_long_we_wait(at, handler):
    handler.answers = [contract.RateLimited("slow down", until=at + 17 * MINUTE)]
    row = outbox.plan(act(), at=at)

    sending.send_due(at=at)

    row.refresh_from_db()
    assert row.next_attempt_at == at + 17 * MINUTE


def test_a_time_out_after_success_gives_one_act_only(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    row = outbox.plan(act(), at=at)
    sending.send_due(at=at)
    handler.matches = [contract.Match("123_456")]

    sending.look_due(at=at + MINUTE)
    sending.send_due(at=at + DAY)

    row.refresh_from_db()
    assert (row.state, row.external_id) == (ActState.CONFIRMED, "123_456")
    assert handler.performed == ["Hei på deg"]


def test_nothing_found_at_first_is_looked_for_again_and_then_goes_to_a_person(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    row = outbox.plan(act(), at=at)
    sending.send_due(at=at)

    sending.look_due(at=at + MINUTE)
    assert list(queries.stuck([row.scope_id])) == []
    sending.look_due(at=at + 6 * MINUTE)

    assert list(queries.stuck([row.scope_id])) == [row]
    assert sending.look_due(at=at + DAY) == sending.send_due(at=at + DAY) == 0
    assert len(handler.performed) == 1


def test_several_matches_go_to_a_person(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    handler.matches = [contract.Match("1"), contract.Match("2")]
    row = outbox.plan(act(), at=at)
    sending.send_due(at=at)

    sending.look_due(at=at + MINUTE)

    row.refresh_from_db()
    assert (row.state, row.error_class, row.next_step) == (ActState.UNCONFIRMED, "SeveralMatches", "tell-a-person")


def test_the_known_result_of_another_act_is_no_match(at, handler):
    handler.answers = [contract.Done("1"), contract.Ambiguous("time-out")]
    handler.matches = [contract.Match("1")]
    outbox.plan(act(), at=at)
    second = outbox.plan(act(), at=at)
    sending.send_due(at=at)

    sending.look_due(at=at + MINUTE)

    assert state(second) == ActState.UNCONFIRMED


def test_a_look_that_fails_is_tried_again(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    handler.matches = contract.Temporary("away")
    row = outbox.plan(act(), at=at)
    sending.send_due(at=at)
    sending.look_due(at=at + 6 * MINUTE)

    handler.matches = [contract.Match("1")]
    sending.look_due(at=at + 7 * MINUTE)

    assert state(row) == ActState.CONFIRMED


def test_acts_in_one_line_go_one_at_a_time_in_their_order(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    first = outbox.plan(act(serial_key="thread-1", payload={"text": "en"}), at=at)
    outbox.plan(act(serial_key="thread-1", payload={"text": "to"}), at=at)
    sending.send_due(at=at)
    assert handler.performed == ["en"]

    outbox_id = OutboxAct.objects.get(pk=first.pk).public_id
    sending.look_due(at=at + 6 * MINUTE)
    outbox.settle(act_id=outbox_id, external_id="1", by=SOMEBODY, at=at)
    sending.send_due(at=at + 6 * MINUTE)

    assert handler.performed == ["en", "to"]


def test_what_waits_for_its_next_attempt_is_not_overtaken_in_its_line(at, handler):
    handler.answers = [contract.Temporary("away")]
    handler.takes_effect = False
    outbox.plan(act(serial_key="thread-1", payload={"text": "en"}), at=at)
    outbox.plan(act(serial_key="thread-1", payload={"text": "to"}), at=at)
    outbox.plan(act(serial_key="thread-2", payload={"text": "annet sted"}), at=at)
    sending.send_next(at=at)

    handler.takes_effect = True
    sending.send_due(at=at)
    assert handler.performed == ["annet sted"]
    sending.send_due(at=at + MINUTE)

    assert handler.performed == ["annet sted", "en", "to"]


def test_a_line_that_waits_for_an_answer_does_not_hold_up_the_others(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    for _number in range(8):
        outbox.plan(act(serial_key="thread-1"), at=at)
    other = outbox.plan(act(serial_key="thread-2"), at=at)

    sending.send_due(at=at)

    assert state(other) == ActState.CONFIRMED


LATE = [(contract.Done("1"), ActState.CONFIRMED), (contract.Temporary("away"), ActState.UNCONFIRMED)]


@pytest.mark.parametrize(("answer", "expected"), LATE, ids=["success", "failure"])
def test_of_a_late_outcome_only_success_is_believed(at, handler, answer, expected):
    handler.answers = [answer]
    row = outbox.plan(act(), at=at)
    handler.while_performing = lambda act: OutboxAct.objects.filter(pk=row.pk).update(state=ActState.UNCONFIRMED)

    sending.send_due(at=at)

    assert state(row) == expected


def test_what_is_planned_for_tomorrow_does_not_stand_in_the_way(at, handler):
    outbox.plan(act(serial_key="page", payload={"text": "i morgen"}, not_before=at + DAY), at=at)
    outbox.plan(act(serial_key="page", payload={"text": "nå"}), at=at)

    sending.send_due(at=at)
    assert handler.performed == ["nå"]
    sending.send_due(at=at + DAY)

    assert handler.performed == ["nå", "i morgen"]


def test_an_act_waits_until_what_goes_first_is_confirmed(at, handler):
    handler.answers = [contract.Temporary("away")]
    notice = outbox.plan(act(payload={"text": "varsel"}), at=at)
    outbox.plan(act(payload={"text": "sletting"}), at=at, after=notice.public_id)

    handler.takes_effect = False
    sending.send_due(at=at)
    handler.takes_effect = True
    sending.send_due(at=at + MINUTE)

    assert handler.performed == ["varsel", "sletting"]


def test_what_waited_for_a_refused_act_stops_and_goes_on_when_that_is_tried_again(at, handler):
    handler.answers = [contract.Refused("no")]
    notice = outbox.plan(act(), at=at)
    removal = outbox.plan(act(), at=at, after=notice.public_id)
    sending.send_due(at=at)
    assert (state(removal), len(handler.performed)) == (ActState.FAILED, 1)

    outbox.retry(act_id=notice.public_id, by=SOMEBODY, at=at)
    sending.send_due(at=at)

    assert (state(notice), state(removal)) == (ActState.CONFIRMED, ActState.CONFIRMED)


def test_an_owner_that_fails_does_not_undo_the_outcome_and_is_told_again(at, handler):
    handler.owner_breaks = True
    row = outbox.plan(act(), at=at)
    sending.send_due(at=at)
    assert (state(row), handler.told) == (ActState.CONFIRMED, [])

    handler.owner_breaks = False
    sending.tell_owners(at=at)

    assert handler.told == [(row.public_id, "CONFIRMED")]
    assert sending.tell_owners(at=at) == 0


def test_nothing_that_is_sent_is_logged(at, handler, capsys, caplog):
    handler.answers = [ValueError("Hei på deg, Kari")]
    outbox.plan(act(), at=at)

    sending.send_due(at=at)

    printed = capsys.readouterr()
    logged = printed.out + printed.err + caplog.text
    assert "outbox.handler_broke" in logged
    assert "Hei" not in logged


def test_an_unknown_handler_fails_the_act_and_not_the_worker(at, handler):
    row = outbox.plan(act(handler="nobody"), at=at)

    sending.send_due(at=at)

    assert state(row) == ActState.FAILED
