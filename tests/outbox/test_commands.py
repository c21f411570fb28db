"""Planning acts, and what a person decides about those that are stuck."""

from datetime import timedelta

import pytest

from tests.outbox.acts import act, state
from torg.audit.models import AuditEvent
from torg.connectors import contract
from torg.core import ids
from torg.core.actors import Operator
from torg.core.errors import InvalidTransition, NotFound
from torg.outbox import commands as outbox
from torg.outbox import sending
from torg.outbox.models import ActState, OutboxAct

pytestmark = pytest.mark.django_db
SOMEBODY = Operator("kari-pc")
LATER = timedelta(hours=2)


def unconfirmed(handler, at):
    row = outbox.plan(act(), at=at)
    handler.answers = [contract.Ambiguous("no answer")]
    sending.send_due(at=at)
    sending.look_due(at=at + LATER)
    return OutboxAct.objects.get(pk=row.pk)


def failed(handler, at, error):
    row = outbox.plan(act(), at=at)
    handler.answers = [error]
    sending.send_due(at=at)
    return OutboxAct.objects.get(pk=row.pk)


def test_a_planned_act_waits_for_the_worker(at):
    row = outbox.plan(act(), at=at)

    assert (row.state, row.next_attempt_at, row.attempts) == (ActState.PLANNED, at, 0)


def test_the_same_act_is_not_planned_twice(at):
    first = act()
    outbox.plan(first, at=at)

    with pytest.raises(outbox.AlreadyPlanned):
        outbox.plan(first, at=at)


@pytest.mark.parametrize("name", ["handler", "kind", "subject_kind"])
def test_what_will_stand_in_the_log_must_be_a_code(name):
    with pytest.raises(ValueError, match="code in lower case"):
        act(**{name: "Hide Comment"})


def test_nothing_is_planned_after_what_has_stopped(at, handler):
    first = outbox.plan(act(), at=at)
    outbox.withdraw(act_id=first.public_id, by=SOMEBODY, at=at)

    with pytest.raises(InvalidTransition):
        outbox.plan(act(), at=at, after=first.public_id)


def test_a_planned_act_can_be_withdrawn_and_is_never_sent(at, handler):
    row = outbox.plan(act(), at=at)

    outbox.withdraw(act_id=row.public_id, by=SOMEBODY, at=at)

    assert sending.send_due(at=at + LATER) == 0
    assert (state(row), handler.performed) == (ActState.WITHDRAWN, [])
    assert AuditEvent.objects.get(name="outbox.act.withdrawn").actor_ref == "kari-pc"


def test_what_has_arrived_cannot_be_withdrawn(at, handler):
    row = outbox.plan(act(), at=at)
    sending.send_due(at=at)

    with pytest.raises(InvalidTransition):
        outbox.withdraw(act_id=row.public_id, by=SOMEBODY, at=at)


def test_a_refused_act_is_sent_again_when_a_person_asks(at, handler):
    row = failed(handler, at, contract.CredentialsDead("token expired", code="190/460"))
    assert (row.state, row.next_step, row.error_code) == (ActState.FAILED, "reconnect", "190/460")

    outbox.retry(act_id=row.public_id, by=SOMEBODY, at=at)
    sending.send_due(at=at)

    assert state(row) == ActState.CONFIRMED
    assert AuditEvent.objects.filter(name="outbox.act.retried", actor_ref="kari-pc").count() == 1


def test_after_our_own_mistake_a_retry_looks_before_it_sends(at, handler):
    row = failed(handler, at, KeyError("id"))
    handler.matches = [contract.Match("out-there")]

    outbox.retry(act_id=row.public_id, by=SOMEBODY, at=at)
    sending.send_due(at=at)
    sending.look_due(at=at)

    assert (state(row), len(handler.performed)) == (ActState.CONFIRMED, 1)


@pytest.mark.parametrize("put", ["planned", "confirmed", "withdrawn"])
def test_what_is_under_way_or_done_cannot_be_tried_again(at, handler, put):
    row = outbox.plan(act(), at=at)
    if put == "confirmed":
        sending.send_due(at=at)
    if put == "withdrawn":
        outbox.withdraw(act_id=row.public_id, by=SOMEBODY, at=at)

    with pytest.raises(InvalidTransition):
        outbox.retry(act_id=row.public_id, by=SOMEBODY, at=at)


def test_a_person_who_found_it_settles_the_act(at, handler):
    row = unconfirmed(handler, at)

    outbox.settle(act_id=row.public_id, external_id="123_456", by=SOMEBODY, at=at)

    row.refresh_from_db()
    assert (row.state, row.external_id) == (ActState.CONFIRMED, "123_456")
    assert AuditEvent.objects.get(name="outbox.act.settled").actor_ref == "kari-pc"


def test_what_a_person_did_not_find_is_sent_again_only_when_asked(at, handler):
    row = unconfirmed(handler, at)
    outbox.settle(act_id=row.public_id, external_id=None, by=SOMEBODY, at=at)
    assert sending.send_due(at=at + LATER) == 0

    outbox.retry(act_id=row.public_id, by=SOMEBODY, at=at + LATER)
    sending.send_due(at=at + LATER)

    assert (state(row), len(handler.performed)) == (ActState.CONFIRMED, 2)


def test_only_an_unconfirmed_act_can_be_settled(at, handler):
    row = outbox.plan(act(), at=at)

    with pytest.raises(InvalidTransition):
        outbox.settle(act_id=row.public_id, external_id="1", by=SOMEBODY, at=at)


def test_an_act_outside_ones_scopes_is_absent(at):
    row = outbox.plan(act(), at=at)

    with pytest.raises(NotFound):
        outbox.withdraw(act_id=row.public_id, by=SOMEBODY, at=at, within=[ids.new()])


def test_what_must_not_happen_to_a_state_is_refused(at):
    row = outbox.plan(act(), at=at)

    with pytest.raises(InvalidTransition):
        row.move_to(ActState.CONFIRMED)
