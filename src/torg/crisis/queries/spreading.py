"""How far a statement has come: how many of its channels have it, and which do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from torg.channels.models import Connection
from torg.crisis.models import SandboxPost, Statement
from torg.publishing.models import ChannelPost, PostState


@dataclass(frozen=True, slots=True)
class Reached:
    """One channel: its name, what has become of the post, and where it stands."""

    name: str
    platform: str
    state: str
    label: str
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """“Published in 19 of 20.”"""

    channels: Sequence[Reached]

    @property
    def there(self) -> int:
        """How many have it."""
        return sum(1 for one in self.channels if one.state == PostState.PUBLISHED)

    @property
    def stopped(self) -> Sequence[Reached]:
        """Those that somebody must look at."""
        return [one for one in self.channels if one.state in {PostState.STOPPED, PostState.UNCONFIRMED}]


def channels_of(statement: Statement) -> list[Connection]:
    """The channels that a statement which is out went to."""
    articles = [statement.article_id] if statement.article_id else []
    posts = ChannelPost.objects.filter(article__public_id__in=articles).values("connection")
    sandboxed = statement.sandbox_posts.values("connection")
    rows = Connection.objects.filter(Q(pk__in=posts) | Q(pk__in=sandboxed))
    return list(rows.order_by("platform", "name", "id"))


def spread_of(statements: Sequence[Statement]) -> dict[int, Spread]:
    """By the key of each statement, how far it has come; in an exercise, how far it would have."""
    by_article = {row.article_id: row.pk for row in statements if row.article_id}
    found: dict[int, list[Reached]] = {row.pk: [] for row in statements}
    posts = ChannelPost.objects.filter(article__public_id__in=list(by_article)).select_related("connection", "article")
    for post in posts.order_by("connection__platform", "connection__name"):
        state = PostState(post.state)
        told = Reached(post.connection.name, post.connection.platform, state, str(state.label), post.permalink)
        found[by_article[post.article.public_id]].append(told)
    sandboxed = SandboxPost.objects.filter(statement__in=statements).select_related("connection")
    for shown in sandboxed.order_by("connection__platform", "connection__name"):
        state = PostState.PUBLISHED if shown.arrived_at else PostState.ON_ITS_WAY
        told = Reached(shown.connection.name, shown.connection.platform, state, str(state.label))
        found[shown.statement_id].append(told)
    return {key: Spread(channels) for key, channels in found.items()}
