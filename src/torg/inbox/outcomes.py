"""What an answer's way through the outbox means here."""

from datetime import datetime

from torg.dialogue.models import Item
from torg.inbox import clocks
from torg.inbox.models import Answer, ClockFact, Enquiry, Promise
from torg.inbox.types import AnswerState, ClosedBecause, EnquiryState, FactKind, PromiseState, WaitingFor
from torg.outbox.types import Sent


def note(answer: Answer, act: Sent) -> bool:
    """Write the outbox's state onto the answer; whether it was news."""
    state = AnswerState(act.state)
    if state == answer.state and act.error_reason == answer.error_reason:
        return False
    answer.move_to(state)
    answer.external_id, answer.permalink = act.external_id, act.permalink
    answer.error_reason, answer.next_step = act.error_reason, act.next_step
    if state == AnswerState.CONFIRMED:
        answer.sent_at = act.sending_at or act.finished_at
    answer.save()
    return True


def answered(answer: Answer, enquiry: Enquiry, *, at: datetime) -> None:
    """A confirmed answer: the clock stops at the send time, and whoever was promised an answer has it."""
    sent_at = answer.sent_at or at
    ClockFact.objects.get_or_create(
        enquiry=enquiry,
        kind=FactKind.INTERIM if answer.new_due_at else FactKind.ANSWERED,
        answer_id=answer.public_id,
        defaults={
            "at": sent_at,
            # It answers what its writer, or whoever approved it, had seen.
            "known_at": min(answer.decided_at or answer.written_at, sent_at),
            "item_id": _echo_of(answer, enquiry),
            "due_at": answer.new_due_at,
        },
    )
    clocks.settle([enquiry], at=at)
    enquiry.is_complex = answer.new_due_at is not None
    if answer.new_due_at is not None or enquiry.first_unanswered_at is None:
        enquiry.waiting_for = WaitingFor.THEM if answer.new_due_at is None else WaitingFor.US
    _keep_promises(answer, enquiry, at=sent_at)
    if answer.closes_enquiry and enquiry.first_unanswered_at is None and enquiry.state != EnquiryState.CLOSED:
        enquiry.close(ClosedBecause.ANSWERED, by=answer.written_by, at=at)


def _echo_of(answer: Answer, enquiry: Enquiry) -> int | None:
    """The item in which the platform has already told us of this answer."""
    if not answer.external_id:
        return None
    own = Item.objects.filter(connection_id=enquiry.thread.connection_id, external_id=answer.external_id, is_own=True)
    return own.values_list("pk", flat=True).first()


def _keep_promises(answer: Answer, enquiry: Enquiry, *, at: datetime) -> None:
    """An earlier promise of an answer is kept by this one, where it came in time; a new promise is not yet kept."""
    earlier = Promise.objects.filter(enquiry=enquiry, state=PromiseState.OPEN, due_at__gte=at).exclude(answer=answer)
    if answer.new_due_at is None:
        earlier.update(state=PromiseState.KEPT, settled_at=at, settled_by=answer.written_by)
