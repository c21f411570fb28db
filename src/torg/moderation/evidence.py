"""Evidence, taken before anything is done: one capture for each item, also where hundreds are taken together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, Max, OuterRef

from torg.core.actors import Actor
from torg.dialogue import capturing
from torg.dialogue.models import Item, ItemVersion
from torg.moderation.models import Case
from torg.moderation.words import CaseState
from torg.records import commands as records
from torg.records.models import Capture
from torg.records.types import Captured, Snapshot, Subject

REASON = "MODERATION"
# So many of one thread, and each would repeat what all the others wrote.
MANY = 5


def take(cases: Sequence[Case], *, by: Actor, at: datetime) -> dict[int, Capture]:
    """A capture for each case, by the case's key: every version, the author, the branch, the raw deliveries.

    What was taken when the case opened, and says what the item says now, is not taken again.
    """
    fresh = _fresh(cases)
    stale = [case for case in cases if case.pk not in fresh]
    taken = records.capture_many(snapshots=_snapshots(stale, by=by, at=at), reason=REASON, by=by, at=at)
    return fresh | {case.pk: capture for case, capture in zip(stale, taken, strict=True)}


def lacking(*, limit: int) -> list[Case]:
    """Open cases of which nothing has been taken yet, the gravest first."""
    taken = Capture.objects.filter(subject_kind=capturing.ITEM, subject_id=OuterRef("item__public_id"), reason=REASON)
    rows = Case.objects.filter(state=CaseState.OPEN).exclude(Exists(taken))
    around = ("item__thread__connection__presence", "item__post")
    return list(rows.select_related(*around).order_by("-severity", "-reach", "opened_at", "id")[:limit])


def _fresh(cases: Sequence[Case]) -> dict[int, Capture]:
    """What was taken of these already, after the item's last wording and last change of state reached us."""
    changed = {case.item_id: case.item.state_at for case in cases}
    newest = ItemVersion.objects.filter(item_id__in=changed).values_list("item_id").annotate(Max("received_at"))
    received = dict(newest)
    rows = Capture.objects.filter(
        subject_kind=capturing.ITEM, subject_id__in=[case.item.public_id for case in cases], reason=REASON
    )
    taken = {row.subject_id: row for row in rows.order_by("taken_at", "id")}
    found = {}
    for case in cases:
        row, at_least = taken.get(case.item.public_id), received.get(case.item_id)
        state_at = changed[case.item_id]
        if row is not None and at_least is not None and row.taken_at >= max(at_least, state_at or at_least):
            found[case.pk] = row
    return found


def _snapshots(cases: Sequence[Case], *, by: Actor, at: datetime) -> list[Snapshot]:
    """Each item in its whole thread; where many of one thread are taken at once, each in its branch, and all of them
    pointing to the thread, which is kept once.
    """
    found = capturing.snapshots_of_items([case.item for case in cases], at=at)
    by_id = {item.id: item for whole in found.values() for item in whole.items}
    contexts = _contexts(cases, found, by=by, at=at)
    return [
        _part(found[case.item_id], case.item, by_id, contexts[case.item.thread_id])
        if case.item.thread_id in contexts
        else found[case.item_id]
        for case in cases
    ]


def _contexts(cases: Sequence[Case], found: Mapping[int, Snapshot], *, by: Actor, at: datetime) -> dict[int, str]:
    """The threads of which many are taken, each captured once; returns the sums of what was kept, by thread."""
    crowd = Counter(case.item.thread_id for case in cases)
    threads = {case.item.thread_id: case.item for case in cases if crowd[case.item.thread_id] >= MANY}
    wholes = [
        replace(found[item.pk], subject=Subject(capturing.THREAD, item.thread.public_id), facts={})
        for item in threads.values()
    ]
    taken = records.capture_many(snapshots=wholes, reason=REASON, by=by, at=at)
    return {thread: capture.sha256 for thread, capture in zip(threads, taken, strict=True)}


def _part(whole: Snapshot, item: Item, by_id: Mapping[str, Captured], context: str) -> Snapshot:
    """Of the item's thread its branch alone: the post, what it answers, and itself; the whole thread is its context."""
    branch = list(_upwards(str(item.public_id), by_id))[::-1]
    post = whole.items[0]
    items = tuple(branch if post in branch or post.kind != "post" else [post, *branch])
    return replace(whole, items=items, permalink=item.permalink or whole.permalink, context=context)


def _upwards(about: str, by_id: Mapping[str, Captured]) -> Iterator[Captured]:
    here = by_id.get(about)
    while here is not None:
        yield here
        here = by_id.get(here.parent) if here.parent and here.parent != here.id else None
