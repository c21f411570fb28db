"""Enquiries and all that is done with them, one file for each noun."""

from torg.inbox.models.alarms import Alarm, HelpLine
from torg.inbox.models.answers import Answer, CannedAnswer, Draft
from torg.inbox.models.clocks import Clock, ClockFact, ClockWarning, DeadlineRule
from torg.inbox.models.enquiries import Enquiry, Label, Labelling, Note
from torg.inbox.models.forwarding import CaseGuide, CaseReferral, Forwarding, HandOver, HandOverLine
from torg.inbox.models.matters import KnownIssue, KnownIssueAnswer, Matter, MatterLink
from torg.inbox.models.promises import Promise
from torg.inbox.models.settings import InboxSetting, Receipt
from torg.inbox.models.views import Attendance, SavedView

__all__ = [
    "Alarm",
    "Answer",
    "Attendance",
    "CannedAnswer",
    "CaseGuide",
    "CaseReferral",
    "Clock",
    "ClockFact",
    "ClockWarning",
    "DeadlineRule",
    "Draft",
    "Enquiry",
    "Forwarding",
    "HandOver",
    "HandOverLine",
    "HelpLine",
    "InboxSetting",
    "KnownIssue",
    "KnownIssueAnswer",
    "Label",
    "Labelling",
    "Matter",
    "MatterLink",
    "Note",
    "Promise",
    "Receipt",
    "SavedView",
]
