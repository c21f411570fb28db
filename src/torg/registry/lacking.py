"""What the register should hold about each kind of presence, and what of it is missing or due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from torg.registry.words import Gap, Keeping, Line, PresenceKind, Privacy, SecondFactor

YEAR = timedelta(days=365)
# With one administrator, a leave or an illness locks us out of our own page.
LEAST_ADMINISTRATORS = 2

_RUN = (
    Gap.OWNER,
    Gap.ADMINISTRATORS,
    Gap.CUSTODY,
    Gap.SECOND_FACTOR,
    Gap.PROFILE,
    Gap.PRIVACY,
    Gap.GOAL,
    Gap.MEASUREMENT,
    Gap.REVIEW,
)
NEEDED: Mapping[PresenceKind, tuple[Gap, ...]] = {
    PresenceKind.MAIN_PAGE: _RUN,
    PresenceKind.LOCAL_PAGE: _RUN,
    PresenceKind.BLOG: _RUN,
    PresenceKind.CLOSED_GROUP: (Gap.OWNER, Gap.ADMINISTRATORS, Gap.TERMS, Gap.PROFILE, Gap.PRIVACY, Gap.REVIEW),
    PresenceKind.SECRET_GROUP: (Gap.OWNER, Gap.ADMINISTRATORS, Gap.TERMS, Gap.PRIVACY, Gap.REVIEW),
    PresenceKind.PROFILE: (
        Gap.LINE,
        Gap.OWNER,
        Gap.CUSTODY,
        Gap.SECOND_FACTOR,
        Gap.PROFILE,
        Gap.PRIVACY,
        Gap.REVIEW,
    ),
    PresenceKind.RESERVED_NAME: (Gap.OWNER, Gap.CUSTODY, Gap.SECOND_FACTOR, Gap.REVIEW),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded about one presence: the newest of each, empty or None where there is nothing."""

    kind: PresenceKind
    opened_on: date
    has_owner: bool = False
    line: str = ""
    administrators: int = 0
    keeping: str = ""
    second_factor: str = ""
    profile_checked_on: date | None = None
    is_profile_whole: bool = False
    privacy_outcome: str = ""
    privacy_review_on: date | None = None
    has_terms: bool = False
    goals: int = 0
    unmeasured_goals: int = 0
    next_review_on: date | None = None


def needed(facts: Facts) -> tuple[Gap, ...]:
    """What is asked of this presence; of a person's private profile nothing at all."""
    return () if facts.line == Line.PRIVATE else NEEDED[facts.kind]


def gaps(facts: Facts, *, on: date) -> tuple[Gap, ...]:
    """What of that is missing, or due, on the day `on`."""
    return tuple(gap for gap in needed(facts) if IS_MISSING[gap](facts, on))


def _privacy(facts: Facts, on: date) -> bool:
    is_due = facts.privacy_review_on is None or facts.privacy_review_on <= on
    return is_due or facts.privacy_outcome == Privacy.NOT_ACCEPTABLE


def _profile(facts: Facts, on: date) -> bool:
    is_old = facts.profile_checked_on is None or facts.profile_checked_on + YEAR <= on
    return is_old or not facts.is_profile_whole


IS_MISSING: Mapping[Gap, Callable[[Facts, date], bool]] = {
    Gap.OWNER: lambda facts, on: not facts.has_owner,
    Gap.LINE: lambda facts, on: not facts.line,
    Gap.ADMINISTRATORS: lambda facts, on: facts.administrators < LEAST_ADMINISTRATORS,
    Gap.CUSTODY: lambda facts, on: facts.keeping in ("", Keeping.ONE_PERSON),
    Gap.SECOND_FACTOR: lambda facts, on: facts.second_factor in ("", SecondFactor.NONE),
    Gap.PROFILE: _profile,
    Gap.PRIVACY: _privacy,
    Gap.TERMS: lambda facts, on: not facts.has_terms,
    Gap.GOAL: lambda facts, on: facts.goals == 0,
    Gap.MEASUREMENT: lambda facts, on: facts.unmeasured_goals > 0,
    Gap.REVIEW: lambda facts, on: (facts.next_review_on or facts.opened_on + YEAR) <= on,
}
