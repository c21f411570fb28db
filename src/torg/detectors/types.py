"""What a detector finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The sorts of findings. The names are stored: never change one."""

    LANGUAGE = "LANGUAGE"
    QUESTION = "QUESTION"
    CASE_HANDLING = "CASE_HANDLING"
    NATIONAL_ID = "NATIONAL_ID"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ACCOUNT = "ACCOUNT"
    HEALTH = "HEALTH"
    CHILD = "CHILD"
    DANGER = "DANGER"
    THREAT = "THREAT"
    HATE = "HATE"
    INSULT = "INSULT"
    PROFANITY = "PROFANITY"
    OBSCENE = "OBSCENE"
    LINK = "LINK"


# Personal data of a kind that must not stand in the open (strategy C6): raises the sensitive queue.
SENSITIVE = frozenset({Kind.NATIONAL_ID, Kind.ACCOUNT, Kind.HEALTH, Kind.CHILD})

# What lists, notices, exports and logs do not show. Danger stays readable: somebody must act on it at once.
MASKED = SENSITIVE | {Kind.PHONE, Kind.EMAIL}

# What can be against the discussion rules (strategy F2, F3). Being critical is not on this list (F5).
SUGGESTS_A_BREACH = frozenset({Kind.THREAT, Kind.HATE, Kind.INSULT, Kind.PROFANITY, Kind.OBSCENE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One passage and why it was marked.

    `start` and `end` are Python indices into the text; `score` goes from 0 to 1. `code` names the explanation and
    `params` fills it in: words from our own lists, hosts and language codes, never what the person wrote.
    """

    kind: Kind
    start: int
    end: int
    score: float
    code: str
    detector: str
    version: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_sensitive(self) -> bool:
        """Whether the passage is personal data of a special kind."""
        return self.kind in SENSITIVE
