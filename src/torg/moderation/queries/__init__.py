"""What moderation can be asked."""

from torg.moderation.queries.breaches import breach_of, breach_or_absent, breaches
from torg.moderation.queries.cases import (
    CaseSheet,
    Previewed,
    case_or_absent,
    preview,
    proposals_waiting,
    readable,
    sheet,
    too_few_agree,
    why_not_removable,
)
from torg.moderation.queries.complaints import (
    complaint_or_absent,
    complaints_for,
    complaints_to_decide,
    decision_or_absent,
    notice_by_secret,
    open_complaints,
)
from torg.moderation.queries.equality import equality
from torg.moderation.queries.police import package_or_absent, packages
from torg.moderation.queries.queue import CaseFilters, CasePage, View, case_page, hidings_standing, narrowed
from torg.moderation.queries.reporting import (
    item_of_link,
    mutings_in_force,
    tip_by_number,
    tip_or_absent,
    tips_handled,
    tips_waiting,
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
from torg.moderation.queries.sampling import decisions_to_draw, reading_or_absent, readings
from torg.moderation.queries.sanctions import bans_in_force, history_of, next_step
from torg.moderation.queries.transparency import LOCAL, public_scopes, transparency, whole_year
from torg.moderation.queries.viewing import GROSS, viewing_of
from torg.moderation.queries.wordings import Wordings, proposal_or_absent, targets_of, wordings_of

__all__ = [
    "GROSS",
    "LOCAL",
    "CaseFilters",
    "CasePage",
    "CaseSheet",
    "Change",
    "Previewed",
    "RuleLine",
    "View",
    "Wordings",
    "bans_in_force",
    "breach_of",
    "breach_or_absent",
    "breaches",
    "case_or_absent",
    "case_page",
    "change_log",
    "complaint_or_absent",
    "complaints_for",
    "complaints_to_decide",
    "decision_or_absent",
    "decisions_to_draw",
    "equality",
    "has_rules",
    "hidings_standing",
    "history",
    "history_of",
    "item_of_link",
    "mutings_in_force",
    "narrowed",
    "next_step",
    "notice_by_secret",
    "open_complaints",
    "package_or_absent",
    "packages",
    "preview",
    "proposal_or_absent",
    "proposals_waiting",
    "public_scopes",
    "published_versions",
    "readable",
    "reading_or_absent",
    "readings",
    "rule_or_absent",
    "rulebook",
    "rules_in_force",
    "rules_touched_by",
    "sheet",
    "targets_of",
    "tip_by_number",
    "tip_or_absent",
    "tips_handled",
    "tips_waiting",
    "too_few_agree",
    "transparency",
    "version_in_force",
    "viewing_of",
    "whole_year",
    "why_not_removable",
    "wordings_of",
]
