"""Everything that changes in the public journal and in access requests."""

from torg.openness.commands.proposing import age_names, follow_changes, propose_days
from torg.openness.commands.requests import (
    ask,
    close_request,
    complain,
    decide,
    enter,
    fetch,
    forward_complaint,
    take_back,
)
from torg.openness.commands.reviewing import approve, approve_day, keep_out, propose_again, withdraw
from torg.openness.commands.sending import note_sent
from torg.openness.commands.settings import change_settings
from torg.openness.commands.together import decide_together, enter_together

__all__ = [
    "age_names",
    "approve",
    "approve_day",
    "ask",
    "change_settings",
    "close_request",
    "complain",
    "decide",
    "decide_together",
    "enter",
    "enter_together",
    "fetch",
    "follow_changes",
    "forward_complaint",
    "keep_out",
    "note_sent",
    "propose_again",
    "propose_days",
    "take_back",
    "withdraw",
]
