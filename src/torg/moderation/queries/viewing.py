"""How a person wants to see pictures and gross text."""

from torg.detectors import Kind
from torg.moderation.models import Viewing
from torg.people.models import Person

GROSS = frozenset({Kind.THREAT, Kind.HATE, Kind.OBSCENE, Kind.PROFANITY, Kind.INSULT})


def viewing_of(person: Person) -> Viewing:
    """The person's choices, or what holds until they choose: pictures are blurred."""
    return Viewing.objects.filter(person=person).first() or Viewing(person=person)
