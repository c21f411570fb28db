"""What the gate says, and what it measures against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether a remark stops the article or is advice."""

    REFUSE = "refuse"
    ADVISE = "advise"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: the part, its language, its number there (from 1), and a few of its own words."""

    part: str
    language: str = ""
    number: int = 0
    excerpt: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong. `code` names the reason and the way to mend it, which `words` tells."""

    code: str
    severity: Severity
    place: Place
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        return self.severity is Severity.REFUSE


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the municipality has decided: how hard a text may be by LIX. 45 is “hard”, 55 is “very hard” (Björnsson)."""

    lix_warn_above: int = 45
    lix_refuse_above: int = 55


def refusal(code: str, place: Place, **params: str | int) -> Remark:
    """Something that must be mended."""
    return Remark(code, Severity.REFUSE, place, params)


def advice(code: str, place: Place, **params: str | int) -> Remark:
    """Something that would be better otherwise."""
    return Remark(code, Severity.ADVISE, place, params)
