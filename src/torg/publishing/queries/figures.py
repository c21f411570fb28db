"""How posts have done, each figure under its definition; and at what times ours have reached most."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from torg.core.actors import Actor
from torg.people.types import Permission
from torg.publishing import timing
from torg.publishing.models import Article, ChannelPost, Figure, PostState, Quantity

SHOWN_FOR = timedelta(days=90)
# One lucky post is no pattern: so many in a slot, and so many in all, before a time is called good.
FEWEST_IN_SLOT, FEWEST_IN_ALL = 2, 6
SLOT_HOURS = 3


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of a post under one definition (`metric_id`): its code and version there, and since when it holds."""

    metric_id: int
    quantity: Quantity
    code: str
    version: int
    defined_on: date
    value: int
    measured_at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekday and some hours of it, with what our posts there have reached on average, under one definition."""

    weekday: int
    from_hour: int
    average: int
    posts: int
    by: Series

    @property
    def until_hour(self) -> int:
        return self.from_hour + SLOT_HOURS


def newest_figures(posts: Iterable[ChannelPost]) -> dict[int, list[Series]]:
    """The newest figure of each definition for each post. Two definitions of one quantity stay two (A6)."""
    rows = (
        Figure.objects.filter(post__in=list(posts))
        .select_related("metric")
        .order_by("post_id", "metric_id", "-measured_at")
        .distinct("post_id", "metric_id")
    )
    told: dict[int, list[Series]] = defaultdict(list)
    for row in rows:
        metric = row.metric
        told[row.post_id].append(
            Series(
                row.metric_id,
                Quantity(metric.quantity),
                metric.code,
                metric.version,
                metric.defined_on,
                row.value,
                row.measured_at,
            )
        )
    return {key: sorted(found, key=_order) for key, found in told.items()}


def _order(series: Series) -> tuple[int, date]:
    return Quantity.values.index(series.quantity), series.defined_on


def measured_posts(actor: Actor, *, at: datetime) -> list[ChannelPost]:
    """Our posts of the last three months on the pages that `actor` may publish on, newest first."""
    rows = ChannelPost.objects.visible_to(actor, at=at, permission=Permission.PUBLISH)
    out = rows.filter(state=PostState.PUBLISHED, published_at__gte=at - SHOWN_FOR)
    return list(out.select_related("article__goal", "connection").order_by("-published_at")[:60])


def best_times(actor: Actor, *, at: datetime) -> list[Slot]:
    """The three slots of the week in which our own posts have reached most; empty until there are enough to say.

    Counted under the definition of reach, or else views, that most posts have: never two spliced together.
    """
    posts = measured_posts(actor, at=at)
    figures = newest_figures(posts)
    by = commonest(figures.values(), (Quantity.REACH, Quantity.VIEWS))
    slots: dict[tuple[int, int], list[int]] = defaultdict(list)
    for post in posts:
        local = (post.published_at or at).astimezone(timing.NORWAY)
        for series in figures.get(post.pk, []):
            if by is not None and series.metric_id == by.metric_id:
                slots[local.weekday(), local.hour // SLOT_HOURS * SLOT_HOURS].append(series.value)
    if by is None or sum(len(values) for values in slots.values()) < FEWEST_IN_ALL:
        return []
    found = [
        Slot(weekday, hour, round(sum(values) / len(values)), len(values), by)
        for (weekday, hour), values in slots.items()
        if len(values) >= FEWEST_IN_SLOT
    ]
    return sorted(found, key=lambda slot: -slot.average)[:3]


def commonest(figures: Collection[Sequence[Series]], quantities: Sequence[Quantity]) -> Series | None:
    """One of those whose definition most posts have a figure under, the newer of two that are as common.

    Of the first of `quantities` that any channel tells; None where none is told.
    """
    for quantity in quantities:
        told = [series for found in figures for series in found if series.quantity == quantity]
        counts = Counter(series.metric_id for series in told)
        if told:
            return max(told, key=lambda series: (counts[series.metric_id], series.defined_on, -series.metric_id))
    return None


def definitions_of(figures: Iterable[Sequence[Series]]) -> list[Series]:
    """One of each definition that the figures stand under, the newest first within a quantity."""
    told = {series.metric_id: series for found in figures for series in found}
    return sorted(
        told.values(), key=lambda series: (Quantity.values.index(series.quantity), -series.defined_on.toordinal())
    )


def figures_of(article: Article) -> dict[int, list[Series]]:
    """The newest figures of each of an article's posts."""
    return newest_figures(article.posts.all())
