"""Which rules hold, held and are worked on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.moderation.models import Rule, RuleVersion
from torg.moderation.types import RuleState


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as the staff's list shows it: what holds, what will hold, and what is worked on."""

    rule: Rule
    current: RuleVersion | None
    coming: RuleVersion | None
    draft: RuleVersion | None

    @property
    def shown(self) -> RuleVersion | None:
        """The version that names the rule in a list."""
        return self.current or self.coming or self.draft


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log: a version began to hold, or a rule was withdrawn."""

    at: datetime
    version: RuleVersion
    is_withdrawal: bool
    before: RuleVersion | None


def rules_in_force(at: datetime) -> list[RuleVersion]:
    """The wording of every rule that holds at `at`, in the order of their numbers."""
    return list(RuleVersion.objects.in_force(at))


def version_in_force(rule: Rule, *, at: datetime) -> RuleVersion | None:
    """The wording of `rule` that held at `at`; None before it began and after it was withdrawn."""
    return RuleVersion.objects.in_force(at).filter(rule=rule).first()


def rule_or_absent(rule_id: UUID) -> Rule:
    """Raises NotFound when there is no such rule."""
    rule = Rule.objects.filter(public_id=rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such rule."))
    return rule


def rules_touched_by(kinds: Iterable[str], *, at: datetime) -> dict[str, RuleVersion]:
    """For each kind of finding the rule in force that it can touch; kinds that touch none are left out."""
    asked = set(kinds)
    return {
        kind: version
        for version in reversed(rules_in_force(at))
        for kind in version.rule.finding_kinds
        if kind in asked
    }


def rulebook(*, at: datetime) -> list[RuleLine]:
    """Every rule with what holds, what is coming and what is worked on."""
    versions = list(RuleVersion.objects.select_related("rule").order_by("rule__number", "-number"))
    in_force = {version.pk for version in rules_in_force(at)}
    lines: dict[int, list[RuleVersion]] = {}
    for version in versions:
        lines.setdefault(version.rule_id, []).append(version)
    return [_line(each, in_force, at=at) for each in lines.values()]


def history(rule: Rule) -> list[RuleVersion]:
    """The rule's versions, newest first, with who published each."""
    people = ("rule", "published_by", "ended_by", "drafted_by")
    return list(rule.versions.select_related(*people).order_by("-number"))


def change_log(*, at: datetime) -> list[Change]:
    """What has begun to hold or ceased to, newest first; what was published to begin later is told as well."""
    changes: list[Change] = []
    before: dict[int, RuleVersion] = {}
    for version in RuleVersion.objects.published().select_related("rule").order_by("valid_from", "rule__number"):
        if version.ended_at is None or version.ended_at > version.valid_from:
            changes.append(Change(version.valid_from, version, False, before.get(version.rule_id)))
            before[version.rule_id] = version
        if version.ended_at is not None:
            changes.append(Change(version.ended_at, version, True, None))
    return sorted(changes, key=lambda change: (change.at, -change.version.rule.number), reverse=True)


def published_versions() -> list[RuleVersion]:
    """Every wording that has been published, by the rules' numbers and newest first."""
    return list(RuleVersion.objects.published().select_related("rule").order_by("rule__number", "-valid_from"))


def has_rules() -> bool:
    """Whether anybody has begun a rulebook."""
    return Rule.objects.exists()


def _line(versions: list[RuleVersion], in_force: set[int], *, at: datetime) -> RuleLine:
    draft = next((one for one in versions if one.state == RuleState.DRAFT), None)
    current = next((one for one in versions if one.pk in in_force), None)
    coming = next((one for one in versions if one.valid_from and one.valid_from > at and one.ended_at is None), None)
    return RuleLine(versions[0].rule, current, coming, draft)
