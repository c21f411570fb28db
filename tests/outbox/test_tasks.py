"""The worker's part, and how a state is shown."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.outbox.acts import act, state
from torg.connectors import contract
from torg.core import ids
from torg.outbox import commands as outbox
from torg.outbox import queries, sending, tasks, writing
from torg.outbox.models import NEXT_STATES, ActState, OutboxAct
from torg.outbox.types import Sent

pytestmark = pytest.mark.django_db


def test_the_job_sends_all_that_is_due(at, handler):
    rows = [outbox.plan(act(), at=at) for _number in range(3)]

    tasks.send()

    assert {state(row) for row in rows} == {ActState.CONFIRMED}


def test_the_clock_finishes_what_was_left_unconfirmed(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    handler.matches = [contract.Match("1")]
    row = outbox.plan(act(), at=at)
    sending.send_due(at=at)

    tasks.tick(0)

    assert state(row) == ActState.CONFIRMED


def test_an_act_that_was_never_planned_has_no_state(db):
    assert queries.state_of("test.answer", ids.new()) is None


def test_the_state_is_shown_with_word_and_sentence(at, handler):
    handler.answers = [contract.Ambiguous("time-out")]
    planned = act()
    outbox.plan(planned, at=at)
    sending.send_due(at=at)

    with translation.override("en"):
        standing = queries.state_of(planned.subject_kind, planned.subject_id)
        page = render_to_string("outbox/parts/state.html", {"standing": standing})

    assert "Not confirmed" in page
    assert "Facebook did not answer. We look before we send again." in page


def test_what_a_person_has_dealt_with_is_no_longer_stuck(at, handler):
    handler.answers = [contract.Refused("no")]
    planned = act()
    row = outbox.plan(planned, at=at)
    sending.send_due(at=at)
    assert list(queries.stuck([row.scope_id])) == [row]

    outbox.plan(planned, at=at)

    assert list(queries.stuck([row.scope_id])) == []
    assert list(queries.stuck([ids.new()])) == []


def test_every_state_has_its_next_states():
    assert set(NEXT_STATES) == set(ActState)


def test_what_a_handler_sees_holds_no_text_when_it_is_printed():
    row = OutboxAct(**{name: None for name in Sent.__slots__ if name != "payload"}, payload={"text": "Hei"})

    assert "Hei" not in repr(row.as_sent()) + str(row) + repr(row)


@pytest.mark.parametrize("path", ["xml.sax.saxutils", "tests.outbox.handlers.fake"], ids=["module", "object"])
def test_a_handler_is_a_module_or_an_object(settings, path):
    settings.OUTBOX_HANDLERS = {"test": path}

    assert writing.handler_of(OutboxAct(handler="test"))
