"""Everything that can be done in moderation; one verb is one function."""

from torg.moderation.commands.agreeing import (
    Agreed,
    agree,
    dismiss,
    return_proposal,
)
from torg.moderation.commands.carrying import (
    give_up,
    note_decision_outcome,
    note_notice_outcome,
    note_platform_state,
    retry_decision,
    settle_decision,
    tell_otherwise,
    tick_done,
)
from torg.moderation.commands.claiming import (
    claim,
    declare_partial,
    mark_passage,
    name_subject,
    release,
)
from torg.moderation.commands.closing import (
    close_case,
    close_finished,
)
from torg.moderation.commands.complaints import (
    AUTHOR,
    ask_author,
    assign_complaint,
    complain,
    decide_complaint,
    enter_complaint,
    mark_restored,
    note_restoration,
    take_back,
)
from torg.moderation.commands.hiding import (
    hide_for_now,
    note_hiding_outcome,
    settle_hidings,
    show_again,
)
from torg.moderation.commands.opening import (
    open_case,
    open_from_findings,
    report_item,
    take_evidence,
    watch_outside,
)
from torg.moderation.commands.proposing import (
    propose,
    propose_many,
    withdraw_proposal,
)
from torg.moderation.commands.rules import (
    adopt_default_rulebook,
    discard_draft,
    draft_rule,
    draft_version,
    edit_draft,
    publish_rule,
    withdraw_rule,
)
from torg.moderation.commands.sanctions import (
    end_sanctions,
    lift_sanction,
    note_sanction_outcome,
    review_sanction,
    tick_lifted,
)
from torg.moderation.commands.terms import set_terms
from torg.moderation.commands.viewing import choose_viewing

__all__ = [
    "AUTHOR",
    "Agreed",
    "adopt_default_rulebook",
    "agree",
    "ask_author",
    "assign_complaint",
    "choose_viewing",
    "claim",
    "close_case",
    "close_finished",
    "complain",
    "decide_complaint",
    "declare_partial",
    "discard_draft",
    "dismiss",
    "draft_rule",
    "draft_version",
    "edit_draft",
    "end_sanctions",
    "enter_complaint",
    "give_up",
    "hide_for_now",
    "lift_sanction",
    "mark_passage",
    "mark_restored",
    "name_subject",
    "note_decision_outcome",
    "note_hiding_outcome",
    "note_notice_outcome",
    "note_platform_state",
    "note_restoration",
    "note_sanction_outcome",
    "open_case",
    "open_from_findings",
    "propose",
    "propose_many",
    "publish_rule",
    "release",
    "report_item",
    "retry_decision",
    "return_proposal",
    "review_sanction",
    "set_terms",
    "settle_decision",
    "settle_hidings",
    "show_again",
    "take_back",
    "take_evidence",
    "tell_otherwise",
    "tick_done",
    "tick_lifted",
    "watch_outside",
    "withdraw_proposal",
    "withdraw_rule",
]
