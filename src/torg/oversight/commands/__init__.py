"""What can be done in oversight: rules and notices of duties, rounds, groups, access that ends or is lent."""

from torg.oversight.commands.duties import explain_breach, watch_duties
from torg.oversight.commands.emergency import (
    ask_for_emergency_access,
    end_emergency_access,
    grant_emergency_access,
    refuse_emergency_access,
    settle_emergencies,
)
from torg.oversight.commands.groups import Registered, end_membership, export_groups, register_members, review_group
from torg.oversight.commands.leaving import note_leavers, tick_access_task
from torg.oversight.commands.rounds import finish_round, look_in, start_round
from torg.oversight.commands.rules import STRATEGY, Demand, adopt_strategy_duties, end_duty_rule, set_duty_rule

__all__ = [
    "STRATEGY",
    "Demand",
    "Registered",
    "adopt_strategy_duties",
    "ask_for_emergency_access",
    "end_duty_rule",
    "end_emergency_access",
    "end_membership",
    "explain_breach",
    "export_groups",
    "finish_round",
    "grant_emergency_access",
    "look_in",
    "note_leavers",
    "refuse_emergency_access",
    "register_members",
    "review_group",
    "set_duty_rule",
    "settle_emergencies",
    "start_round",
    "tick_access_task",
    "watch_duties",
]
