"""What a batch changes on an enquiry itself, and whose turn it is then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from torg.dialogue.models import Item, PlatformState, ThreadKind
from torg.dialogue.types import What
from torg.inbox.intake.facts import is_gone
from torg.inbox.intake.gathering import Taken, Work
from torg.inbox.models import ClockFact, Enquiry
from torg.inbox.types import Assessment, Change, ClosedBecause, EnquiryState, FactKind, WaitingFor


def update(each: Work, assessments: Mapping[int, Assessment], taken: Taken) -> None:
    """What the batch changes on the enquiry itself, apart from its clock."""
    enquiry = each.enquiry
    for change in each.changes:
        if change.is_history:
            continue
        enquiry.last_activity_at = max(enquiry.last_activity_at, change.item.posted_at)
        if change.item.is_own:
            continue
        if change.what == What.NEW:
            _open_again(enquiry, taken)
        if change.what == What.EDITED or is_gone(change):
            enquiry.mark(Change.EDIT)
        assessment = assessments.get(change.item_id)
        if assessment is not None and change.what in {What.NEW, What.EDITED}:
            _remember(enquiry, assessment, is_private=each.thread.kind == ThreadKind.PRIVATE)


def _open_again(enquiry: Enquiry, taken: Taken) -> None:
    """Whatever somebody writes is seen by somebody: a closed or snoozed enquiry opens."""
    if enquiry.state == EnquiryState.CLOSED:
        taken.reopened += 1
    if enquiry.state != EnquiryState.OPEN:
        enquiry.open()
        enquiry.urgency = 0
    enquiry.mark(Change.ITEM)


def _remember(enquiry: Enquiry, assessment: Assessment, *, is_private: bool) -> None:
    enquiry.urgency = max(enquiry.urgency, assessment.urgency)
    enquiry.is_sensitive |= assessment.is_sensitive
    enquiry.is_danger |= assessment.is_danger
    enquiry.is_question |= assessment.is_question or is_private
    enquiry.needs_case_handling |= any(finding.kind == "CASE_HANDLING" for finding in assessment.findings)
    enquiry.language = assessment.language or enquiry.language


def settle_turns(work: Sequence[Work], facts: Sequence[ClockFact], at: datetime) -> None:
    """Whose turn it is, now that the clocks say who is unanswered."""
    kinds: dict[int, set[str]] = defaultdict(set)
    for fact in facts:
        kinds[fact.enquiry_id].add(fact.kind)
    withdrawn = [each for each in work if FactKind.WITHDRAWN in kinds[each.enquiry.pk]]
    still_there = _with_items_left(withdrawn)
    for each in work:
        enquiry, seen = each.enquiry, kinds[each.enquiry.pk]
        if FactKind.OUTSIDE in seen:
            enquiry.mark(Change.OUTSIDE)
        if enquiry.first_unanswered_at is not None:
            enquiry.waiting_for = enquiry.waiting_for if _waits_for_approval(enquiry) else WaitingFor.US
        elif FactKind.OUTSIDE in seen:
            enquiry.waiting_for = WaitingFor.THEM
        if each in withdrawn and each.thread.pk not in still_there and enquiry.state != EnquiryState.CLOSED:
            enquiry.close(ClosedBecause.WITHDRAWN, by=None, at=at)
        enquiry.place()


def _waits_for_approval(enquiry: Enquiry) -> bool:
    return enquiry.waiting_for == WaitingFor.APPROVAL


def _with_items_left(work: Sequence[Work]) -> set[int]:
    """Threads in which somebody else's words still stand."""
    if not work:
        return set()
    left = Item.objects.filter(thread__in=[each.thread.pk for each in work], is_own=False, is_unsent=False)
    return set(left.exclude(platform_state=PlatformState.DELETED_BY_AUTHOR).values_list("thread_id", flat=True))
