"""A conversation as registrations: what came in, and what we answered, in turns."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from torg.records.types import Captured, Snapshot

POST = "post"


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive items of one side."""

    is_own: bool
    items: tuple[Captured, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the items."""
        return tuple(item.id for item in self.items)


def turns_of(snapshot: Snapshot, *, without: Collection[str] = ()) -> list[Turn]:
    """The conversation in turns; a post that others write beneath is context, and so is what is `without`."""
    spoken = [item for item in snapshot.items if item.kind != POST and item.id not in without]
    return [Turn(is_own, tuple(items)) for is_own, items in groupby(spoken, key=lambda item: item.author.is_own)]


def part_of(snapshot: Snapshot, turn: Turn) -> Snapshot:
    """The turn as a snapshot of its own, with the post for context; answers to what is left out tell its id."""
    posts = [replace(item, facts={**item.facts, "context": "yes"}) for item in snapshot.items if item.kind == POST]
    kept = {item.id for item in posts} | set(turn.ids)
    return replace(snapshot, items=(*posts, *_cut_loose(turn.items, kept)))


def _cut_loose(items: Collection[Captured], kept: Collection[str]) -> Iterator[Captured]:
    for item in items:
        if item.parent is None or item.parent in kept:
            yield item
        else:
            yield replace(item, parent=None, facts={**item.facts, "answers": item.parent})
