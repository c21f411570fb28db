"""What moderation can be asked."""

from torg.moderation.queries.cases import (
    Previewed,
    preview,
    readable,
    why_not_removable,
)
from torg.moderation.queries.complaints import (
    complaint_or_absent,
    complaints_for,
    decision_or_absent,
    notice_by_secret,
    open_complaints,
)
from torg.moderation.queries.queue import (
    CaseFilters,
    CasePage,
    View,
    case_page,
    hidings_standing,
    narrowed,
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
from torg.moderation.queries.sanctions import (
    bans_in_force,
    history_of,
    next_step,
    to_review,
)
from torg.moderation.queries.viewing import (
    GROSS,
    viewing_of,
)

__all__ = [
    "GROSS",
    "CaseFilters",
    "CasePage",
    "Change",
    "Previewed",
    "RuleLine",
    "View",
    "bans_in_force",
    "case_page",
    "change_log",
    "complaint_or_absent",
    "complaints_for",
    "decision_or_absent",
    "has_rules",
    "hidings_standing",
    "history",
    "history_of",
    "narrowed",
    "next_step",
    "notice_by_secret",
    "open_complaints",
    "preview",
    "published_versions",
    "readable",
    "rule_or_absent",
    "rulebook",
    "rules_in_force",
    "rules_touched_by",
    "to_review",
    "version_in_force",
    "viewing_of",
    "why_not_removable",
]
