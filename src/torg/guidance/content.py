"""The texts that come with Torg, as values: poster, rules, courses, suggested elections. Each is in three languages."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from torg.guidance.types import ElectionKind, Topic
from torg.people.types import Role

FOLDER = Path(__file__).with_name("data")
LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages."""

    nb: str
    nn: str
    en: str

    def __post_init__(self) -> None:
        if not all((self.nb, self.nn, self.en)):
            raise ValueError(f"A text of the guidance lacks a language: {self.nb or self.nn or self.en!r}")

    def in_language(self, language: str | None) -> str:
        """The text in a language as Django names it; bokmål for any other."""
        return {"nn": self.nn, "en": self.en}.get((language or "nb")[:2], self.nb)


@dataclass(frozen=True, slots=True)
class Point:
    """One piece of advice on the poster; `when` says on which answers it stands on the help card."""

    id: str
    topic: Topic
    title: Words
    text: Words
    when: frozenset[str]


@dataclass(frozen=True, slots=True)
class Poster:
    """The poster «Pass på» (strategy E1)."""

    version: int
    title: Words
    lead: Words
    freedom_title: Words
    freedom: Words
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Section:
    """Rules that belong together."""

    id: str
    topic: Topic
    title: Words
    rules: Sequence[tuple[str, Words]]


@dataclass(frozen=True, slots=True)
class Suggested:
    """An election that nobody here has checked the days of."""

    kind: ElectionKind
    from_on: date
    voting_on: date


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer, and why it is right or wrong."""

    id: str
    text: Words
    why: Words
    is_right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a quiz; exactly one option is right."""

    id: str
    topic: Topic
    text: Words
    options: Sequence[Option]

    def option(self, option_id: str) -> Option | None:
        """The option, or None for an id that the question does not have."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation to think about, and what is wise."""

    id: str
    title: Words
    text: Words
    advice: Words


@dataclass(frozen=True, slots=True)
class Course:
    """A short course for some roles; for everybody when `roles` is empty. `minutes` is what it takes."""

    id: str
    version: int
    minutes: int
    title: Words
    lead: Words
    roles: frozenset[Role]
    scenarios: Sequence[Scenario]
    questions: Sequence[Question]


@cache
def poster() -> Poster:
    """The poster as it comes with Torg."""
    read = _read("poster.toml")
    return Poster(
        version=read["version"],
        title=_words(read["title"]),
        lead=_words(read["lead"]),
        freedom_title=_words(read["freedom"]["title"]),
        freedom=_words(read["freedom"]),
        points=[
            Point(each["id"], Topic(each["topic"]), _words(each["title"]), _words(each), frozenset(each["when"]))
            for each in read["point"]
        ],
    )


@cache
def sections() -> Sequence[Section]:
    """Ethics, neutrality, and the time before an election."""
    return [
        Section(
            each["id"],
            Topic(each["topic"]),
            _words(each["title"]),
            [(rule["id"], _words(rule)) for rule in each["rule"]],
        )
        for each in _read("rules.toml")["section"]
    ]


@cache
def suggested_elections() -> Sequence[Suggested]:
    """Elections to come, for a person to check and register."""
    return [
        Suggested(ElectionKind(each["kind"]), each["from_on"], each["voting_on"])
        for each in _read("rules.toml")["election"]
    ]


@cache
def courses() -> Mapping[str, Course]:
    """Every course by its id, in the order in which they are shown."""
    read = _read("courses.toml")
    scenarios = {each["id"]: _scenario(each) for each in read["scenario"]}
    questions = {each["id"]: _question(each) for each in read["question"]}
    return {
        each["id"]: Course(
            id=each["id"],
            version=each["version"],
            minutes=each["minutes"],
            title=_words(each["title"]),
            lead=_words(each["lead"]),
            roles=frozenset(Role(role) for role in each["roles"]),
            scenarios=[scenarios[name] for name in each["scenarios"]],
            questions=[questions[name] for name in each["questions"]],
        )
        for each in read["course"]
    }


def _scenario(read: Mapping[str, Any]) -> Scenario:
    return Scenario(read["id"], _words(read["title"]), _words(read["text"]), _words(read["advice"]))


def _question(read: Mapping[str, Any]) -> Question:
    options = [
        Option(each["id"], _words(each["text"]), _words(each["why"]), each.get("is_right", False))
        for each in read["option"]
    ]
    if sum(option.is_right for option in options) != 1:
        raise ValueError(f"The question {read['id']!r} must have one right answer.")
    return Question(read["id"], Topic(read["topic"]), _words(read["text"]), options)


def _words(read: Mapping[str, Any]) -> Words:
    return Words(*(read.get(language, "") for language in LANGUAGES))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text())
