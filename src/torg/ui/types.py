"""What the frames are told: where one can go from here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a navigation. `icon` names a symbol of the sprite, `lang` the language of the page it leads to.

    `pages` are those that stand under it.
    """

    label: str | Promise
    address: str
    icon: str = ""
    is_current: bool = False
    lang: str = ""
    count: int | None = None
    pages: tuple["Place", ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on top of every page while it goes on: an incident, or an exercise of one."""

    text: str
    address: str
    is_exercise: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case: `state` is done, now or next; `who` and `at` say who did it and when."""

    name: str | Promise
    state: str
    who: str = ""
    at: datetime | None = None
    text: str | Promise = ""


@dataclass(frozen=True, slots=True)
class CardPoint:
    """One piece of advice on the help card; `is_near` when it concerns just this text."""

    title: str
    text: str
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class HelpCard:
    """What to think of while one writes for the municipality, with the addresses of more.

    `election` names an election whose rules hold now, on `voting_on`; it is empty otherwise.
    """

    points: Sequence[CardPoint]
    ask: str
    more: str
    rules: str
    election: str = ""
    voting_on: date | None = None
