"""Who acts, for the rows that name a person."""

from torg.core.actors import Actor
from torg.people.models import Person


def person_or_none(by: Actor) -> Person | None:
    """The person who acts; None for a rule or an operator, whom the log names."""
    return by if isinstance(by, Person) else None
