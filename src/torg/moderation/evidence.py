"""Evidence, taken before anything is done: one capture for each item, also where hundreds are taken together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, Max, OuterRef

from torg.core.actors import Actor
from torg.dialogue import capturing
from torg.dialogue.models import Item, ItemVersion, Post
from torg.moderation.models import Case
from torg.moderation.words import CaseState
from torg.records import commands as records
from torg.records.models import Capture
from torg.records.types import Captured, Snapshot, Subject

REASON = "MODERATION"
# From here on it is cheaper to read a whole post once than each thread by itself.
MANY = 5


def take(cases: Sequence[Case], *, by: Actor, at: datetime) -> dict[int, Capture]:
    """A capture for each case, by the case's key: every version, the author, the branch, the raw deliveries.

    What was taken when the case opened, and says what the item says now, is not taken again.
    """
    fresh = _fresh(cases)
    return fresh | {
        case_id: records.capture(snapshot=snapshot, reason=REASON, by=by, at=at)
        for case_id, snapshot in _snapshots([case for case in cases if case.pk not in fresh], at=at)
    }


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


def _snapshots(cases: Sequence[Case], *, at: datetime) -> Iterator[tuple[int, Snapshot]]:
    together: dict[Post, list[Case]] = defaultdict(list)
    for case in cases:
        if case.item.post is not None:
            together[case.item.post].append(case)
    many = {case.pk: post for post, found in together.items() if len(found) >= MANY for case in found}
    for case in cases:
        if case.pk not in many:
            yield case.pk, capturing.snapshot_of_item(case.item, at=at)
    for post in set(many.values()):
        whole = capturing.snapshot_of_post(post, at=at)
        by_id = {item.id: item for item in whole.items}
        for case in together[post]:
            yield case.pk, _part(whole, case.item, by_id)


def _part(whole: Snapshot, item: Item, by_id: Mapping[str, Captured]) -> Snapshot:
    """What a snapshot of the item alone holds of its branch: the post, what it answers, and itself."""
    about = str(item.public_id)
    branch = list(_upwards(about, by_id))[::-1]
    post = whole.items[0]
    items = tuple(branch if post in branch or post.kind != "post" else [post, *branch])
    return replace(
        whole,
        subject=Subject(capturing.ITEM, item.public_id),
        items=items,
        permalink=item.permalink or whole.permalink,
        facts={**whole.facts, "about": about},
    )


def _upwards(about: str, by_id: Mapping[str, Captured]) -> Iterator[Captured]:
    here = by_id.get(about)
    while here is not None:
        yield here
        here = by_id.get(here.parent) if here.parent and here.parent != here.id else None
