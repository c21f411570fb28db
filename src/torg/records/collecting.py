"""What the worker does for the archive by the clock: collect answers, go on after a crash, compare, try again."""

from datetime import date, datetime

from torg.core.actors import Actor
from torg.outbox import commands as outbox
from torg.outbox.models import ActState, OutboxAct
from torg.records import archive_making, archive_messages, commands, deliveries
from torg.records.codes import ArchiveState
from torg.records.commands.delivering import HANDLER
from torg.records.models import ArchiveCore
from torg.records.types import Compared

# Errors that end by themselves when the archive is there again.
_PASSING = ("Temporary", "Conflict", "CredentialsDead", "TokenRefused", "PermissionMissing", "Ambiguous")


def collect_answers(core: ArchiveCore, *, by: Actor, at: datetime) -> int:
    """Take in what has come; each is laid aside only when it is stored. Returns how many."""
    archive, count = archive_making.archive_of(core), 0
    for arrived in archive.collect():
        commands.take_answer(message_id=arrived.id, answer=arrived.answer, by=by, at=at)
        archive.acknowledge(arrived.handle)
        count += 1
    return count


def go_on_after_crashes(*, by: Actor, at: datetime) -> int:
    """Deliveries whose sender died are sent again at once: each way looks before it adds. Returns how many."""
    unsure = OutboxAct.objects.filter(handler=HANDLER, state=ActState.UNCONFIRMED)
    found = list(unsure.values_list("public_id", flat=True))
    for act_id in found:
        outbox.settle(act_id=act_id, external_id=None, by=by, at=at)
        outbox.retry(act_id=act_id, by=by, at=at)
    return len(found)


def send_on(*, by: Actor, at: datetime) -> int:
    """When the archive is there again, what had given up waiting for it goes; returns how many."""
    stopped = OutboxAct.objects.filter(handler=HANDLER, state=ActState.FAILED, error_class__in=_PASSING)
    newest = stopped.order_by("subject_id", "-id").distinct("subject_id")
    count = 0
    for act in newest:
        later = OutboxAct.objects.filter(subject_id=act.subject_id, id__gt=act.id)
        if not later.exists():
            outbox.retry(act_id=act.public_id, by=by, at=at)
            count += 1
    return count


def look_after(core: ArchiveCore, *, by: Actor, at: datetime) -> None:
    """Try an archive that was away or shut to us; what waited for it goes when it answers."""
    was_in_trouble = core.state == ArchiveState.BROKEN or bool(core.problem)
    if not was_in_trouble:
        return
    checked = commands.check_archive(by=by, at=at)
    if checked.state == ArchiveState.ACTIVE and not checked.problem:
        send_on(by=by, at=at)


def compare(core: ArchiveCore, *, by: Actor, at: datetime) -> Compared | None:
    """Find what is missing on either side; a registration that the archive has and we thought undelivered is settled.

    None where the archive cannot be asked. Raises ChannelError.
    """
    archive = archive_making.archive_of(core)
    if not archive.capabilities.can_be_compared:
        return None
    since: date = core.opened_at.date()
    held, ours = set(archive.held(since=since)), deliveries.delivered_keys(core)
    for row in deliveries.unsettled(core, held - ours.keys()):
        answer = archive.look(archive_messages.delivery_of(row))
        if answer is not None:
            commands.take_answer(message_id=row.message_id, answer=answer, by=by, at=at)
    ours = deliveries.delivered_keys(core)
    missing = tuple(sorted((entry for key, entry in ours.items() if key not in held), key=str))
    found = Compared(missing, tuple(sorted(held - ours.keys())))
    commands.note_comparison(core_id=core.public_id, found=found, by=by, at=at)
    return found
