"""What the inbox can be asked."""

from torg.inbox.queries.filters import Filters, View
from torg.inbox.queries.lists import (
    alarms_to_escalate,
    canned_answers,
    canned_values,
    forwarding_for,
    hand_overs_for,
    issue_matches,
    matter_or_absent,
    newest_inbound,
    open_issues,
    role_of,
    setting_for,
    unit_or_absent,
    usual_way,
    ways,
)
from torg.inbox.queries.queue import Page, Reason, Row, counts, page, reasons
from torg.inbox.queries.sheet import Computed, Sheet, computed, enquiry_for, sheet

__all__ = [
    "Computed",
    "Filters",
    "Page",
    "Reason",
    "Row",
    "Sheet",
    "View",
    "alarms_to_escalate",
    "canned_answers",
    "canned_values",
    "computed",
    "counts",
    "enquiry_for",
    "forwarding_for",
    "hand_overs_for",
    "issue_matches",
    "matter_or_absent",
    "newest_inbound",
    "open_issues",
    "page",
    "reasons",
    "role_of",
    "setting_for",
    "sheet",
    "unit_or_absent",
    "usual_way",
    "ways",
]
