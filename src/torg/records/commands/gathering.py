"""Gather what is new or changed, so that nothing is left unassessed; and let switched-on rules decide what they may."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.records import events, gathering
from torg.records.loading import source_of, stated_source_of
from torg.records.models import GatheringMark
from torg.records.types import Changes, Source

# What the mark of what was hidden or deleted is called, after its kind.
HIDDEN = ".hidden"


@transaction.atomic
def gather(*, kind: str, limit: int, by: Actor, at: datetime) -> int:
    """Open, or open again, the assessment of every subject of one kind that is new or changed since the last time.

    Returns how many steps the source took: 0 when it has nothing more. Several processes wait for one another.
    """
    source = source_of(kind)
    steps, counts = _step(kind, source, source.changed, limit=limit, at=at)
    if counts:
        audit.record_batch(events.GATHERED, actor=by, at=at, facts={"kind": kind, **counts})
    return steps


@transaction.atomic
def gather_hidden(*, kind: str, limit: int, by: Actor, at: datetime) -> int:
    """Open again the assessment of every subject of which others than us have hidden or deleted something.

    Returns how many steps the source took: 0 when it has nothing more.
    """
    source = stated_source_of(kind)
    steps, counts = _step(f"{kind}{HIDDEN}", source, source.hidden, limit=limit, at=at)
    if counts:
        audit.record_batch(events.GATHERED, actor=by, at=at, facts={"kind": kind, "hidden": 1, **counts})
    return steps


@transaction.atomic
def gather_overlooked(*, kind: str, limit: int, by: Actor, at: datetime) -> int:
    """Open an assessment for subjects that none tells of, whatever the mark says; returns how many were found."""
    source = source_of(kind)
    found = source.overlooked(limit=limit)
    counts = gathering.take_in(source, found, at=at)
    if counts:
        audit.record_batch(events.GATHERED, actor=by, at=at, facts={"kind": kind, "overlooked": len(found), **counts})
    return sum(counts.values())


def _step(
    mark_of: str, source: Source, find: Callable[..., Changes], *, limit: int, at: datetime
) -> tuple[int, Mapping[str, int]]:
    """Take in what comes after the mark, and move it; how far it moved, and what became of the subjects."""
    GatheringMark.objects.get_or_create(subject_kind=mark_of, defaults={"moved_at": at})
    mark = GatheringMark.objects.select_for_update().get(subject_kind=mark_of)
    found = find(after=mark.position, limit=limit)
    counts = gathering.take_in(source, found.subjects, at=at)
    steps = found.position - mark.position
    if steps:
        mark.position, mark.moved_at = found.position, at
        mark.save(update_fields=["position", "moved_at"])
    return steps, counts
