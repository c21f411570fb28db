"""What is done to the register: each verb one function, one transaction, one event."""

from torg.registry.commands.access import note_access, recognise_access
from torg.registry.commands.administrators import add_administrator, end_administration
from torg.registry.commands.applications import apply, approve_application, refuse_application, withdraw_application
from torg.registry.commands.care import assess_privacy, check_profile, record_custody, review_presence, set_terms
from torg.registry.commands.endings import close_presence, merge_presence, record_succession
from torg.registry.commands.exports import (
    erase_export,
    fetch_export,
    note_export,
    note_export_failed,
    order_export,
)
from torg.registry.commands.goals import end_goal, measure_goal, set_goal
from torg.registry.commands.presences import change_details, change_presence, open_presence
from torg.registry.commands.telling import note_told
from torg.registry.types import Description

__all__ = [
    "Description",
    "add_administrator",
    "apply",
    "approve_application",
    "assess_privacy",
    "change_details",
    "change_presence",
    "check_profile",
    "close_presence",
    "end_administration",
    "end_goal",
    "erase_export",
    "fetch_export",
    "measure_goal",
    "merge_presence",
    "note_access",
    "note_export",
    "note_export_failed",
    "note_told",
    "open_presence",
    "order_export",
    "recognise_access",
    "record_custody",
    "record_succession",
    "refuse_application",
    "review_presence",
    "set_goal",
    "set_terms",
    "withdraw_application",
]
