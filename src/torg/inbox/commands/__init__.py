"""Everything that can be done in the inbox; one verb is one function."""

from torg.inbox.commands.alarms import acknowledge_alarm, check_help_line, escalate_alarms
from torg.inbox.commands.answers import answer, answer_offline, withdraw_answer
from torg.inbox.commands.approvals import approve_answer, reject_answer
from torg.inbox.commands.bulk import act_on_many
from torg.inbox.commands.clockwork import remind_of_promises, send_receipts, wake_snoozed, warn
from torg.inbox.commands.drafts import discard_draft, pass_on_draft, save_draft
from torg.inbox.commands.forwarding import answer_forwarding, forward, hand_over, read_hand_over, refer_case
from torg.inbox.commands.handling import (
    add_note,
    assign,
    close,
    label,
    mark_as_question,
    reopen,
    snooze,
    unlabel,
)
from torg.inbox.commands.intake import recompute, take_in
from torg.inbox.commands.lists import (
    make_canned,
    make_guide,
    make_label,
    retire_canned,
    retire_guide,
    retire_label,
    rewrite_canned,
)
from torg.inbox.commands.matters import answer_issue, end_issue, link_matter, open_issue, unlink_matter
from torg.inbox.commands.moving import merge, move
from torg.inbox.commands.outcomes import note_outcome, retry_answer, settle_answer
from torg.inbox.commands.promises import make_promise, settle_promise
from torg.inbox.commands.rules import change_setting, set_rule
from torg.inbox.commands.searching import search_sensitive
from torg.inbox.commands.views import delete_view, save_view

__all__ = [
    "acknowledge_alarm",
    "act_on_many",
    "add_note",
    "answer",
    "answer_forwarding",
    "answer_issue",
    "answer_offline",
    "approve_answer",
    "assign",
    "change_setting",
    "check_help_line",
    "close",
    "delete_view",
    "discard_draft",
    "end_issue",
    "escalate_alarms",
    "forward",
    "hand_over",
    "label",
    "link_matter",
    "make_canned",
    "make_guide",
    "make_label",
    "make_promise",
    "mark_as_question",
    "merge",
    "move",
    "note_outcome",
    "open_issue",
    "pass_on_draft",
    "read_hand_over",
    "recompute",
    "refer_case",
    "reject_answer",
    "remind_of_promises",
    "reopen",
    "retire_canned",
    "retire_guide",
    "retire_label",
    "retry_answer",
    "rewrite_canned",
    "save_draft",
    "save_view",
    "search_sensitive",
    "send_receipts",
    "set_rule",
    "settle_answer",
    "settle_promise",
    "snooze",
    "take_in",
    "unlabel",
    "unlink_matter",
    "wake_snoozed",
    "warn",
    "withdraw_answer",
]
