"""Evidence, taken before anything is done: one capture for each item, also where hundreds are taken together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from torg.core.actors import Actor
from torg.dialogue import capturing
from torg.dialogue.models import Item, Post
from torg.moderation.models import Case
from torg.records import commands as records
from torg.records.models import Capture
from torg.records.types import Captured, Snapshot, Subject

REASON = "MODERATION"
# From here on it is cheaper to read a whole post once than each thread by itself.
MANY = 5


def take(cases: Sequence[Case], *, by: Actor, at: datetime) -> dict[int, Capture]:
    """A capture for each case, by the case's key: every version, the author, the branch, the raw deliveries."""
    return {
        case_id: records.capture(snapshot=snapshot, reason=REASON, by=by, at=at)
        for case_id, snapshot in _snapshots(cases, at=at)
    }


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
