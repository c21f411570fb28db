"""The outbox' handler for deliveries to the archive.

A delivery may be repeated whenever its end is not known: each way looks what is there before it adds anything. So an
answer that was lost is no reason to ask a person, as it is on a platform.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from torg.connectors.archives.contract import Archive, Corrected, Pending, Receipt
from torg.connectors.contract import Ambiguous, CredentialsDead, Done, Match, RateLimited, Temporary
from torg.core import clock
from torg.core.actors import Rule
from torg.outbox.models import ActState
from torg.outbox.outcomes import NOT_THERE
from torg.outbox.types import Sent
from torg.records import archive_making, archive_messages, commands
from torg.records.codes import ArchiveState, DeliveryKind, DeliveryState
from torg.records.models import ArchiveCore, Delivery

DELIVERER = Rule("records.deliverer", "1")


def perform(act: Sent) -> Done:
    """Deliver, or correct what was delivered; raises one of the ten errors."""
    row = _row(act)
    if row.state == DeliveryState.DELIVERED:
        return Done(row.system_id)
    at = act.sending_at or clock.now()
    archive = _archive(row.core, at=at)
    with _troubles_noted(row.core, at=at):
        if row.kind == DeliveryKind.CORRECT:
            answer: Receipt | Corrected | Pending = archive.correct(archive_messages.correction_of(row))
        else:
            answer = archive.deliver(archive_messages.delivery_of(row))
    return _taken(row, answer, at=at)


def look(act: Sent, since: datetime) -> Sequence[Match]:
    """Whether the archive has it, or has it on its way; a correction is simply made again."""
    row = _row(act)
    if row.kind == DeliveryKind.CORRECT:
        return []
    at = clock.now()
    archive = _archive(row.core, at=at)
    with _troubles_noted(row.core, at=at):
        answer = archive.look(archive_messages.delivery_of(row))
    return [] if answer is None else [Match(_taken(row, answer, at=at).external_id or "")]


def on_outcome(act: Sent, at: datetime) -> None:
    """Tell the delivery, in the transaction that writes the act's state."""
    if act.error_class == NOT_THERE:
        # Between a crash and the next attempt, which follows at once.
        return
    state = {
        ActState.REFUSED: DeliveryState.REFUSED,
        ActState.FAILED: DeliveryState.REFUSED,
        ActState.UNCONFIRMED: DeliveryState.UNCERTAIN,
        ActState.PLANNED: DeliveryState.WAITING,
    }.get(ActState(act.state))
    if state is not None:
        told = act.error_reason or act.error_class
        commands.note_state(
            delivery_id=act.subject_id, state=state, reason=told, code=act.error_code, by=DELIVERER, at=at
        )


def _row(act: Sent) -> Delivery:
    row: Delivery = Delivery.objects.select_related("core", "entry").get(public_id=act.subject_id)
    return row


def _archive(core: ArchiveCore, *, at: datetime) -> Archive:
    if core.state == ArchiveState.CLOSED:
        raise CredentialsDead("The archive is disconnected.")
    if core.state == ArchiveState.BROKEN:
        raise CredentialsDead(core.problem or "The archive must be connected again.")
    if core.is_paused(at):
        # Found out a moment ago; others in the line need not wait for the same silence.
        raise Temporary(core.problem or "The archive is away.", until=core.paused_until)
    return archive_making.archive_of(core)


def _taken(row: Delivery, answer: Receipt | Corrected | Pending, *, at: datetime) -> Done:
    """Write the answer down at once: should we die now, looking finds it again."""
    commands.take_answer(message_id=row.message_id, answer=answer, by=DELIVERER, at=at)
    return Done(answer.system_id if isinstance(answer, Receipt) else str(row.message_id))


@contextmanager
def _troubles_noted(core: ArchiveCore, *, at: datetime) -> Iterator[None]:
    try:
        yield
    except (CredentialsDead, RateLimited, Temporary, Ambiguous) as error:
        commands.note_core_trouble(core_id=core.public_id, error=error, by=DELIVERER, at=at)
        if isinstance(error, Ambiguous):
            raise Temporary(error.reason, code=error.code) from error
        raise
