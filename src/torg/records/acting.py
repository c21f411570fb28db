"""Who acts, and when, handed down within one command."""

from dataclasses import dataclass
from datetime import date, datetime

from torg.core.actors import Actor, Rule
from torg.people.models import Person
from torg.records import actors, days

# What finds what must be assessed, by the clock.
GATHERER = Rule("records.gatherer", "1")


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, and when."""

    by: Actor
    at: datetime

    @property
    def told(self) -> str:
        """The actor as text."""
        return actors.told(self.by)

    @property
    def person(self) -> Person | None:
        """The person, unless a rule or an operator acts."""
        return self.by if isinstance(self.by, Person) else None

    @property
    def day(self) -> date:
        """The day in Norway."""
        return days.day_of(self.at)
