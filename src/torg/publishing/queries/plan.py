"""What is on its way: the plan as a list and a calendar, what is due, and what is on hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from torg.core.actors import Actor
from torg.people.scoping import ScopedQuerySet
from torg.people.types import Permission
from torg.publishing import timing
from torg.publishing.models import (
    UNPUBLISHED,
    Article,
    ArticleState,
    ChannelPost,
    Goal,
    HoldRelease,
    PlanHold,
    TargetGroup,
)
from torg.publishing.types import Held, Moment


@dataclass(frozen=True, slots=True)
class Share:
    """How large a part of the posts a goal or a group has, and how large it should be, in percent."""

    name: str
    count: int
    percent: int
    wanted_percent: int | None = None

    @property
    def is_behind(self) -> bool:
        return self.wanted_percent is not None and self.percent < self.wanted_percent


def planned_moment(article: Article) -> datetime | None:
    """When it is to go out, as a moment; None without a time."""
    if article.planned_on is None or article.planned_clock is None:
        return None
    return timing.moment_of(Moment(article.planned_on, article.planned_clock))


def on_the_way(actor: Actor, *, at: datetime) -> QuerySet[Article]:
    """Everything that `actor` may work with and that is not out: what has a time first, in its order."""
    rows = Article.objects.visible_to(actor, at=at, permission=Permission.PUBLISH).filter(state__in=UNPUBLISHED)
    told: QuerySet[Article] = rows.select_related("topic", "goal", "responsible").order_by(
        "planned_on", "planned_clock", "id"
    )
    return told


def published_lately(actor: Actor, *, at: datetime, limit: int = 20) -> list[Article]:
    """What was published last on the pages that `actor` may publish on."""
    rows = Article.objects.visible_to(actor, at=at, permission=Permission.PUBLISH).filter(published_at__isnull=False)
    return list(rows.select_related("topic", "goal").prefetch_related("posts").order_by("-published_at")[:limit])


def by_day(actor: Actor, first: date, last: date, *, at: datetime) -> Mapping[date, list[Article]]:
    """What is planned for, or was published on, each day from `first` to `last`, by the wall in Norway."""
    begins = timing.moment_of(Moment(first, datetime.min.time()))
    ends = timing.moment_of(Moment(last + timedelta(days=1), datetime.min.time()))
    planned = Q(state__in=UNPUBLISHED, planned_on__range=(first, last))
    out = Q(published_at__gte=begins, published_at__lt=ends)
    rows = Article.objects.visible_to(actor, at=at, permission=Permission.PUBLISH).filter(planned | out)
    days: dict[date, list[Article]] = {}
    for row in sorted(rows.select_related("topic", "goal"), key=_shown_at):
        days.setdefault(_shown_at(row).date(), []).append(row)
    return days


def _shown_at(article: Article) -> datetime:
    when = article.published_at or planned_moment(article) or article.made_at
    return when.astimezone(timing.NORWAY)


def due(*, at: datetime) -> list[Article]:
    """What is in the plan and whose time has come, apart from what is on hold."""
    today = timing.wall_of(at).day
    rows = Article.objects.filter(state=ArticleState.PLANNED, planned_on__lte=today)
    free = rows.exclude(pk__in=_held_rows()) if hold_in_force() else rows
    return [row for row in free.order_by("planned_on", "planned_clock", "id") if _is_due(row, at)]


def _is_due(article: Article, at: datetime) -> bool:
    moment = planned_moment(article)
    return moment is not None and moment <= at


def hold_in_force() -> PlanHold | None:
    """The hold that stops the plan now; None when nothing does."""
    return PlanHold.objects.filter(ended_at=None).order_by("-begun_at").first()


def is_on_hold(article: Article) -> bool:
    """Whether the plan is stopped, and this article not released."""
    return hold_in_force() is not None and _held_rows().filter(pk=article.pk).exists()


def held(actor: Actor, *, at: datetime) -> list[Held]:
    """What is planned and waits for its release, in the order of the plan."""
    hold = hold_in_force()
    if hold is None:
        return []
    rows = _held_rows().visible_to(actor, at=at, permission=Permission.PUBLISH)
    return [
        Held(row.public_id, row.scope_id, row.title, planned_moment(row), hold.reason_code)
        for row in rows.order_by("planned_on", "planned_clock", "id")
    ]


def _held_rows() -> ScopedQuerySet:
    """What is in the plan and lacks a release from any hold that is in force."""
    holding = PlanHold.objects.filter(ended_at=None)
    released = HoldRelease.objects.filter(hold=OuterRef("pk"), article=OuterRef(OuterRef("pk")))
    rows: ScopedQuerySet = Article.objects.filter(Exists(holding.exclude(Exists(released))), state=ArticleState.PLANNED)
    return rows


def stopped(actor: Actor, *, at: datetime) -> QuerySet[Article]:
    """What should have gone out by the plan, and could not."""
    rows = Article.objects.visible_to(actor, at=at, permission=Permission.PUBLISH)
    found: QuerySet[Article] = rows.exclude(stopped_because="").filter(state__in=UNPUBLISHED).order_by("planned_on")
    return found


def goal_balance(articles: Iterable[Article], goals: Iterable[Goal]) -> list[Share]:
    """How the articles divide on the goals, beside what the municipality wants (strategy A6)."""
    counted = [article.goal_id for article in articles if article.goal_id]
    return [
        Share(str(goal), counted.count(goal.pk), _percent(counted.count(goal.pk), len(counted)), goal.wanted_percent)
        for goal in goals
    ]


def group_balance(articles: Iterable[Article], groups: Iterable[TargetGroup]) -> list[Share]:
    """How many of the articles are for each target group (strategy A7); one article can be for several."""
    rows = list(articles)
    reached = [{group.pk for group in row.groups.all()} for row in rows]
    counts = {group.pk: sum(group.pk in found for found in reached) for group in groups}
    return [Share(str(group), counts[group.pk], _percent(counts[group.pk], len(rows))) for group in groups]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def posts_of(article: Article) -> list[ChannelPost]:
    """The article's posts with their channels, by the channels' names."""
    return list(article.posts.select_related("connection").order_by("connection__name", "id"))
