"""Write an outcome down: the state, the trace, those who waited for it, and the subject's owner, all in one."""

import traceback
from datetime import datetime
from importlib import import_module
from typing import cast

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from torg.audit import commands as audit
from torg.audit.types import Event
from torg.core.actors import Actor, Rule
from torg.outbox import events
from torg.outbox.models import STOPPED, ActState, OutboxAct
from torg.outbox.outcomes import PREREQUISITE, Outcome, of_stopped_follower
from torg.outbox.types import Handler

WORKER = Rule("outbox", "1")
log = structlog.get_logger(__name__)

EVENT_OF = {
    ActState.PLANNED: events.POSTPONED,
    ActState.CONFIRMED: events.CONFIRMED,
    ActState.UNCONFIRMED: events.UNCONFIRMED,
    ActState.REFUSED: events.REFUSED,
    ActState.FAILED: events.FAILED,
}


def write(row: OutboxAct, outcome: Outcome, *, at: datetime, by: Actor = WORKER, event: Event | None = None) -> None:
    """Give a locked row its new state, in the caller's transaction."""
    if row.state != outcome.state:
        row.move_to(outcome.state)
    row.next_attempt_at, row.next_step = outcome.next_attempt_at, outcome.next_step
    row.error_class, row.error_code = outcome.error_class, outcome.error_code[:60]
    # PostgreSQL takes no NUL, and an outcome must not be lost over a platform's odd text.
    row.error_reason = outcome.error_reason.replace("\x00", "")
    row.external_id, row.permalink = outcome.external_id, outcome.permalink
    is_finished = outcome.state == ActState.CONFIRMED or outcome.state in STOPPED
    row.finished_at = at if is_finished else None
    row.save()
    facts: dict[str, int | str] = {"attempts": row.attempts, "kind": row.kind, "handler": row.handler}
    if row.error_class:
        facts["error"] = row.error_class.lower()
    audit.record(event or EVENT_OF[outcome.state], actor=by, scope=row.scope_id, target=row, at=at, facts=facts)
    _tell_followers(row, at)
    tell_owner(row, at=at)


def handler_of(row: OutboxAct) -> Handler:
    """The handler that `config/wiring.py` names for this kind of act; a module or an object."""
    path = settings.OUTBOX_HANDLERS[row.handler]
    try:
        handler: Handler = import_string(path)
    except ImportError:
        # A module that nobody has imported yet is no attribute of its package.
        handler = cast(Handler, import_module(path))
    return handler


def where(error: Exception) -> str:
    """Where an unexpected error arose; its text is left out, for it can quote what somebody wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {frame.filename}:{frame.lineno} in {frame.name}"


def tell_owner(row: OutboxAct, *, at: datetime) -> None:
    """Tell the subject's owner of the state; an owner that fails is told again, and never undoes the outcome."""
    try:
        with transaction.atomic():
            handler_of(row).on_outcome(row.as_sent(), at)
    except Exception as error:
        log.error("outbox.owner_not_told", act=str(row.public_id), state=row.state, error=where(error))
        return
    row.owner_told_at = at
    row.save(update_fields=["owner_told_at"])


def _tell_followers(row: OutboxAct, at: datetime) -> None:
    """Whoever waits for an act that stopped stops too, and goes on when it is tried again."""
    if row.state in STOPPED:
        waiting, outcome = row.followers.filter(state=ActState.PLANNED), of_stopped_follower()
    elif row.state == ActState.PLANNED:
        waiting = row.followers.filter(state=ActState.FAILED, error_class=PREREQUISITE)
        outcome = Outcome(ActState.PLANNED, next_attempt_at=at)
    else:
        return
    for follower in waiting.select_for_update().order_by("id"):
        write(follower, outcome, at=at)
