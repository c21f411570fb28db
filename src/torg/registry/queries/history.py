"""A presence's line of time: what it was called, where it came from, what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from torg.core.actors import Actor
from torg.registry.models import Closure, Presence, Succession
from torg.registry.words import Because, SuccessionKind


class Happening(StrEnum):
    """What happened."""

    OPENED = "OPENED"
    RENAMED = "RENAMED"
    CAME_FROM = "CAME_FROM"
    WENT_TO = "WENT_TO"
    REVIEWED = "REVIEWED"
    EXPORTED = "EXPORTED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on the line: `text` is a name or a code's label, `other` the presence at the other end.

    `closure` tells of an end what became of the followers and of what was written.
    """

    at: datetime
    what: Happening
    text: str = ""
    other: Presence | None = None
    because: str = ""
    closure: Closure | None = None


def timeline(presence: Presence, *, seen_by: Actor, at: datetime) -> Sequence[Event]:
    """What is known of it, oldest first. The other end of a tie is named only to those who see it."""
    found = [Event(presence.opened_at, Happening.OPENED)]
    found += _ties(presence, seen_by=seen_by, at=at)
    found += [Event(row.recorded_at, Happening.REVIEWED, row.get_outcome_display()) for row in presence.reviews.all()]
    made = presence.exports.exclude(made_at=None)
    found += [Event(row.made_at, Happening.EXPORTED) for row in made if row.made_at]
    if presence.closed_at is not None:
        found.append(Event(presence.closed_at, Happening.CLOSED, closure=getattr(presence, "closure", None)))
    return sorted(found, key=lambda event: event.at)


def successors(presence: Presence, *, seen_by: Actor, at: datetime) -> list[Presence]:
    """Where those who look for this presence should go, as far as `seen_by` may know."""
    seen = Presence.objects.visible_to(seen_by, at=at)
    went = seen.filter(predecessors__from_presence=presence).exclude(pk=presence.pk)
    return list(went.distinct().order_by("name"))


def _ties(presence: Presence, *, seen_by: Actor, at: datetime) -> Iterator[Event]:
    seen = Presence.objects.visible_to(seen_by, at=at)
    here = Q(from_presence=presence, to_presence__in=seen) | Q(to_presence=presence, from_presence__in=seen)
    rows = Succession.objects.filter(here).select_related("from_presence", "to_presence")
    for row in rows.order_by("at", "id"):
        if row.kind == SuccessionKind.RENAMED:
            yield Event(row.at, Happening.RENAMED, row.former_name)
            continue
        is_from_here = row.from_presence_id == presence.pk
        other = row.to_presence if is_from_here else row.from_presence
        what = Happening.WENT_TO if is_from_here else Happening.CAME_FROM
        yield Event(row.at, what, row.get_kind_display(), other, _because(row))


def _because(row: Succession) -> str:
    return "" if row.because == Because.ORDINARY else row.get_because_display()
