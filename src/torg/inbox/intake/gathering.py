"""The enquiries that a batch concerns: locked, or made where somebody has written for the first time."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from torg.dialogue.models import Thread
from torg.dialogue.types import Absorbed
from torg.inbox import bulk
from torg.inbox.models import Enquiry
from torg.inbox.types import ClosedBecause, EnquiryState, WaitingFor


@dataclass(slots=True)
class Taken:
    """What a batch has led to, in numbers."""

    opened: int = 0
    reopened: int = 0
    facts: int = 0
    alarms: int = 0


class Place(NamedTuple):
    """A thread, and where it belongs."""

    pk: int
    scope_id: UUID
    kind: str
    platform: str
    unit_id: int | None


@dataclass(slots=True)
class Work:
    """One enquiry and what this batch brings it."""

    enquiry: Enquiry
    thread: Place
    changes: list[Absorbed] = field(default_factory=list)


def gather(absorbed: Sequence[Absorbed], taken: Taken, at: datetime) -> list[Work]:
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
    work: dict[int, Work] = {}
    for row in rows:
        enquiry = targets.get(row.merged_into_id or 0, row)
        each = work.setdefault(enquiry.pk, Work(enquiry, places[row.thread_id]))
        each.changes += by_thread[row.thread_id]
    return list(work.values())


def _places(thread_ids: Collection[int]) -> dict[int, Place]:
    """What intake needs of the threads, without making models of them and of all they belong to.

    The threads are locked, so that one enquiry is made of each.
    """
    threads = Thread.objects.filter(pk__in=list(thread_ids)).order_by("id")
    locked = list(threads.select_for_update(no_key=True).values_list("id", flat=True))
    columns = ("id", "scope_id", "kind", "connection__platform", "connection__presence__unit_id")
    return {row[0]: Place(*row) for row in Thread.objects.filter(pk__in=locked).order_by("id").values_list(*columns)}


def _merge_targets(rows: Sequence[Enquiry]) -> dict[int, Enquiry]:
    """The enquiries in which merged ones live on: what is written in the old thread is answered there."""
    ids = {row.merged_into_id for row in rows if row.merged_into_id}
    if not ids:
        return {}
    have = {row.pk: row for row in rows if row.pk in ids}
    missing = Enquiry.objects.filter(pk__in=ids - have.keys()).order_by("id").select_for_update()
    return {**have, **{row.pk: row for row in missing}}


def _new_enquiry(place: Place, changes: Sequence[Absorbed], at: datetime) -> Enquiry:
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
