"""What moves a clock: somebody asked, took it back, or was answered outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from torg.dialogue.models import Item, PlatformState, ThreadKind
from torg.dialogue.types import Absorbed, What
from torg.inbox import clocks
from torg.inbox.intake.gathering import Work
from torg.inbox.models import Answer, ClockFact
from torg.inbox.types import AnswerState, Assessment, FactKind, WaitingFor

IN_FLIGHT = [AnswerState.PLANNED, AnswerState.SENDING, AnswerState.UNCONFIRMED]
GONE = {What.REMOVED, What.UNSENT, What.STATE}


def found(
    work: Sequence[Work], assessments: Mapping[int, Assessment], rules: clocks.Rules, at: datetime
) -> list[ClockFact]:
    """What the batch's changes mean for the clocks of their enquiries; not written yet."""
    ours = _sent_by_us(work)
    parents = _parents(work, ours)
    moved_by = []
    for each in work:
        rulebook = rules.for_scope(each.enquiry.scope_id)
        for change in each.changes:
            if change.is_history:
                continue
            if change.item.is_own:
                fact = _outside(each, change, ours, parents)
            elif is_gone(change):
                fact = _fact(each, FactKind.WITHDRAWN, change, change.item.state_at or at, at)
            else:
                fact = _asked(each, change, assessments.get(change.item_id), rulebook, at)
            if fact is not None:
                moved_by.append(fact)
    return moved_by


def _asked(
    each: Work, change: Absorbed, assessment: Assessment | None, rulebook: clocks.ScopeRules, at: datetime
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


def _outside(each: Work, change: Absorbed, ours: set[int], parents: Mapping[str, datetime]) -> ClockFact | None:
    if change.what not in {What.NEW, What.ECHO} or change.item_id in ours:
        return None
    # Two clocks differ: an answer is never earlier than what it answers.
    item = change.item
    written_at = max(item.posted_at, parents.get(item.parent_external_id, item.posted_at))
    return _fact(each, FactKind.OUTSIDE, change, written_at, item.received_at)


def _fact(each: Work, kind: FactKind, change: Absorbed, at: datetime, known_at: datetime) -> ClockFact:
    return ClockFact(
        enquiry=each.enquiry, kind=kind, at=at, known_at=known_at, item_id=change.item_id, unit_id=each.enquiry.unit_id
    )


def is_gone(change: Absorbed) -> bool:
    """Deleted or taken back by the author; what we hide or remove does not stop a clock."""
    item = change.item
    return change.what in GONE and (item.is_unsent or item.platform_state == PlatformState.DELETED_BY_AUTHOR)


def _sent_by_us(work: Sequence[Work]) -> set[int]:
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


def _parents(work: Sequence[Work], ours: set[int]) -> dict[str, datetime]:
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
