"""What others hand to an export of all that is held about somebody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a name or an address may mean; a person confirms. `key` is `author:…`, `email:…` and the like."""

    key: str
    name: str = field(repr=False)
    known_from: str
    number: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One text and when it was written or received."""

    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that we hold about the party, without others' data.

    `kind` is a code, `facts` are codes with what the reader sees. `place` is the page or the case file.
    """

    kind: str
    id: UUID
    at: datetime
    place: str
    wordings: tuple[Wording, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


class PartySource(Protocol):
    """A module of a higher room that holds something about people; named in `config/wiring.py`."""

    def candidates(self, words: str, *, scopes: Collection[UUID], limit: int) -> Sequence[Candidate]:
        """Whom a name or an e-mail address may mean, within these scopes."""

    def held(self, keys: Collection[str], *, scopes: Collection[UUID]) -> Sequence[Holding]:
        """What is held about those whom the keys name; keys of other modules are passed over."""
