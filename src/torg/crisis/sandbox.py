"""Where the acts of an exercise go: the outbox runs as always, this handler says that it arrived, and nothing leaves.

It imports no connector and knows no address. What an exercise does can only be planned for it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from torg.connectors import contract
from torg.crisis.models import Incident
from torg.outbox import commands as outbox
from torg.outbox.types import Planned, Sent

HANDLER = "crisis.sandbox"
POST, REPLY = "crisis.sandbox_post", "crisis.asked"
# Before all else that waits: in an incident and in an exercise of it, minutes count.
FIRST = outbox.FIRST


def plan(incident: Incident, subjects: Sequence[tuple[str, UUID, str]], *, at: datetime) -> None:
    """Plan an act for each subject (its kind, its id, and the place's name). Raises ValueError outside an exercise."""
    if not incident.is_exercise:
        raise ValueError("Only an exercise goes into the sandbox.")
    acts = [
        Planned(
            handler=HANDLER,
            kind="exercise",
            scope_id=incident.scope_id,
            serial_key=f"sandbox:{subject_id}",
            subject_kind=kind,
            subject_id=subject_id,
            payload={},
            not_before=FIRST,
            place=place[:60],
        )
        for kind, subject_id, place in subjects
    ]
    outbox.plan_many(acts, at=at)


def perform(act: Sent) -> contract.Done:
    """Say that it arrived. There is no payload: the texts of an exercise are not even in the outbox."""
    return contract.Done(external_id=f"sandbox-{act.subject_id}")


def look(act: Sent, since: datetime) -> Sequence[contract.Match]:
    """Nothing left, so there is nothing to look for; it may be repeated."""
    return ()


def on_outcome(act: Sent, at: datetime) -> None:
    """Tell the subject's owner, where it has one that wants to know."""
    path = settings.OUTCOME_HANDLERS.get(act.subject_kind)
    if path is not None:
        import_string(path)(subject_id=act.subject_id, act=act, at=at)
