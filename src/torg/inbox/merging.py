"""Two enquiries become one: by hand, or because the platform tells that a comment was a reply after all."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, Q

from torg.inbox import audit, clocks, events, loading
from torg.inbox.models import ClockFact, Draft, Enquiry, Labelling, MatterLink
from torg.inbox.types import INTAKE, Change, ClosedBecause, EnquiryState, FactKind, WaitingFor
from torg.people.models import Person


def follow(thread_ids: Collection[int], *, at: datetime) -> None:
    """Let enquiries follow their words into the threads where these belong.

    Where that thread has no enquiry of its own, the one that came keeps its name, clock and answers; else the two
    are merged.

    Args:
        thread_ids: threads of which others were found to be a part.
        at: now.
    """
    concerned = Q(thread__in=thread_ids) | Q(thread__merged_into__in=thread_ids, merged_into=None)
    rows = Enquiry.objects.filter(concerned).select_related("thread")
    found = list(rows.order_by("id").select_for_update(of=("self",)))
    there = {row.thread_id: _living(row) for row in found if row.thread.merged_into_id is None}
    for source in found:
        thread_id = source.thread.merged_into_id
        if thread_id is None or there.get(thread_id) == source:
            continue
        if thread_id in there:
            into_one(source, there[thread_id], by=None, at=at)
            facts = {"into": str(there[thread_id].public_id)}
            audit.record(events.MERGED, actor=INTAKE, scope=source.scope_id, target=source, at=at, facts=facts)
        else:
            there[thread_id] = source
            source.thread_id = thread_id
            loading.save(source, Change.MOVED)
            audit.record(events.FOLLOWED, actor=INTAKE, scope=source.scope_id, target=source, at=at)


def into_one(source: Enquiry, target: Enquiry, *, by: Person | None, at: datetime) -> None:
    """`source` lives on in `target`: its state, marks, drafts and matters; the earliest wait counts.

    Answers, notes and promises stay where they were written and are shown with the other's (`queries.sheet`).
    """
    waited_since = source.first_unanswered_at
    ClockFact.objects.create(enquiry=source, kind=FactKind.MERGED_AWAY, at=at, known_at=at)
    if waited_since is not None:
        ClockFact.objects.create(
            enquiry=target,
            kind=FactKind.MERGED_IN,
            at=at,
            known_at=_known_at(source) or at,
            start_at=waited_since,
            unit_id=target.unit_id,
        )
        target.waiting_for = source.waiting_for if source.waiting_for == WaitingFor.APPROVAL else WaitingFor.US
        if target.state != EnquiryState.OPEN:
            target.open()
    _take_over(target, source)
    if source.state == EnquiryState.CLOSED:
        source.open()
    source.close(ClosedBecause.MERGED, by=by, at=at)
    source.merged_into, source.waiting_for = target, WaitingFor.THEM
    Enquiry.objects.filter(merged_into=source).update(merged_into=target)
    clocks.settle([source, target], at=at)
    loading.save(source, Change.MOVED)
    loading.save(target, Change.MOVED)


def _known_at(source: Enquiry) -> datetime | None:
    """When the newest question was known: an answer that was on its way to it answers it after the merge too."""
    asked = ClockFact.objects.filter(enquiry=source, kind__in=[FactKind.ASKED, FactKind.MERGED_IN])
    known_at: datetime | None = asked.aggregate(newest=Max("known_at"))["newest"]
    return known_at


def _living(enquiry: Enquiry) -> Enquiry:
    """The enquiry, or the one into which it was merged by hand."""
    if enquiry.merged_into_id is None:
        return enquiry
    living: Enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.merged_into_id)
    return living


def _take_over(target: Enquiry, source: Enquiry) -> None:
    target.urgency = max(target.urgency, source.urgency)
    target.assignee_id = target.assignee_id or source.assignee_id
    target.last_activity_at = max(target.last_activity_at, source.last_activity_at)
    for mark in ("is_sensitive", "is_danger", "is_question", "needs_case_handling"):
        setattr(target, mark, getattr(target, mark) or getattr(source, mark))
    writing = Draft.objects.filter(enquiry=target).values("person")
    Draft.objects.filter(enquiry=source).exclude(person__in=writing).update(enquiry=target)
    labelled = Labelling.objects.filter(enquiry=target).values("label")
    Labelling.objects.filter(enquiry=source).exclude(label__in=labelled).update(enquiry=target)
    linked = MatterLink.objects.filter(enquiry=target).values("matter")
    MatterLink.objects.filter(enquiry=source).exclude(matter__in=linked).update(enquiry=target)
