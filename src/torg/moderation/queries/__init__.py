"""What moderation can be asked."""

from torg.moderation.queries.complaints import (
    complaint_or_absent,
    complaints_for,
    decision_or_absent,
    notice_by_secret,
    open_complaints,
)
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
from torg.moderation.queries.viewing import GROSS, viewing_of

__all__ = [
    "GROSS",
    "Change",
    "RuleLine",
    "change_log",
    "complaint_or_absent",
    "complaints_for",
    "decision_or_absent",
    "has_rules",
    "history",
    "notice_by_secret",
    "open_complaints",
    "published_versions",
    "rule_or_absent",
    "rulebook",
    "rules_in_force",
    "rules_touched_by",
    "version_in_force",
    "viewing_of",
]
