"""The log as people read it: their own scopes only, newest first, without numbers or totals."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from torg.audit import catalogue
from torg.audit.models import AuditEvent, SealedDetail

AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is shown: what `audit/parts/story.html` takes. The log knows no names: see `named`."""

    id: UUID
    at: datetime
    name: str
    sentence: str
    actor_kind: str
    actor_ref: str
    scope_id: UUID
    target_kind: str
    target_id: str
    parent: UUID | None
    facts: Mapping[str, int | str]
    actor_name: str = ""
    # Where what it was done to can be seen, and what followed from it by itself: filled in by whoever shows it.
    address: str = ""
    followed: tuple["Told", ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended. A time and an id, for many events can share one moment."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Story:
    """A page of events, and where it ended when there is more."""

    events: tuple[Told, ...]
    ends_at: Place | None


def story(
    *,
    scope_ids: Collection[UUID],
    target_ids: Collection[UUID] = (),
    actor_ref: str | None = None,
    before: Place | None = None,
    limit: int = AT_A_TIME,
) -> Story:
    """What happened in these scopes, newest first, what is kept sealed for them included.

    Args:
        scope_ids: the scopes that the reader may see; nothing outside them is told, not even that it exists.
        target_ids: only what was done to these rows; none for all.
        actor_ref: only what this person or rule did.
        before: only what is older: the `ends_at` of the page before.
        limit: events on a page.
    """
    wanted = Q(scope_id__in=scope_ids)
    plain = AuditEvent.objects.filter(wanted & _older(before, "id"))
    kept = SealedDetail.objects.filter(wanted & _older(before, "event_id"))
    targets = {str(target_id) for target_id in target_ids}
    if targets:
        plain = plain.filter(target_id__in=targets)
    if actor_ref is not None:
        plain = plain.filter(actor_ref=actor_ref)
    rows = [_told(row) for row in plain.order_by("-at", "-id")[: limit + 1]]
    opened = _opened(kept.order_by("-at", "-event_id").iterator(200), targets, actor_ref, limit + 1)
    found = sorted([*rows, *opened], key=lambda told: (told.at, told.id), reverse=True)
    return _page(found, limit)


def named(told: Story, names: Mapping[str, str]) -> Story:
    """The same story with names for those actors whose `actor_ref` is in `names`."""
    events = tuple(replace(event, actor_name=names.get(event.actor_ref, "")) for event in told.events)
    return replace(told, events=events)


def _older(before: Place | None, key: str) -> Q:
    if before is None:
        return Q()
    return Q(at__lt=before.at) | Q(**{"at": before.at, f"{key}__lt": before.id})


def _page(found: list[Told], limit: int) -> Story:
    shown = found[:limit]
    if len(found) <= limit:
        return Story(tuple(shown), None)
    return Story(tuple(shown), Place(shown[-1].at, shown[-1].id))


def _told(row: AuditEvent) -> Told:
    assert row.scope_id is not None
    return Told(
        row.id,
        row.at,
        row.name,
        catalogue.sentence(row.name),
        row.actor_kind,
        row.actor_ref,
        row.scope_id,
        row.target_kind,
        row.target_id,
        row.parent,
        row.facts,
    )


def _opened(rows: Iterable[SealedDetail], targets: Collection[str], actor_ref: str | None, limit: int) -> list[Told]:
    found: list[Told] = []
    for row in rows:
        told = _unsealed(row)
        if (not targets or told.target_id in targets) and actor_ref in {None, told.actor_ref}:
            found.append(told)
        if len(found) == limit:
            break
    return found


def _unsealed(row: SealedDetail) -> Told:
    kept = json.loads(row.details)
    return Told(
        row.event_id,
        row.at,
        kept["name"],
        catalogue.sentence(kept["name"]),
        kept["actor_kind"],
        kept["actor_ref"],
        row.scope_id,
        kept["target_kind"],
        kept["target_id"],
        UUID(kept["parent"]) if kept["parent"] else None,
        json.loads(kept["facts"]),
    )
