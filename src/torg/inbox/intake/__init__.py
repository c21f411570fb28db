"""From what a batch has changed to enquiries and facts: which open, which open again, and what moves a clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from torg.core import jobs
from torg.dialogue.models import ThreadKind
from torg.dialogue.types import Absorbed, What
from torg.inbox import alarms, bulk, clocks, live, merging
from torg.inbox.intake import facts, gathering, turns
from torg.inbox.intake.gathering import Taken, Work
from torg.inbox.models import ClockFact, Enquiry
from torg.inbox.types import Assessment, EnquiryState

KEPT = ["state", "waiting_for", "first_unanswered_at", "due_at", "urgency", "is_sensitive", "is_danger", "is_question"]
KEPT += ["needs_case_handling", "language", "band", "rank_at", "snoozed_until", "closed_at", "closed_by"]
KEPT += ["closed_because", "last_activity_at", "deadline_problem", "version", "changes"]

__all__ = ["Taken", "into_queue"]


def into_queue(absorbed: Sequence[Absorbed], assessments: Mapping[int, Assessment], *, at: datetime) -> Taken:
    """Upsert enquiries, write facts, settle clocks, alarm and tell browsers; in the caller's transaction.

    Args:
        absorbed: what the batch has changed.
        assessments: what triage says of the new and edited items, by item id.
        at: now.
    """
    taken = Taken()
    moved_to = {change.thread_id for change in absorbed if change.what == What.MOVED}
    if moved_to:
        merging.follow(moved_to, at=at)
    work = gathering.gather([change for change in absorbed if not change.item.is_placeholder], taken, at)
    if not work:
        return taken
    rules = clocks.Rules(at=at)
    moved_by = facts.found(work, assessments, rules, at)
    ClockFact.objects.bulk_create(moved_by, ignore_conflicts=True)
    taken.facts = len(moved_by)
    for each in work:
        turns.update(each, assessments, taken)
    enquiries = [each.enquiry for each in work]
    fresh = [enquiry for enquiry in enquiries if enquiry._state.adding]
    moved = {fact.enquiry_id for fact in moved_by}
    clocks.settle([enquiry for enquiry in enquiries if enquiry.pk in moved], at=at, rules=rules)
    turns.settle_turns(work, moved_by, at)
    bulk.update([enquiry for enquiry in enquiries if not enquiry._state.adding], KEPT)
    bulk.insert(fresh)
    taken.alarms = alarms.raise_for(_dangers(work, assessments), at=at)
    _ask_for_receipts(work, at)
    live.tell_many(enquiry.scope_id for enquiry in enquiries)
    return taken


def _dangers(work: Sequence[Work], assessments: Mapping[int, Assessment]) -> list[tuple[Enquiry, int]]:
    return [
        (each.enquiry, change.item_id)
        for each in work
        for change in each.changes
        if not change.is_history and change.item_id in assessments and assessments[change.item_id].is_danger
    ]


def _ask_for_receipts(work: Sequence[Work], at: datetime) -> None:
    """A job looks which of these should get a receipt; intake itself plans nothing toward the outside."""
    wanted = [
        each.enquiry.pk
        for each in work
        if each.enquiry.state == EnquiryState.OPEN
        and (each.enquiry.is_danger or each.thread.kind == ThreadKind.PRIVATE)
        and any(change.what == What.NEW and not change.item.is_own and not change.is_history for change in each.changes)
    ]
    if wanted:
        jobs.enqueue("inbox.receipts", enquiry_ids=wanted)
