"""Everything that can be done in moderation; one verb is one function."""

from torg.moderation.commands.agreeing import (
    Agreed,
    agree,
    dismiss,
    return_proposal,
)
from torg.moderation.commands.breaches import (
    assess_breach,
    close_breach,
    decide_breach,
    note_affected,
    note_notified,
    open_breach,
    reassess_breach,
    warn_of_breaches,
)
from torg.moderation.commands.by_hand import report_by_hand
from torg.moderation.commands.cards import open_from_cards
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
    pass_on_case,
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
from torg.moderation.commands.police import fetch_police_package, make_police_package
from torg.moderation.commands.proposing import (
    propose,
    propose_many,
    withdraw_proposal,
)
from torg.moderation.commands.removing import remove_now
from torg.moderation.commands.reporting import (
    VISITOR,
    end_muting,
    forget_senders,
    let_report_go,
    mute_reporter,
    note_let_go_told,
    note_told,
    place_report,
    receive_report,
)
from torg.moderation.commands.revising import revise_proposal, set_apart
from torg.moderation.commands.rules import (
    adopt_default_rulebook,
    discard_draft,
    draft_rule,
    draft_version,
    edit_draft,
    publish_rule,
    withdraw_rule,
)
from torg.moderation.commands.sampling import draw_sample, note_second_reading
from torg.moderation.commands.sanctions import (
    end_sanctions,
    lift_sanction,
    note_sanction_outcome,
    review_sanction,
    tick_lifted,
)
from torg.moderation.commands.terms import set_terms
from torg.moderation.commands.viewing import choose_viewing
from torg.moderation.commands.wording import word_notices

__all__ = [
    "AUTHOR",
    "VISITOR",
    "Agreed",
    "adopt_default_rulebook",
    "agree",
    "ask_author",
    "assess_breach",
    "assign_complaint",
    "choose_viewing",
    "claim",
    "close_breach",
    "close_case",
    "close_finished",
    "complain",
    "decide_breach",
    "decide_complaint",
    "declare_partial",
    "discard_draft",
    "dismiss",
    "draft_rule",
    "draft_version",
    "draw_sample",
    "edit_draft",
    "end_muting",
    "end_sanctions",
    "enter_complaint",
    "fetch_police_package",
    "forget_senders",
    "give_up",
    "hide_for_now",
    "let_report_go",
    "lift_sanction",
    "make_police_package",
    "mark_passage",
    "mark_restored",
    "mute_reporter",
    "name_subject",
    "note_affected",
    "note_decision_outcome",
    "note_hiding_outcome",
    "note_let_go_told",
    "note_notice_outcome",
    "note_notified",
    "note_platform_state",
    "note_restoration",
    "note_sanction_outcome",
    "note_second_reading",
    "note_told",
    "open_breach",
    "open_case",
    "open_from_cards",
    "open_from_findings",
    "pass_on_case",
    "place_report",
    "propose",
    "propose_many",
    "publish_rule",
    "reassess_breach",
    "receive_report",
    "release",
    "remove_now",
    "report_by_hand",
    "report_item",
    "retry_decision",
    "return_proposal",
    "review_sanction",
    "revise_proposal",
    "set_apart",
    "set_terms",
    "settle_decision",
    "settle_hidings",
    "show_again",
    "take_back",
    "take_evidence",
    "tell_otherwise",
    "tick_done",
    "tick_lifted",
    "warn_of_breaches",
    "watch_outside",
    "withdraw_proposal",
    "withdraw_rule",
    "word_notices",
]
