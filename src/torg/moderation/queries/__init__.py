"""What moderation can be asked."""

from torg.moderation.queries.queue import (
    CaseFilters,
    CasePage,
    View,
    case_page,
    hidings_standing,
    narrowed,
    waiting_for,
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
    "CaseFilters",
    "CasePage",
    "Change",
    "RuleLine",
    "View",
    "case_page",
    "change_log",
    "has_rules",
    "hidings_standing",
    "history",
    "narrowed",
    "published_versions",
    "rule_or_absent",
    "rulebook",
    "rules_in_force",
    "rules_touched_by",
    "version_in_force",
    "viewing_of",
    "waiting_for",
]
