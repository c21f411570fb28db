"""Deliver entries to the archive, take its answers, and what a person decides about what was refused."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.connectors.archives.contract import Corrected, Failure, Pending, Receipt
from torg.core import ids
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.outbox import commands as outbox
from torg.outbox.types import Planned
from torg.records import archive_numbers, deliveries, events, policies
from torg.records.codes import ArchiveState, DeliveryKind, DeliveryState
from torg.records.loading import entry_for_change
from torg.records.models import ArchiveCore, Delivery, JournalEntry

HANDLER, SUBJECT = "records.deliver", "records.delivery"
# A fault of the archive's own is met with a new message this often, and then by a person.
MOST_REPEATS = 3


@transaction.atomic
def plan_deliveries(*, limit: int, by: Actor, at: datetime) -> int:
    """Plan what is complete and not yet on its way, and corrections of what the archive has; returns how many."""
    core = deliveries.archive_in_force()
    if core is None or core.state != ArchiveState.ACTIVE:
        return 0
    new = list(deliveries.undelivered(core)[:limit])
    changed = list(deliveries.changed_since_delivery(core)[: limit - len(new)])
    kinds = [(entry, DeliveryKind.CREATE) for entry in new] + [(entry, DeliveryKind.CORRECT) for entry in changed]
    for entry, kind in kinds:
        row = _plan(core, entry, kind, at=at)
        facts: dict[str, int | str] = {"kind": row.kind}
        audit.record(events.DELIVERY_PLANNED, actor=by, scope=row.scope_id, target=row, at=at, facts=facts)
    return len(kinds)


@transaction.atomic
def deliver_entry(*, entry_id: UUID, by: Actor, at: datetime) -> Delivery:
    """Deliver one entry now.

    Raises NotFound, NotAllowed, Invalid when a document is not made yet or the period is closed, InvalidTransition
    when it is on its way or delivered, or no archive is connected.
    """
    entry = entry_for_change(entry_id, by=by, at=at)
    core = deliveries.archive_in_force()
    if core is None:
        raise InvalidTransition(_("No archive is connected."))
    if Delivery.objects.filter(core=core, entry=entry, kind=DeliveryKind.CREATE).exists():
        raise InvalidTransition(_("This is delivered already, or on its way."))
    policies.check_can_be_delivered(core, entry)
    row = _plan(core, entry, DeliveryKind.CREATE, at=at)
    audit.record(
        events.DELIVERY_PLANNED, actor=by, scope=row.scope_id, target=row, at=at, facts={"kind": row.kind, "by_hand": 1}
    )
    return row


@transaction.atomic
def take_answer(
    *, message_id: UUID | None, answer: Receipt | Corrected | Pending | Failure, by: Actor, at: datetime
) -> Delivery | None:
    """Write down what the archive answered. What is written already changes nothing; one to nothing of ours is None.

    An answer that names no message of ours stands in the log, for a person.
    """
    row = _locked_by_message(message_id)
    if row is None:
        facts: dict[str, int | str] = {"answer": type(answer).__name__.lower()}
        audit.record(events.ANSWER_UNREADABLE, actor=by, scope=None, target=None, at=at, facts=facts)
        return None
    if isinstance(answer, Failure):
        _refused(row, answer, by=by, at=at)
    elif isinstance(answer, Pending):
        _under_way(row, answer, by=by, at=at)
    else:
        _delivered(row, answer, by=by, at=at)
    return row


@transaction.atomic
def note_state(*, delivery_id: UUID, state: DeliveryState, reason: str, code: str, by: Actor, at: datetime) -> None:
    """Write down what the outbox found: refused, uncertain, or waiting again. What the archive said since holds."""
    row = Delivery.objects.select_for_update().get(public_id=delivery_id)
    if row.state == state or state not in _next(row):
        return
    row.move_to(state)
    row.archive_reason, row.archive_code = reason, code
    row.save()
    event = {
        DeliveryState.REFUSED: events.DELIVERY_REFUSED,
        DeliveryState.UNCERTAIN: events.DELIVERY_UNCERTAIN,
    }.get(state, events.DELIVERY_RETRIED)
    audit.record(event, actor=by, scope=row.scope_id, target=row, at=at)


@transaction.atomic
def deliver_again(*, delivery_id: UUID, by: Actor, at: datetime) -> Delivery:
    """Send what was refused or given up once more, as another message, when a person has mended it.

    Raises NotFound, NotAllowed, Invalid as for `deliver_entry`, InvalidTransition when it is not refused.
    """
    row = _locked(delivery_id, by=by, at=at)
    if row.state not in (DeliveryState.REFUSED, DeliveryState.GIVEN_UP):
        raise InvalidTransition(_("This is not refused, so it need not be sent again."))
    if row.kind == DeliveryKind.CREATE:
        policies.check_can_be_delivered(row.core, row.entry)
    policies.check_period_is_open(row.core, row.entry)
    _send_anew(row, at=at)
    audit.record(events.DELIVERY_RETRIED, actor=by, scope=row.scope_id, target=row, at=at)
    return row


@transaction.atomic
def give_up_delivery(*, delivery_id: UUID, because: str, by: Actor, at: datetime) -> Delivery:
    """Leave what was refused undelivered, and say why. Raises NotFound, NotAllowed, Invalid without a reason."""
    row = _locked(delivery_id, by=by, at=at)
    if not because.strip():
        raise Invalid(_("Say why it is not delivered."), field="because")
    row.move_to(DeliveryState.GIVEN_UP)
    row.archive_reason, row.settled_at = because.strip(), at
    row.save()
    audit.record(events.DELIVERY_GIVEN_UP, actor=by, scope=row.scope_id, target=row, at=at)
    return row


def _plan(core: ArchiveCore, entry: JournalEntry, kind: DeliveryKind, *, at: datetime) -> Delivery:
    row: Delivery = Delivery.objects.create(
        scope_id=entry.scope_id,
        core=core,
        entry=entry,
        kind=kind,
        key=str(entry.public_id),
        up_to_change=deliveries.newest_change_of(entry),
        planned_at=at,
    )
    _send(row, at=at)
    return row


def _send(row: Delivery, *, at: datetime) -> None:
    outbox.plan(
        Planned(
            handler=HANDLER,
            kind="deliver",
            scope_id=row.scope_id,
            # Entries of one case file in order, so that a question comes before its answer; the rest side by side.
            serial_key=f"records.archive:{row.entry.case_file.public_id}",
            subject_kind=SUBJECT,
            subject_id=row.public_id,
            payload={},
            place=row.core.name[:60],
        ),
        at=at,
    )


def _send_anew(row: Delivery, *, at: datetime) -> None:
    row.move_to(DeliveryState.WAITING)
    row.message_id, row.archive_code, row.archive_reason, row.settled_at = ids.new(), "", "", None
    row.save()
    _send(row, at=at)


def _delivered(row: Delivery, answer: Receipt | Corrected, *, by: Actor, at: datetime) -> None:
    if row.state == DeliveryState.DELIVERED:
        return
    row.move_to(DeliveryState.DELIVERED)
    row.system_id = answer.system_id if isinstance(answer, Receipt) else archive_numbers.known_id(row)
    row.archive_code = row.archive_reason = ""
    row.settled_at = at
    row.save()
    facts: dict[str, int | str] = {"kind": row.kind}
    if isinstance(answer, Receipt):
        archive_numbers.write(row.entry, answer, by=by, at=at)
        facts |= {"existing": int(answer.is_existing)}
    audit.record(events.DELIVERED, actor=by, scope=row.scope_id, target=row, at=at, facts=facts)


def _under_way(row: Delivery, answer: Pending, *, by: Actor, at: datetime) -> None:
    state = DeliveryState.RECEIVED if answer.is_received else DeliveryState.HANDED_OVER
    if row.state == state or state not in _next(row):
        return
    row.move_to(state)
    row.handed_over_at = row.handed_over_at or at
    row.save()
    facts: dict[str, int | str] = {"received": int(answer.is_received)}
    audit.record(events.DELIVERY_HANDED_OVER, actor=by, scope=row.scope_id, target=row, at=at, facts=facts)


def _refused(row: Delivery, answer: Failure, *, by: Actor, at: datetime) -> None:
    if DeliveryState.REFUSED not in _next(row):
        return
    if not answer.is_lasting and row.repeats < MOST_REPEATS and DeliveryState.WAITING in _next(row):
        row.repeats += 1
        _send_anew(row, at=at)
        audit.record(events.DELIVERY_RETRIED, actor=by, scope=row.scope_id, target=row, at=at)
        return
    row.move_to(DeliveryState.REFUSED)
    row.archive_code, row.archive_reason = answer.code[:100], answer.reason.replace("\x00", "")
    row.save()
    audit.record(events.DELIVERY_REFUSED, actor=by, scope=row.scope_id, target=row, at=at)


def _next(row: Delivery) -> set[DeliveryState]:
    return deliveries.states_after(DeliveryState(row.state))


def _locked(delivery_id: UUID, *, by: Actor, at: datetime) -> Delivery:
    rows = Delivery.objects.visible_to(by, at=at).select_for_update(of=("self",)).select_related("core")
    row: Delivery | None = rows.filter(public_id=delivery_id).first()
    if row is None:
        raise NotFound(_("There is no such delivery."))
    policies.check_can_keep(by, scope_id=row.scope_id, at=at)
    return row


def _locked_by_message(message_id: UUID | None) -> Delivery | None:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("core", "entry__case_file")
    return rows.filter(message_id=message_id).first() if message_id else None
