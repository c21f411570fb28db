"""What triage says about an item."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from torg import detectors
from torg.core.actors import Rule
from torg.detectors import Kind

LISTS = Rule("triage.lists", "1")
# How far back what is written is held against lists that have changed: those who would read older texts have done so.
REREAD_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item is urgent, and how many points it gives; `code` and `params` make the sentence."""

    kind: Kind
    code: str
    points: int
    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found in one item's current wording.

    `urgency` goes from 0 to 100 and is the sum of the points of `reasons`. Our own items are read too, so that they
    are masked, but are never urgent, questions or danger. `language` is empty when there are no words.
    """

    item_id: int
    findings: tuple[detectors.Finding, ...]
    reasons: tuple[Reason, ...]
    urgency: int
    is_question: bool
    is_sensitive: bool
    is_danger: bool
    language: str
    masked_text: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding as a person reads it; without a kind, a passage that a person has marked."""

    kind: Kind | None
    label: str
    sentence: str
    start: int
    end: int
    score: float
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an item's text: plain, marked with why, or covered."""

    text: str
    marks: tuple[Explained, ...] = ()
    is_covered: bool = False
