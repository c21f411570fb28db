"""Who may do what in moderation."""

from torg.moderation.policies.complaining import (
    check_can_assign,
    check_can_judge,
    check_open_complaint,
    may_assign,
    may_judge,
)
from torg.moderation.policies.deciding import (
    check_can_agree,
    check_can_close,
    check_can_hide,
    check_can_lift,
    check_can_take_part,
    check_impartial,
    check_is_proposer,
    check_not_involved,
    check_not_taken,
    check_open,
    check_removable,
)
from torg.moderation.policies.rules import check_can_keep_rules, check_can_set_terms, may_set_terms
from torg.moderation.policies.standing import Standing, refusals, standing_of
from torg.moderation.queries import why_not_removable

__all__ = [
    "Standing",
    "check_can_agree",
    "check_can_assign",
    "check_can_close",
    "check_can_hide",
    "check_can_judge",
    "check_can_keep_rules",
    "check_can_lift",
    "check_can_set_terms",
    "check_can_take_part",
    "check_impartial",
    "check_is_proposer",
    "check_not_involved",
    "check_not_taken",
    "check_open",
    "check_open_complaint",
    "check_removable",
    "may_assign",
    "may_judge",
    "may_set_terms",
    "refusals",
    "standing_of",
    "why_not_removable",
]
