"""What the archivist in the demonstration does about what has been said: assess, register, restrict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from torg.config.demo import town as cast
from torg.config.demo.town import Town
from torg.dialogue.models import Item
from torg.people.models import Person
from torg.records import commands
from torg.records.acting import GATHERER
from torg.records.codes import AssessmentState, Question
from torg.records.models import Assessment
from torg.records.types import CaseWanted, RestrictionWanted, Titles

THREAD = "dialogue.thread"
AT_ONCE = 500
# Secrecy about personal matters.
SECRECY = "offentleglova-13-1"


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment in the town, at the moment when the archivist opens it."""

    town: Town
    assessment: Assessment
    at: datetime

    @property
    def by(self) -> Person:
        return self.town.people[cast.ARCHIVIST]


Act = Callable[[Assessed], object]


def assessment_of(item: Item, *, at: datetime) -> Assessment:
    """What waits to be assessed about the conversation that the item is in, gathered up to now."""
    while commands.gather(kind=THREAD, limit=AT_ONCE, by=GATHERER, at=at):
        continue
    return Assessment.objects.get(
        subject_kind=THREAD, subject_id=item.thread.public_id, superseded_at=None, state=AssessmentState.OPEN
    )


def assess(answers: Sequence[Question]) -> Act:
    """The archivist answers the questions; what is archive waits to be registered."""
    return lambda given: commands.assess(
        assessment_id=given.assessment.public_id, answers=answers, by=given.by, at=given.at
    )


def register(title: str, public: str, *, restricts: bool = False) -> Act:
    """The archivist takes it for a case document, and journals it in a case file of its own."""

    def act(given: Assessed) -> None:
        assess((Question.CASE_DOCUMENT, Question.CASE_HANDLED, Question.FIND_AGAIN))(given)
        commands.journal(
            assessment_id=given.assessment.public_id,
            case=CaseWanted(titles=Titles(title, public)),
            titles=Titles(title, public),
            restrictions=[RestrictionWanted("TITLE", SECRECY)] if restricts else (),
            by=given.by,
            at=given.at,
        )

    return act


# Who wrote it, a word in it, how many hours later, and what the archivist did.
SCENES: tuple[tuple[str, str, float, Act], ...] = (
    ("Jens Diktestad", "Endelig", 20, assess(())),
    (
        "Oda Fantasdal",
        "før vi har adresse",
        30,
        register("Søknad om barnehageplass før flytting", "Søknad om barnehageplass før flytting"),
    ),
    ("Mina Tullerud", "rampe for rullestol", 24, assess((Question.CASE_DOCUMENT, Question.PUBLIC_INTEREST))),
    (
        "Petter Påfunnsen",
        "klage på avslaget",
        2,
        register(
            "Klage på avslag om barnehageplass fra Petter Påfunnsen",
            "Klage på avslag om barnehageplass fra *****",
            restricts=True,
        ),
    ),
)
