"""Gather what is new or changed, so that nothing is left unassessed; and let switched-on rules decide what they may."""

from datetime import datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.records import events, gathering
from torg.records.loading import source_of
from torg.records.models import GatheringMark


@transaction.atomic
def gather(*, kind: str, limit: int, by: Actor, at: datetime) -> int:
    """Open, or open again, the assessment of every subject of one kind that is new or changed since the last time.

    Returns how many steps the source took: 0 when it has nothing more. Several processes wait for one another.
    """
    GatheringMark.objects.get_or_create(subject_kind=kind, defaults={"moved_at": at})
    mark = GatheringMark.objects.select_for_update().get(subject_kind=kind)
    source = source_of(kind)
    found = source.changed(after=mark.position, limit=limit)
    counts = gathering.take_in(source, found.subjects, at=at)
    steps = found.position - mark.position
    if steps:
        mark.position, mark.moved_at = found.position, at
        mark.save(update_fields=["position", "moved_at"])
    if counts:
        audit.record_batch(events.GATHERED, actor=by, at=at, facts={"kind": kind, **counts})
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
