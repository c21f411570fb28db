"""The rules as everyone reads them: what holds now, what has changed, and every wording that has held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from torg.moderation import queries as moderation
from torg.moderation.models import RuleVersion
from torg.moderation.types import Severity, Wording


@dataclass(frozen=True, slots=True)
class Told:
    """One version of a rule in one language; `until` is when it ceased to hold, None while it does."""

    number: int
    version: int
    wording: Wording
    guides: bool
    since: datetime | None
    until: datetime | None = None
    is_withdrawn: bool = False

    @property
    def anchor(self) -> str:
        """Where this very wording stands on the page of older versions; a decision can point to it."""
        return f"{self.number}-{self.version}"

    @property
    def breaches(self) -> Sequence[str]:
        """Examples of what breaks the rule."""
        return self.wording.breaches.splitlines()

    @property
    def allowed(self) -> Sequence[str]:
        """Examples of what is allowed."""
        return self.wording.allowed.splitlines()


def in_force(language: str, *, at: datetime) -> list[Told]:
    """The rules that hold, in the order of their numbers."""
    return [_told(version, language) for version in moderation.rules_in_force(at)]


def changes(*, at: datetime) -> list[moderation.Change]:
    """What began to hold or ceased to, newest first; also what is published to begin later."""
    return moderation.change_log(at=at)


def every_version(language: str) -> list[Told]:
    """Every wording that has been published, by rule and newest first, with when it held."""
    told: list[Told] = []
    later: RuleVersion | None = None
    for version in moderation.published_versions():
        takes_over = later.valid_from if later is not None and later.rule_id == version.rule_id else None
        told.append(_told(version, language, until=version.ended_at or takes_over))
        later = version
    return told


def _told(version: RuleVersion, language: str, *, until: datetime | None = None) -> Told:
    return Told(
        number=version.rule.number,
        version=version.number,
        wording=version.wording(language),
        guides=version.severity == Severity.GUIDING,
        since=version.valid_from,
        until=until,
        is_withdrawn=version.ended_at is not None,
    )
