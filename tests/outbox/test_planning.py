"""Planning acts."""

import pytest

from torg.core import ids
from torg.outbox import commands as outbox
from torg.outbox.models import ActState
from torg.outbox.types import Planned


def act(**changes):
    given = {
        "handler": "test",
        "kind": "reply",
        "scope_id": ids.new(),
        "serial_key": "thread-1",
        "subject_kind": "test.answer",
        "subject_id": ids.new(),
        "payload": {"text": "Hei"},
    }
    return Planned(**{**given, **changes})


@pytest.mark.django_db
def test_a_planned_act_waits_for_the_worker(at):
    row = outbox.plan(act(), at=at)

    assert (row.state, row.next_attempt_at, row.attempts) == (ActState.PLANNED, at, 0)


@pytest.mark.django_db
def test_the_same_act_is_not_planned_twice(at):
    first = act()
    outbox.plan(first, at=at)

    with pytest.raises(outbox.AlreadyPlanned):
        outbox.plan(first, at=at)
