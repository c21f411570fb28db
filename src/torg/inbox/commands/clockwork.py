"""What happens by the clock: warnings, waking, reminders, receipts. A rule acts, and may run twice."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from torg.core.actors import Actor
from torg.inbox import answering, audit, events, live, loading, queries, receipts, warnings
from torg.inbox.models import ClockWarning, Enquiry, Promise
from torg.inbox.types import DEADLINES, RECEIPTS, AnswerState, Change, EnquiryState, PromiseState


@transaction.atomic
def warn(*, at: datetime, by: Actor = DEADLINES) -> list[ClockWarning]:
    """Warn of deadlines that are near or past: within answering hours only, once for each clock and step."""
    given = warnings.give(at=at)
    for warning in given:
        enquiry = warning.clock.enquiry
        facts = {"step": warning.step}
        audit.record(events.WARNED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts)
        live.tell(enquiry)
    return given


@transaction.atomic
def wake_snoozed(*, at: datetime, by: Actor = DEADLINES) -> int:
    """Take up again what was put aside until now; returns how many."""
    due = Enquiry.objects.filter(state=EnquiryState.SNOOZED, snoozed_until__lte=at)
    woken = list(due.order_by("id").select_for_update(skip_locked=True)[:500])
    for enquiry in woken:
        enquiry.open()
        loading.save(enquiry, Change.STATE)
        audit.record(events.WOKEN, actor=by, scope=enquiry.scope_id, target=enquiry, at=at)
    return len(woken)


@transaction.atomic
def remind_of_promises(*, at: datetime, by: Actor = DEADLINES) -> list[Promise]:
    """Remind of promises that fall due, and write down those that were broken; each once."""
    _break_overdue(at)
    due = Promise.objects.filter(state=PromiseState.OPEN, reminded_at=None, remind_at__lte=at)
    promises = list(due.select_related("enquiry").order_by("id").select_for_update(of=("self",), skip_locked=True))
    for promise in promises:
        promise.reminded_at = at
        promise.save(update_fields=["reminded_at"])
        audit.record(events.REMINDED, actor=by, scope=promise.scope_id, target=promise, at=at)
        live.tell(promise.enquiry)
    return promises


@transaction.atomic
def send_receipts(*, enquiry_ids: Sequence[int], at: datetime, by: Actor = RECEIPTS) -> int:
    """Send the automatic receipts that are due: with help numbers at danger, an honest word while we are closed.

    Never stops a clock. Returns how many were planned.
    """
    planned = 0
    enquiries = Enquiry.objects.filter(pk__in=enquiry_ids).select_related("thread__connection__presence", "unit")
    for enquiry in enquiries.order_by("id").select_for_update(of=("self",)):
        setting = queries.setting_for(enquiry.scope_id)
        receipt = receipts.due(enquiry, setting=setting, at=at)
        if receipt is None or not receipts.claim(enquiry, receipt):
            continue
        item = answering.target_of(enquiry, receipt.reply)
        answer = answering.write(enquiry, receipt.reply, item, state=AnswerState.PLANNED, by=None, at=at)
        answering.send(answer, enquiry, setting=receipts.AT_ONCE, at=at)
        receipts.fulfil(enquiry, receipt, answer)
        facts = {"kind": "danger" if enquiry.is_danger else "closed"}
        audit.record(events.RECEIPT_SENT, actor=by, scope=enquiry.scope_id, target=answer, at=at, facts=facts)
        planned += 1
    return planned


def _break_overdue(at: datetime) -> None:
    overdue = Promise.objects.filter(state=PromiseState.OPEN, due_at__lt=at)
    sent = overdue.filter(answer=None) | overdue.filter(answer__state=AnswerState.CONFIRMED)
    sent.update(state=PromiseState.BROKEN, settled_at=at)
