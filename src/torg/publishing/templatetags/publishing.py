"""Tags of the pages of publishing: states as colours and words, names in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from torg.publishing import timing
from torg.publishing.models import Article, ArticleState, ChannelPost, PostState, WishState
from torg.publishing.models.topics import Named

register = template.Library()

STATES = {
    ArticleState.IDEA: ("info", "star"),
    ArticleState.DRAFT: ("info", "note"),
    ArticleState.WAITING: ("warning", "clock"),
    ArticleState.APPROVED: ("success", "check"),
    ArticleState.PLANNED: ("success", "clock"),
    ArticleState.PUBLISHED: ("success", "sent"),
    ArticleState.WITHDRAWN: ("neutral", "close"),
    ArticleState.DROPPED: ("neutral", "archive"),
}
POSTS = {
    PostState.PUBLISHED: "success",
    PostState.STOPPED: "danger",
    PostState.UNCONFIRMED: "warning",
    PostState.ON_ITS_WAY: "info",
    PostState.DELETING: "info",
}
WISHES = {WishState.NEW: "info", WishState.TAKEN: "success", WishState.DECLINED: "neutral"}
STOPPED = {
    "approval": gettext_lazy("It lacked approval when its time came. Ask for approval, and give it a new time."),
    "gate": gettext_lazy("The check refused it when its time came. Mend it, and give it a new time."),
}


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key."""
    return found.get(key)


@register.filter
def named(row: Named | None) -> str:
    """The name of a topic, goal or group in the reader's language."""
    return row.name_in(get_language() or "nb") if row is not None else ""


@register.filter
def state_color(article: Article) -> str:
    """The colour of an article's state."""
    return STATES[ArticleState(article.state)][0]


@register.filter
def state_icon(article: Article) -> str:
    """The symbol of an article's state."""
    return STATES[ArticleState(article.state)][1]


@register.filter
def post_color(post: ChannelPost) -> str:
    """The colour of a post's state."""
    return POSTS.get(PostState(post.state), "neutral")


@register.filter
def wish_color(wish: Any) -> str:
    """The colour of what has become of an order or a tip."""
    return WISHES[WishState(wish.state)]


@register.filter
def stop_reason(article: Article) -> str:
    """Why the plan for an article could not be kept, and what to do."""
    return str(STOPPED.get(article.stopped_because, ""))


@register.filter
def reached(article: Article) -> str:
    """“Published in 3 of 4”; the channels that were given up or deleted count as not reached."""
    posts = list(article.posts.all())
    out = sum(post.state == PostState.PUBLISHED for post in posts)
    if not posts:
        return _("On our own site only")
    return _("On our own site, and in %(out)d of %(all)d channels") % {"out": out, "all": len(posts)}


@register.filter
def shown_clock(article: Article) -> str:
    """The time of day at which it is planned, or was published."""
    if article.published_at:
        return _clock(article.published_at)
    return f"{article.planned_clock:%H:%M}" if article.planned_clock else ""


@register.filter
def web_address(address: str) -> str:
    """An address that a platform gave, when it is one of the web."""
    return address if address.startswith(("https://", "http://")) else ""


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(timing.NORWAY):%H:%M}"
