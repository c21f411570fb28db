"""What the inbox can be asked."""

from torg.inbox.queries.filters import Filters, View
from torg.inbox.queries.lists import (
    Choices,
    alarms_to_escalate,
    canned_answers,
    canned_values,
    choices,
    forwarding_for,
    forwardings_to,
    hand_overs_for,
    help_lines,
    is_secret,
    issue_matches,
    matter_or_absent,
    newest_inbound,
    open_issues,
    promises_due,
    role_of,
    saved_views,
    setting_for,
    unit_or_absent,
    usual_way,
    ways,
)
from torg.inbox.queries.queue import Page, counts, page
from torg.inbox.queries.reasons import Reason, reasons
from torg.inbox.queries.rows import Row
from torg.inbox.queries.searching import thread_ids
from torg.inbox.queries.sheet import Computed, Sheet, computed, enquiry_for, sheet

__all__ = [
    "Choices",
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
    "choices",
    "computed",
    "counts",
    "enquiry_for",
    "forwarding_for",
    "forwardings_to",
    "hand_overs_for",
    "help_lines",
    "is_secret",
    "issue_matches",
    "matter_or_absent",
    "newest_inbound",
    "open_issues",
    "page",
    "promises_due",
    "reasons",
    "role_of",
    "saved_views",
    "setting_for",
    "sheet",
    "thread_ids",
    "unit_or_absent",
    "usual_way",
    "ways",
]
