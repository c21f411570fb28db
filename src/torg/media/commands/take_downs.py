"""Finish the tasks to take media down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.media import events, queries
from torg.media.models import TakeDown
from torg.media.models.take_downs import ELSEWHERE
from torg.media.types import TakeDownState
from torg.records import actors


@transaction.atomic
def take_down(*, take_down_id: UUID, by: Actor, at: datetime) -> TakeDown:
    """Note that a medium is down from a place. What the product can see for itself is not taken on trust.

    Raises NotFound, InvalidTransition when it still stands there, or somebody has done it already.
    """
    task = queries.take_down_or_absent(by, take_down_id, at=at)
    if task.use_kind != ELSEWHERE and _stands(task):
        raise InvalidTransition(_("It still stands there. Take it out of the article or the post first."))
    _finish(task, TakeDownState.DONE, by, at)
    audit.record(events.TAKEN_DOWN, actor=by, scope=task.scope_id, target=task, at=at)
    return task


@transaction.atomic
def leave_standing(*, take_down_id: UUID, because: str, by: Actor, at: datetime) -> TakeDown:
    """Let a medium stay in a place, on another ground than the consent, such as art. 85 or § 104 a.

    Raises NotFound, Invalid without a reason, InvalidTransition.
    """
    task = queries.take_down_or_absent(by, take_down_id, at=at)
    if not because.strip():
        raise Invalid(_("Say on what ground it can stay."), field="because")
    task.because = because.strip()
    _finish(task, TakeDownState.KEPT, by, at)
    audit.record(events.LEFT_STANDING, actor=by, scope=task.scope_id, target=task, at=at)
    return task


def _stands(task: TakeDown) -> bool:
    return any((use.kind, use.public_id) == (task.use_kind, task.use_id) for use in queries.uses_of([task.medium_id]))


def _finish(task: TakeDown, state: TakeDownState, by: Actor, at: datetime) -> None:
    task.move_to(state)
    task.done_at, task.done_by = at, actors.told(by)
    task.save(update_fields=["state", "done_at", "done_by", "because"])
