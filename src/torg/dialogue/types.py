"""What absorbing a batch gives to the rooms above."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class What(StrEnum):
    """What has happened to an item."""

    NEW = "NEW"
    EDITED = "EDITED"
    REMOVED = "REMOVED"
    STATE = "STATE"
    UNSENT = "UNSENT"
    ECHO = "ECHO"
    MOVED = "MOVED"


@dataclass(frozen=True, slots=True)
class Absorbed:
    """One change of one item; `item` is the `dialogue.Item` as it stands after the batch.

    ECHO is the platform's word that a message which our own application sent has arrived. NEW with `item.is_own`
    was written by us elsewhere (in the platform's own app), or is our own comment coming back: compare its
    `external_id` with what we sent. MOVED is a comment that proved to be a reply, in the thread where it belongs:
    the thread that was taken for its own has `merged_into`.
    """

    item_id: int
    item: Any
    what: What
    thread_id: int
    is_history: bool


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """Who wrote one of our own answers; `role` is the role's label at the time, empty when none is known."""

    name: str = field(repr=False)
    role: str
