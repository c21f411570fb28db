"""What moderation can be asked."""

from torg.moderation.queries.rules import (
    Change,
    RuleLine,
    change_log,
    has_rules,
    history,
    published_versions,
    rule_or_absent,
    rulebook,
    rules_in_force,
    rules_touched_by,
    version_in_force,
)

__all__ = [
    "Change",
    "RuleLine",
    "change_log",
    "has_rules",
    "history",
    "published_versions",
    "rule_or_absent",
    "rulebook",
    "rules_in_force",
    "rules_touched_by",
    "version_in_force",
]
