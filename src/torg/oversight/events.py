"""What happens in oversight."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

RULE_SET = Event("oversight.duty_rule.set", _("Decided what a duty asks for"))
RULE_ENDED = Event("oversight.duty_rule.ended", _("Ended a duty"))
RULES_ADOPTED = Event("oversight.duty_rules.adopted", _("Took over the strategy's duties"))
ALARM_RAISED = Event("oversight.duty_alarm.raised", _("Gave notice of a duty"))
ALARM_SETTLED = Event("oversight.duty_alarm.settled", _("A notice of a duty was settled"))
BREACH_EXPLAINED = Event("oversight.breach.explained", _("Explained why a duty was not kept"))
ROUND_STARTED = Event("oversight.round.started", _("Began a watch round"))
ROUND_FINISHED = Event("oversight.round.finished", _("Finished a watch round"))
MEMBERS_REGISTERED = Event("oversight.members.registered", _("Registered members of a group"))
MEMBER_ENDED = Event("oversight.member.ended", _("Recorded that somebody is out of a group"))
GROUP_REVIEWED = Event("oversight.group.reviewed", _("Reviewed a group"))
GROUPS_EXPORTED = Event("oversight.groups.exported", _("Took out the overview of groups for inspection"))
GROUP_EXPORTED = Event("oversight.group.exported", _("Was part of an overview taken out for inspection"))
ACCESS_TASK_MADE = Event("oversight.access_task.made", _("Noted an access that must end"))
ACCESS_TASK_DONE = Event("oversight.access_task.done", _("Confirmed that an access has ended"))
EMERGENCY_ASKED = Event("oversight.emergency.asked", _("Asked for emergency access"))
EMERGENCY_GRANTED = Event("oversight.emergency.granted", _("Agreed to emergency access"))
EMERGENCY_REFUSED = Event("oversight.emergency.refused", _("Refused emergency access"))
EMERGENCY_LAPSED = Event("oversight.emergency.lapsed", _("Nobody agreed to emergency access in time"))
EMERGENCY_ENDED = Event("oversight.emergency.ended", _("Emergency access ended"))
