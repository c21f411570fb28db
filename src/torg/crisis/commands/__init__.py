"""Everything that can be done in an incident; one verb is one function."""

from torg.crisis.commands.alerts import call_out, confirm
from torg.crisis.commands.corrections import correct_answer
from torg.crisis.commands.deliveries import chase, note_alert_outcome, note_delivery
from torg.crisis.commands.exercises import play, write_script
from torg.crisis.commands.gateways import end_gateway, send_test, set_gateway
from torg.crisis.commands.holding import let_plan_go_on, release_planned
from torg.crisis.commands.logging import write_lesson, write_log, write_report
from torg.crisis.commands.opening import ask_to_close, change_incident, close_incident, keep_open, open_incident
from torg.crisis.commands.plans import end_checklist, end_standing_seat, set_checklist, set_standing_seat, tick
from torg.crisis.commands.questions import (
    answer_question,
    group_questions,
    hide_answer,
    move_asked,
    send_to_more,
    set_aside,
)
from torg.crisis.commands.rumours import add_source, correct_rumour, end_rumour, end_source
from torg.crisis.commands.sending import note_sandbox_outcome, send_answers
from torg.crisis.commands.statements import (
    correct_statement,
    draft_statement,
    drop_statement,
    promise_next,
    publish_statement,
    rewrite_statement,
)
from torg.crisis.commands.team import hand_over, let_go, receive, take_in
from torg.crisis.commands.withdrawing import withdraw_statement

__all__ = [
    "add_source",
    "answer_question",
    "ask_to_close",
    "call_out",
    "change_incident",
    "chase",
    "close_incident",
    "confirm",
    "correct_answer",
    "correct_rumour",
    "correct_statement",
    "draft_statement",
    "drop_statement",
    "end_checklist",
    "end_gateway",
    "end_rumour",
    "end_source",
    "end_standing_seat",
    "group_questions",
    "hand_over",
    "hide_answer",
    "keep_open",
    "let_go",
    "let_plan_go_on",
    "move_asked",
    "note_alert_outcome",
    "note_delivery",
    "note_sandbox_outcome",
    "open_incident",
    "play",
    "promise_next",
    "publish_statement",
    "receive",
    "release_planned",
    "rewrite_statement",
    "send_answers",
    "send_test",
    "send_to_more",
    "set_aside",
    "set_checklist",
    "set_gateway",
    "set_standing_seat",
    "take_in",
    "tick",
    "withdraw_statement",
    "write_lesson",
    "write_log",
    "write_report",
    "write_script",
]
