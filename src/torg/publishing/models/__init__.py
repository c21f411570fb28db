"""Articles and their versions, posts, the plan, rules, wishes and figures."""

from torg.publishing.models.article import (
    UNPUBLISHED,
    Article,
    ArticleComment,
    ArticleKind,
    ArticleSlug,
    ArticleState,
    Assignment,
)
from torg.publishing.models.figures import Figure, Metric, Quantity
from torg.publishing.models.planning import HoldRelease, Occurrence, PlanFeed, PlanHold, Series
from torg.publishing.models.post import ChannelPost, PostState, PostWithdrawal
from torg.publishing.models.rules import ApprovalRule, ReadingLimit
from torg.publishing.models.topics import Goal, TargetGroup, Topic
from torg.publishing.models.version import (
    ArticleFilm,
    ArticlePicture,
    ArticleText,
    ArticleVersion,
    ChannelText,
    Correction,
    GateOverride,
    VersionApproval,
)
from torg.publishing.models.wishes import Order, PostTip, WishState

__all__ = [
    "UNPUBLISHED",
    "ApprovalRule",
    "Article",
    "ArticleComment",
    "ArticleFilm",
    "ArticleKind",
    "ArticlePicture",
    "ArticleSlug",
    "ArticleState",
    "ArticleText",
    "ArticleVersion",
    "Assignment",
    "ChannelPost",
    "ChannelText",
    "Correction",
    "Figure",
    "GateOverride",
    "Goal",
    "HoldRelease",
    "Metric",
    "Occurrence",
    "Order",
    "PlanFeed",
    "PlanHold",
    "PostState",
    "PostTip",
    "PostWithdrawal",
    "Quantity",
    "ReadingLimit",
    "Series",
    "TargetGroup",
    "Topic",
    "VersionApproval",
    "WishState",
]
