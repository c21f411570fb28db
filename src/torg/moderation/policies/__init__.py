"""Who may do what in moderation."""

from torg.moderation.policies.aftermath import (
    check_can_decide_breach,
    check_can_hand_over,
    check_can_handle_breach,
    check_can_judge_somewhere,
    check_can_mute,
    check_can_place,
    check_took_no_part,
    may_mute,
    may_read_again,
)
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
    "check_can_decide_breach",
    "check_can_hand_over",
    "check_can_handle_breach",
    "check_can_hide",
    "check_can_judge",
    "check_can_judge_somewhere",
    "check_can_keep_rules",
    "check_can_lift",
    "check_can_mute",
    "check_can_place",
    "check_can_set_terms",
    "check_can_take_part",
    "check_impartial",
    "check_is_proposer",
    "check_not_involved",
    "check_not_taken",
    "check_open",
    "check_open_complaint",
    "check_removable",
    "check_took_no_part",
    "may_assign",
    "may_judge",
    "may_mute",
    "may_read_again",
    "may_set_terms",
    "refusals",
    "standing_of",
    "why_not_removable",
]
