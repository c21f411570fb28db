"""What crosses the border of the room: what is typed in, and what others hand us."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from torg.core.actors import Actor
from torg.people.models import Person, Unit
from torg.registry.words import (
    Because,
    Followers,
    Keeping,
    Kept,
    Language,
    Line,
    Measure,
    PresenceKind,
    Privacy,
    ReviewOutcome,
    SecondFactor,
    SuccessionKind,
)


@dataclass(frozen=True, slots=True)
class Description:
    """What is registered on a presence from its first day."""

    name: str
    kind: PresenceKind
    address: str = ""
    purpose: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Who owns a presence, and whom it is for. `line` belongs to profiles only."""

    owner: Person | None = None
    line: Line | None = None
    target_groups: str = ""
    languages: Sequence[Language] = ()


@dataclass(frozen=True, slots=True)
class FigureSource:
    """Where a figure comes from: the code of a platform, or of ours (`torg.registry.definitions`)."""

    platform: str
    code: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal as it is set: the figure to reach, in `unit_of_measure`, by the end of the day `by_on`.

    With a `source` the figure is never typed in, and the source says what is measured and in what.
    """

    measure: Measure
    wording: str
    unit_of_measure: str
    target: Decimal
    by_on: date
    is_lower_better: bool = False
    source: FigureSource | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A figure that we count, each value with its day, oldest first; `counted_since` is when its rule began to hold."""

    values: Sequence[tuple[date, Decimal]]
    counted_since: date | None = None


# `settings.PRESENCE_COUNTS` names one: for these scopes, what we count up to the moment, by scope and our code.
CountSource = Callable[[Sequence[UUID], datetime], Mapping[tuple[UUID, str], Series]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A value that somebody has read, for which day, and where."""

    value: Decimal
    measured_on: date
    source: str


@dataclass(frozen=True, slots=True)
class WayIn:
    """How the log-in is kept: by whom, with which second step, and when the password was last changed."""

    keeping: Keeping
    holder: Person
    second_factor: SecondFactor
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody saw when looking at the profile, point by point."""

    has_name: bool
    has_logo: bool
    has_contact: bool
    has_hours: bool
    has_rules: bool
    has_no_applications: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyFound:
    """What an assessment of privacy ended in, and when it is made again."""

    outcome: Privacy
    grounds: str
    review_on: date
    is_near_vulnerable: bool
    measures: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the yearly review ended in, and when the next one is."""

    outcome: ReviewOutcome
    next_on: date
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a group may be: its ground in law, who may be a member, and how consent to pictures is asked for."""

    legal_ground: str
    members: str
    pictures: str
    needs_consent: bool = True


@dataclass(frozen=True, slots=True)
class Wish:
    """An application as it is sent; `terms` belongs to groups. The two commitments must be made."""

    description: Description
    owner: Person
    target_groups: str
    why_not_main_page: str
    posts_per_week: int
    answers_next_working_day: bool
    follows_profile: bool
    terms: Terms | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What happens to followers and records when a presence closes or merges."""

    followers: Followers
    kept: Kept
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """How one presence goes on in another."""

    kind: SuccessionKind
    because: Because = Because.ORDINARY


@dataclass(frozen=True, slots=True)
class ExportPart:
    """One file of an export: its name inside the package, and its bytes, piece by piece; they can be read once.

    A page of ten years, or a film, must not fill the memory of whoever packs it.
    """

    name: str
    pieces: Iterable[bytes]


# `settings.PRESENCE_EXPORT` names one: the contents of a scope that the rooms above hold, in a fixed order.
ExportSource = Callable[[UUID], Iterator[ExportPart]]


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened on a presence in a period: our posts, the weeks with at least one, and what others wrote.

    `is_seen` says whether posts there reach us at all: what nobody sees is not the same as nothing.
    """

    posts: int = 0
    weeks_with_posts: int = 0
    items: int = 0
    is_seen: bool = False


# `settings.PRESENCE_ACTIVITY` names one: counted for these scopes from the first moment up to the second.
ActivitySource = Callable[[Sequence[UUID], datetime, datetime], Mapping[UUID, Activity]]


class EndingSource(Protocol):
    """`settings.PRESENCE_ENDED` names one: what the rooms above end with a presence, in its own transaction."""

    def __call__(self, *, scope_id: UUID, by: Actor, at: datetime) -> int:
        """End it; returns how much there was to end."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a platform tells of our account on a day: its profile, and figures by the platform's codes."""

    platform: str
    name: str = ""
    about: str = ""
    website: str = ""
    address: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HolderTold:
    """One who can act on the presence, as the platform tells it; `may_manage` is None where it does not tell."""

    external_id: str
    name: str = ""
    may_manage: bool | None = None
    is_system: bool = False


@dataclass(frozen=True, slots=True)
class AccessTold:
    """Who can act on the presence on a platform; `is_whole` is False where a part of the list was not told."""

    platform: str
    holders: Sequence[HolderTold] = ()
    is_whole: bool = True
