"""Plan an act, and what a person decides about one that got stuck."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.connectors.contract import NextStep
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition, NotFound
from torg.outbox import events
from torg.outbox.models import STOPPED, ActState, OutboxAct
from torg.outbox.outcomes import BUG, NOT_THERE, Outcome
from torg.outbox.types import Planned
from torg.outbox.writing import write

WAKE = "torg_work"
# As `not_before`: before all else that waits, however long the queue is.
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


class AlreadyPlanned(InvalidTransition):
    """The same act on the same subject is under way already."""


def plan(act: Planned, /, *, at: datetime, after: UUID | None = None) -> OutboxAct:
    """Write down an act toward the outside, in the caller's transaction; a worker carries it out after the commit.

    Args:
        act: what should happen.
        at: now.
        after: public id of the act that must be confirmed first.

    Raises AlreadyPlanned when the same kind of act on the same subject is under way, InvalidTransition when
    what must come first has stopped.
    """
    before = OutboxAct.objects.get(public_id=after) if after else None
    if before is not None and before.state in STOPPED:
        raise InvalidTransition(_("What should go first has stopped. Try that again first."))
    with _one_at_a_time():
        row = _row(act, before, at=at)
        row.save()
    _wake(act.not_before)
    return row


def plan_many(acts: Sequence[Planned], /, *, at: datetime, after: Sequence[OutboxAct | None] = ()) -> list[OutboxAct]:
    """The same as `plan` for many at once, in a few statements: what one decision about hundreds of texts needs.

    Args:
        acts: what should happen; the rows come back in this order.
        at: now.
        after: for each act the one that must be confirmed first, or None; left out when none must.

    Raises AlreadyPlanned, InvalidTransition, as `plan` does; nothing is planned then.
    """
    before = list(after) or [None] * len(acts)
    if any(row is not None and row.state in STOPPED for row in before):
        raise InvalidTransition(_("What should go first has stopped. Try that again first."))
    with _one_at_a_time():
        rows = OutboxAct.objects.bulk_create(
            [_row(act, first, at=at) for act, first in zip(acts, before, strict=True)], batch_size=500
        )
    for not_before in {act.not_before for act in acts}:
        _wake(not_before)
    return rows


@transaction.atomic
def put_first(*, act_ids: Collection[UUID], by: Actor, at: datetime) -> int:
    """Let acts that nobody has tried go before all else that waits (forrang): what an incident needs.

    Args:
        act_ids: their public ids; those that are being sent or have been are left as they are.
        by: who asks; the caller has checked that they may.
        at: now.

    Returns how many were moved.
    """
    waiting = OutboxAct.objects.filter(public_id__in=list(act_ids), state=ActState.PLANNED, attempts=0)
    moved = waiting.update(next_attempt_at=FIRST)
    audit.record(events.PUT_FIRST, actor=by, scope=None, target=None, at=at, facts={"acts": moved})
    return moved


@transaction.atomic
def retry(*, act_id: UUID, by: Actor, at: datetime, within: Collection[UUID] | None = None) -> OutboxAct:
    """Try again now; where nobody knows how the last attempt ended, look first.

    Args:
        act_id: the act's public id.
        by: who asks; the caller has checked that they may.
        at: now.
        within: the scopes they may act in; None for all. An act outside is absent.

    Raises NotFound, InvalidTransition when the act is being sent, has arrived, or was withdrawn.
    """
    row = _locked(act_id, within)
    is_put_off = row.state == ActState.PLANNED and row.attempts > 0
    if not is_put_off and row.state not in {ActState.UNCONFIRMED, ActState.REFUSED, ActState.FAILED}:
        raise InvalidTransition(_("This cannot be tried again now. Load the page again."))
    if row.after is not None and row.after.state in STOPPED:
        raise InvalidTransition(_("What should go first has stopped. Try that again first."))
    is_unsure = row.state == ActState.UNCONFIRMED or (row.state == ActState.FAILED and row.error_class == BUG)
    state, step = (ActState.UNCONFIRMED, NextStep.LOOK_FIRST) if is_unsure else (ActState.PLANNED, NextStep.RETRY)
    with _one_at_a_time():
        again = Outcome(state, next_attempt_at=at, next_step=step, error_class=row.error_class)
        write(row, again, at=at, by=by, event=events.RETRIED)
    _wake(None)
    return row


@transaction.atomic
def settle(
    *, act_id: UUID, external_id: str | None, by: Actor, at: datetime, within: Collection[UUID] | None = None
) -> OutboxAct:
    """Write down what a person found out about an unconfirmed act.

    Args:
        act_id: the act's public id.
        external_id: what it became on the platform; None when it is not there, and may then be sent again.
        by: who looked; the caller has checked that they may.
        at: now.
        within: as for `retry`.

    Raises NotFound, InvalidTransition when the act is not unconfirmed.
    """
    row = _locked(act_id, within)
    if row.state != ActState.UNCONFIRMED:
        raise InvalidTransition(_("This is already settled. Load the page again."))
    outcome = Outcome(ActState.FAILED, next_step=NextStep.TELL_A_PERSON, error_class=NOT_THERE)
    if external_id is not None:
        outcome = Outcome(ActState.CONFIRMED, external_id=external_id)
    write(row, outcome, at=at, by=by, event=events.SETTLED)
    return row


@transaction.atomic
def withdraw(*, act_id: UUID, by: Actor, at: datetime, within: Collection[UUID] | None = None) -> OutboxAct:
    """Take an act back before it is sent (angre), or give up one that was refused or failed.

    Raises NotFound, InvalidTransition when it is already being sent or has been.
    """
    row = _locked(act_id, within)
    write(row, Outcome(ActState.WITHDRAWN), at=at, by=by, event=events.WITHDRAWN)
    return row


def _row(act: Planned, before: OutboxAct | None, *, at: datetime) -> OutboxAct:
    return OutboxAct(
        handler=act.handler,
        kind=act.kind,
        scope_id=act.scope_id,
        serial_key=act.serial_key,
        subject_kind=act.subject_kind,
        subject_id=act.subject_id,
        payload=dict(act.payload),
        place=act.place,
        after=before,
        next_attempt_at=act.not_before or at,
        planned_at=at,
    )


def _locked(act_id: UUID, within: Collection[UUID] | None) -> OutboxAct:
    rows = OutboxAct.objects.select_for_update().filter(public_id=act_id)
    if within is not None:
        rows = rows.filter(scope_id__in=within)
    row = rows.first()
    if row is None:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    return row


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The database refuses a second act in the air in the same line; told as a refusal that a person understands."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise AlreadyPlanned(_("This is already on its way. Wait until it has been sent.")) from error


def _wake(not_before: datetime | None) -> None:
    """Start sending when this transaction commits: a job, and a word to whoever listens."""
    jobs.enqueue("outbox.send", once=None if not_before else "outbox.send", run_at=not_before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, 'outbox')", [WAKE])
