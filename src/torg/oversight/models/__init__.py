"""Rules and notices of duties, watch rounds, members and reviews of groups, access that must end or is lent."""

from torg.oversight.models.access import NEXT_STATES, AccessTask, EmergencyAccess
from torg.oversight.models.duties import BreachNote, DutyAlarm, DutyRule, DutyRules
from torg.oversight.models.groups import GroupMember, GroupReview
from torg.oversight.models.rounds import WatchRound

__all__ = [
    "NEXT_STATES",
    "AccessTask",
    "BreachNote",
    "DutyAlarm",
    "DutyRule",
    "DutyRules",
    "EmergencyAccess",
    "GroupMember",
    "GroupReview",
    "WatchRound",
]
