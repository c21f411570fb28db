"""Plan an act, and what a person decides about one that got stuck."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from torg.core import jobs
from torg.core.errors import InvalidTransition
from torg.outbox.models import OutboxAct
from torg.outbox.types import Planned

WAKE = "torg_work"


class AlreadyPlanned(InvalidTransition):
    """The same act on the same subject is under way already."""


def plan(act: Planned, /, *, at: datetime, after: UUID | None = None) -> OutboxAct:
    """Write down an act toward the outside, in the caller's transaction; a worker carries it out after the commit.

    Args:
        act: what should happen.
        at: now.
        after: public id of the act that must be confirmed first.

    Raises AlreadyPlanned when the same kind of act on the same subject is under way.
    """
    before = OutboxAct.objects.get(public_id=after) if after else None
    try:
        # A savepoint: the caller's transaction survives the refusal.
        with transaction.atomic():
            row = OutboxAct.objects.create(
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
    except IntegrityError as error:
        raise AlreadyPlanned(_("This is already on its way. Wait until it has been sent.")) from error
    _wake(act.not_before)
    return row


def _wake(not_before: datetime | None) -> None:
    """Start sending when this transaction commits: a job, and a word to whoever listens."""
    jobs.enqueue("outbox.send", once=None if not_before else "outbox.send", run_at=not_before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, 'outbox')", [WAKE])
