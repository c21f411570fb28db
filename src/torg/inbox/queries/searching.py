"""Searching in what people have written, through masks; in full only for those with the right, and logged."""

from collections.abc import Sequence
from datetime import datetime

from torg.dialogue import queries as dialogue
from torg.people.models import Person
from torg.people.types import Permission

# The newest hits that are looked through; who wants older ones narrows the search.
MOST_HITS = 250


def thread_ids(person: Person, words: str, *, at: datetime, in_sensitive: bool = False) -> Sequence[int]:
    """The newest threads in which all of the words occur, in any wording an item has had.

    Args:
        person: whose reach counts; with `in_sensitive` only the pages where they may open sensitive text.
        words: all of them must occur; the last may be unfinished.
        at: now.
        in_sensitive: search behind the masks too; the caller has logged it.
    """
    permission = Permission.OPEN_SENSITIVE if in_sensitive else Permission.READ
    return dialogue.threads_with(person, words, at=at, permission=permission, most=MOST_HITS)
