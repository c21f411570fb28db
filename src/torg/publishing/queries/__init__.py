"""Questions on articles: what is published, what is on its way, and how it has done."""

from torg.publishing.queries.achieved import by_goal
from torg.publishing.queries.figures import best_times, definitions_of, figures_of, measured_posts, newest_figures
from torg.publishing.queries.library import media_for
from torg.publishing.queries.mine import (
    changed_by_others,
    commented_for,
    corrections_for_me,
    ready_for,
    tasks_of,
    waiting_for_me,
)
from torg.publishing.queries.plan import (
    by_day,
    due,
    goal_balance,
    group_balance,
    held,
    hold_in_force,
    is_on_hold,
    on_the_way,
    planned_moment,
    posts_of,
    published_lately,
    stopped,
)
from torg.publishing.queries.published import pinned_of, published, published_one, topics
from torg.publishing.queries.wishes import orders_for, orders_waiting, tips_for, tips_waiting

__all__ = [
    "best_times",
    "by_day",
    "by_goal",
    "changed_by_others",
    "commented_for",
    "corrections_for_me",
    "definitions_of",
    "due",
    "figures_of",
    "goal_balance",
    "group_balance",
    "held",
    "hold_in_force",
    "is_on_hold",
    "measured_posts",
    "media_for",
    "newest_figures",
    "on_the_way",
    "orders_for",
    "orders_waiting",
    "pinned_of",
    "planned_moment",
    "posts_of",
    "published",
    "published_lately",
    "published_one",
    "ready_for",
    "stopped",
    "tasks_of",
    "tips_for",
    "tips_waiting",
    "topics",
    "waiting_for_me",
]
