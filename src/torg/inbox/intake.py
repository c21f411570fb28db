"""From what a batch has changed to enquiries and facts: which open, which open again, and what moves a clock."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from torg.core import jobs
from torg.dialogue.models import Item, PlatformState, Thread, ThreadKind
from torg.dialogue.types import Absorbed, What
from torg.inbox import alarms, bulk, clocks, live, merging
from torg.inbox.models import Answer, ClockFact, Enquiry
from torg.inbox.types import AnswerState, Assessment, Change, ClosedBecause, EnquiryState, FactKind, WaitingFor

KEPT = ["state", "waiting_for", "first_unanswered_at", "due_at", "urgency", "is_sensitive", "is_danger", "is_question"]
KEPT += ["needs_case_handling", "language", "band", "rank_at", "snoozed_until", "closed_at", "closed_by"]
KEPT += ["closed_because", "last_activity_at", "deadline_problem", "version", "changes"]

IN_FLIGHT = [AnswerState.PLANNED, AnswerState.SENDING, AnswerState.UNCONFIRMED]
GONE = {What.REMOVED, What.UNSENT, What.STATE}


@dataclass(slots=True)
class Taken:
    """What a batch has led to, in numbers."""

    opened: int = 0
    reopened: int = 0
    facts: int = 0
    alarms: int = 0


class _Place(NamedTuple):
    """A thread, and where it belongs."""

    pk: int
    scope_id: UUID
    kind: str
    platform: str
    unit_id: int | None


@dataclass(slots=True)
class _Work:
    """One enquiry and what this batch brings it."""

    enquiry: Enquiry
    thread: _Place
    changes: list[Absorbed] = field(default_factory=list)


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
    work = _gather([change for change in absorbed if not change.item.is_placeholder], taken, at)
    if not work:
        return taken
    rules = clocks.Rules(at=at)
    facts = _facts(work, assessments, rules, at)
    ClockFact.objects.bulk_create(facts, ignore_conflicts=True)
    taken.facts = len(facts)
    for each in work:
        _update(each, assessments, taken)
    enquiries = [each.enquiry for each in work]
    fresh = [enquiry for enquiry in enquiries if enquiry._state.adding]
    moved = {fact.enquiry_id for fact in facts}
    clocks.settle([enquiry for enquiry in enquiries if enquiry.pk in moved], at=at, rules=rules)
    _settle_turns(work, facts, at)
    bulk.update([enquiry for enquiry in enquiries if not enquiry._state.adding], KEPT)
    bulk.insert(fresh)
    taken.alarms = alarms.raise_for(_dangers(work, assessments), at=at)
    _ask_for_receipts(work, at)
    live.tell_many(enquiry.scope_id for enquiry in enquiries)
    return taken


def _gather(absorbed: Sequence[Absorbed], taken: Taken, at: datetime) -> list[_Work]:
    """The enquiries that the batch concerns, locked in one order, made where somebody has written for the first time.

    What we write by ourselves makes no enquiry: nobody has asked.
    """
    by_thread: dict[int, list[Absorbed]] = defaultdict(list)
    for change in absorbed:
        by_thread[change.thread_id].append(change)
    places = _places(by_thread)
    known = list(Enquiry.objects.filter(thread__in=places).order_by("id").select_for_update())
    answered = {enquiry.thread_id for enquiry in known}
    fresh = [
        _new_enquiry(place, by_thread[place.pk], at)
        for place in places.values()
        if place.pk not in answered and any(not change.item.is_own for change in by_thread[place.pk])
    ]
    # Their threads are locked, so nobody else makes them meanwhile: they are written last, and once.
    bulk.number(fresh)
    rows = known + fresh
    taken.opened = sum(enquiry.state == EnquiryState.OPEN for enquiry in fresh)
    targets = _merge_targets(rows)
    work: dict[int, _Work] = {}
    for row in rows:
        enquiry = targets.get(row.merged_into_id or 0, row)
        each = work.setdefault(enquiry.pk, _Work(enquiry, places[row.thread_id]))
        each.changes += by_thread[row.thread_id]
    return list(work.values())


def _places(thread_ids: Collection[int]) -> dict[int, _Place]:
    """What intake needs of the threads, without making models of them and of all they belong to.

    The threads are locked, so that one enquiry is made of each.
    """
    threads = Thread.objects.filter(pk__in=list(thread_ids)).order_by("id")
    locked = list(threads.select_for_update(no_key=True).values_list("id", flat=True))
    columns = ("id", "scope_id", "kind", "connection__platform", "connection__presence__unit_id")
    return {row[0]: _Place(*row) for row in Thread.objects.filter(pk__in=locked).order_by("id").values_list(*columns)}


def _merge_targets(rows: Sequence[Enquiry]) -> dict[int, Enquiry]:
    """The enquiries in which merged ones live on: what is written in the old thread is answered there."""
    ids = {row.merged_into_id for row in rows if row.merged_into_id}
    if not ids:
        return {}
    have = {row.pk: row for row in rows if row.pk in ids}
    missing = Enquiry.objects.filter(pk__in=ids - have.keys()).order_by("id").select_for_update()
    return {**have, **{row.pk: row for row in missing}}


def _new_enquiry(place: _Place, changes: Sequence[Absorbed], at: datetime) -> Enquiry:
    newest = max(change.item.posted_at for change in changes)
    enquiry = Enquiry(
        scope_id=place.scope_id,
        thread_id=place.pk,
        unit_id=place.unit_id,
        platform=place.platform,
        opened_at=min(change.item.posted_at for change in changes),
        last_activity_at=newest,
        rank_at=newest,
    )
    # What was written before we connected raises nothing: it is there to be read and searched.
    if all(change.is_history for change in changes):
        enquiry.close(ClosedBecause.HISTORY, by=None, at=at)
        enquiry.waiting_for = WaitingFor.THEM
    return enquiry


def _facts(
    work: Sequence[_Work], assessments: Mapping[int, Assessment], rules: clocks.Rules, at: datetime
) -> list[ClockFact]:
    ours = _sent_by_us(work)
    parents = _parents(work, ours)
    found = []
    for each in work:
        rulebook = rules.for_scope(each.enquiry.scope_id)
        for change in each.changes:
            if change.is_history:
                continue
            if change.item.is_own:
                fact = _outside(each, change, ours, parents)
            elif _is_gone(change):
                fact = _fact(each, FactKind.WITHDRAWN, change, change.item.state_at or at, at)
            else:
                fact = _asked(each, change, assessments.get(change.item_id), rulebook, at)
            if fact is not None:
                found.append(fact)
    return found


def _asked(
    each: _Work, change: Absorbed, assessment: Assessment | None, rulebook: clocks.ScopeRules, at: datetime
) -> ClockFact | None:
    if change.what not in {What.NEW, What.EDITED}:
        return None
    # Whoever writes to us privately wants an answer; after the answer, only a new question does ("thank you" is none).
    is_private = each.thread.kind == ThreadKind.PRIVATE and each.enquiry.waiting_for != WaitingFor.THEM
    is_question = is_private or (assessment is not None and (assessment.is_question or assessment.is_danger))
    if not rulebook.asks(is_question=is_question, unit_id=each.enquiry.unit_id, at=at):
        return None
    # A comment that is edited into a question asks from the edit on.
    posted_at = change.item.posted_at if change.what == What.NEW else at
    return _fact(each, FactKind.ASKED, change, posted_at, max(change.item.received_at, posted_at))


def _outside(each: _Work, change: Absorbed, ours: set[int], parents: Mapping[str, datetime]) -> ClockFact | None:
    if change.what not in {What.NEW, What.ECHO} or change.item_id in ours:
        return None
    # Two clocks differ: an answer is never earlier than what it answers.
    item = change.item
    written_at = max(item.posted_at, parents.get(item.parent_external_id, item.posted_at))
    return _fact(each, FactKind.OUTSIDE, change, written_at, item.received_at)


def _fact(each: _Work, kind: FactKind, change: Absorbed, at: datetime, known_at: datetime) -> ClockFact:
    return ClockFact(
        enquiry=each.enquiry, kind=kind, at=at, known_at=known_at, item_id=change.item_id, unit_id=each.enquiry.unit_id
    )


def _is_gone(change: Absorbed) -> bool:
    """Deleted or taken back by the author; what we hide or remove does not stop a clock."""
    item = change.item
    return change.what in GONE and (item.is_unsent or item.platform_state == PlatformState.DELETED_BY_AUTHOR)


def _sent_by_us(work: Sequence[_Work]) -> set[int]:
    """Own items that were sent from here: by the platform's id, by our application's echo, or by text on its way."""
    own = {change.item_id: (each, change) for each in work for change in each.changes if change.item.is_own}
    if not own:
        return set()
    external = {change.item.external_id for _, change in own.values()}
    confirmed = set(Answer.objects.filter(external_id__in=external).values_list("external_id", flat=True))
    enquiries = [each.enquiry for each, _ in own.values()]
    flying = set(Answer.objects.filter(enquiry__in=enquiries, state__in=IN_FLIGHT).values_list("enquiry_id", "text"))
    return {
        item_id
        for item_id, (each, change) in own.items()
        if change.what == What.ECHO
        or change.item.external_id in confirmed
        or (each.enquiry.pk, change.item.text) in flying
    }


def _parents(work: Sequence[_Work], ours: set[int]) -> dict[str, datetime]:
    """When the items that we answered outside were posted."""
    wanted = {
        change.item.parent_external_id
        for each in work
        for change in each.changes
        if change.item.is_own and change.item_id not in ours and change.item.parent_external_id
    }
    if not wanted:
        return {}
    threads = [each.thread.pk for each in work]
    rows = Item.objects.filter(thread__in=threads, external_id__in=wanted)
    return dict(rows.values_list("external_id", "posted_at"))


def _update(each: _Work, assessments: Mapping[int, Assessment], taken: Taken) -> None:
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
        if change.what == What.EDITED or _is_gone(change):
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


def _settle_turns(work: Sequence[_Work], facts: Sequence[ClockFact], at: datetime) -> None:
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


def _with_items_left(work: Sequence[_Work]) -> set[int]:
    """Threads in which somebody else's words still stand."""
    if not work:
        return set()
    left = Item.objects.filter(thread__in=[each.thread.pk for each in work], is_own=False, is_unsent=False)
    return set(left.exclude(platform_state=PlatformState.DELETED_BY_AUTHOR).values_list("thread_id", flat=True))


def _dangers(work: Sequence[_Work], assessments: Mapping[int, Assessment]) -> list[tuple[Enquiry, int]]:
    return [
        (each.enquiry, change.item_id)
        for each in work
        for change in each.changes
        if not change.is_history and change.item_id in assessments and assessments[change.item_id].is_danger
    ]


def _ask_for_receipts(work: Sequence[_Work], at: datetime) -> None:
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
