"""Acts for tests."""

from torg.core import ids
from torg.outbox.models import OutboxAct
from torg.outbox.types import Planned


def act(**changes):
    given = {
        "handler": "test",
        "kind": "reply",
        "scope_id": ids.new(),
        "serial_key": f"thread-{ids.new()}",
        "subject_kind": "test.answer",
        "subject_id": ids.new(),
        "payload": {"text": "Hei på deg"},
        "place": "Facebook",
    }
    return Planned(**{**given, **changes})


def state(row):
    return OutboxAct.objects.get(pk=row.pk).state
