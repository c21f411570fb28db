"""What an event is: a name that never changes, and a sentence to show people."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event: `<room>.<noun>.<past participle>`, and how it is told to a person."""

    name: str
    sentence: str | Promise
