"""The strategy as staff read it: how each clause stands, where to find it, and what is counted."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torg.insight import evidence, queries
from torg.insight.clauses import sections
from torg.insight.covering import standing
from torg.insight.evidence import Evidence
from torg.insight.types import Figure, Measured, Page, Reason, Section, Standing, State, Text
from torg.people import access
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

WORDS: dict[State, Promise] = {
    State.COVERED: _("Covered"),
    State.PARTLY: _("Partly covered"),
    State.NOT_YET: _("Not yet"),
}
LOOKS = {State.COVERED: ("success", "check"), State.PARTLY: ("warning", "clock"), State.NOT_YET: ("", "pause")}
# What is missing stands in words of its own.
WHY: dict[Reason, Promise] = {
    Reason.NOT_BUILT: _("Nothing in Torg does this yet."),
    Reason.NO_TESTS: _("No test shows it."),
    Reason.RED: _("A test fails."),
    Reason.LEFT_OUT: _("A test was left out of the run."),
    Reason.NO_ANSWER: _("A page did not answer in the test."),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its value."""

    figure: Figure
    value: Measured


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and where it is."""

    label: Text
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One clause on the page, with where it is done: a page that is closed to the reader has no address."""

    standing: Standing
    figures: Sequence[Counted]
    places: Sequence[Place]

    @property
    def word(self) -> Promise:
        """The state in words."""
        return WORDS[self.standing.state]

    @property
    def color(self) -> str:
        return LOOKS[self.standing.state][0]

    @property
    def symbol(self) -> str:
        return LOOKS[self.standing.state][1]

    @property
    def why(self) -> list[Promise]:
        """Why it is not covered, apart from what is missing, and from what holds for all and stands above them."""
        return [WHY[reason] for reason in self.standing.reasons if reason in WHY]

    @property
    def green(self) -> int:
        """How many of its tests passed."""
        return sum(outcome == "passed" for outcome in self.standing.tests.values())


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its clauses."""

    section: Section
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole page."""

    parts: Sequence[Part]
    run: Evidence | None

    @property
    def counts(self) -> list[tuple[str, str, str]]:
        """How many clauses are in each state, in words, with its colour and icon."""
        found = Counter(line.standing.state for part in self.parts for line in part.lines)
        return [(f"{WORDS[state]}: {found[state]}", *LOOKS[state]) for state in State]


def overview(person: Person, *, at: datetime) -> Overview:
    """Every clause, with figures counted on the pages that `person` sees."""
    run = evidence.read()
    figures = {figure.id: figure for section in sections() for each in section.clauses for figure in each.figures}
    measured = queries.measured(figures.values(), person, at=at)
    permissions = people.permissions_of(person, at=at)
    return Overview([_part(section, run, measured, permissions) for section in sections()], run)


def _part(
    section: Section, run: Evidence | None, measured: dict[str, Measured], permissions: Collection[Permission]
) -> Part:
    lines = [
        Line(
            standing(clause, run),
            [Counted(figure, measured[figure.id]) for figure in clause.figures],
            [_place(page, permissions) for page in clause.pages],
        )
        for clause in section.clauses
    ]
    return Part(section, lines)


def _place(page: Page, permissions: Collection[Permission]) -> Place:
    address = reverse(page.name)
    return Place(page.label, address if access.lets_in(address, permissions) else "")
