"""Everything that can be done with articles, posts and the plan; one verb is one function."""

from torg.publishing.commands.approving import approve, override_gate, send_back, submit
from torg.publishing.commands.articles import (
    add_idea,
    arrange,
    assign,
    comment,
    drop,
    finish_assignment,
    save_version,
    take_up,
)
from torg.publishing.commands.feeds import close_feed, open_feed
from torg.publishing.commands.figures import note_figures
from torg.publishing.commands.plan import (
    begin_series,
    end_hold,
    end_series,
    fill_series,
    hold_planned,
    plan,
    publish_planned,
    release_post,
    unplan,
)
from torg.publishing.commands.posts import delete_post, give_up_post, note_post_outcome, retry_post
from torg.publishing.commands.publishing import (
    carry_correction,
    publish,
    publish_correction,
    publish_now,
)
from torg.publishing.commands.settings import (
    end_approval_rule,
    end_name,
    set_approval_rule,
    set_goal,
    set_group,
    set_reading_limit,
    set_topic,
)
from torg.publishing.commands.wishes import Wish, decline_order, decline_tip, give_tip, order, take_order, take_tip
from torg.publishing.commands.withdrawing import delete_landed_post, withdraw_article

__all__ = [
    "Wish", "add_idea", "approve", "arrange", "assign", "begin_series", "carry_correction", "close_feed", "comment",
    "decline_order", "decline_tip", "delete_landed_post", "delete_post", "drop", "end_approval_rule", "end_hold",
    "end_name", "end_series", "fill_series", "finish_assignment", "give_tip", "give_up_post", "hold_planned",
    "note_figures", "note_post_outcome", "open_feed", "order", "override_gate", "plan", "publish", "publish_correction",
    "publish_now", "publish_planned", "release_post", "retry_post", "save_version", "send_back", "set_approval_rule",
    "set_goal", "set_group", "set_reading_limit", "set_topic", "submit", "take_order", "take_tip", "take_up", "unplan",
    "withdraw_article",
]  # fmt: skip
