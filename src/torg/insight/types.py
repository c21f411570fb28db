"""A clause of the strategy, what shows it, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a clause is done; the value is the command line's word for it."""

    COVERED = "covered"
    PARTLY = "partly"
    NOT_YET = "not yet"


class Reason(StrEnum):
    """Why a clause is not covered; the value is what the command line says."""

    NOT_BUILT = "nothing in the product does it yet"
    NO_TESTS = "no test shows it"
    NOT_RUN = "its tests have not run for this code"
    RED = "a test fails"
    LEFT_OUT = "a test was left out of the run"
    NO_ANSWER = "a page did not answer"
    MISSING = "some of it is missing"


@dataclass(frozen=True, slots=True)
class Text:
    """The same in bokmål, nynorsk and English."""

    nb: str
    nn: str
    en: str

    def in_language(self, language: str) -> str:
        """In the language of a code such as `nn`; English for one that we do not write."""
        return {"nb": self.nb, "nn": self.nn}.get(language[:2], self.en)


@dataclass(frozen=True, slots=True)
class Page:
    """A screen on which a clause is done: the name of its address, and what people call it."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """Something counted in this installation: `query` is the function that counts, `how` tells people how."""

    id: str
    query: str
    label: Text
    how: Text


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the strategy, such as B3. `missing` says what of it the product does not do."""

    id: str
    title: Text
    missing: Text | None
    pages: Sequence[Page]
    words: Sequence[str]
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the strategy with its clauses."""

    letter: str
    title: Text
    clauses: Sequence[Clause]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clause stands, with the reasons for anything less than covered, and its tests with their outcomes."""

    clause: Clause
    state: State
    reasons: Sequence[Reason]
    tests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure's value: a count, and of how many where it is a share."""

    count: int
    of: int | None = None
