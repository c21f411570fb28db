"""The plan: times, holds, weekly posts, and what goes out when its time has come."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor, Rule
from torg.core.errors import DomainError, Invalid, InvalidTransition
from torg.people.acting import person_or_none
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission
from torg.publishing import events, going_out, loading, policies, timing
from torg.publishing.models import (
    UNPUBLISHED,
    Article,
    ArticleState,
    Goal,
    HoldRelease,
    Occurrence,
    PlanHold,
    Series,
    Topic,
)
from torg.publishing.queries import plan as queries
from torg.publishing.types import Moment, Planning

SCHEDULE = Rule("publishing.schedule", "1")
WEEKS_AHEAD = 4


@transaction.atomic
def plan(*, article_id: UUID, moment: Moment, by: Actor, at: datetime) -> Article:
    """Give an article a time on the wall in Norway. Once it is approved it goes out then, by itself.

    Raises NotFound, NotAllowed, Invalid for a time that has passed, InvalidTransition when it is out.
    """
    article = loading.article_for_change(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    if article.state not in UNPUBLISHED:
        raise InvalidTransition(_("This is published or put away, and needs no time. Load the page again."))
    if timing.moment_of(moment) <= at:
        raise Invalid(_("Choose a time that lies ahead."), field="clock")
    article.planned_on, article.planned_clock, article.stopped_because = moment.day, moment.clock, ""
    if article.state == ArticleState.APPROVED:
        article.move_to(ArticleState.PLANNED)
    article.save(update_fields=["planned_on", "planned_clock", "stopped_because", "state"])
    facts = {"planned_on": moment.day.isoformat(), "clock": moment.clock.isoformat("minutes")}
    audit.record(events.PLANNED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return article


@transaction.atomic
def unplan(*, article_id: UUID, by: Actor, at: datetime) -> Article:
    """Take an article out of the plan; what is approved stays so. Raises NotFound, NotAllowed, InvalidTransition."""
    article = loading.article_for_change(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    policies.check_is_unpublished(article)
    if article.state == ArticleState.PLANNED:
        article.move_to(ArticleState.APPROVED)
    article.planned_on = article.planned_clock = None
    article.save(update_fields=["planned_on", "planned_clock", "state"])
    audit.record(events.UNPLANNED, actor=by, scope=article.scope_id, target=article, at=at)
    return article


@transaction.atomic
def publish_planned(*, article_id: UUID, by: Actor = SCHEDULE, at: datetime) -> Article:
    """Publish what is due, or stop it with the reason when it may not go out any more. Running it again does nothing.

    Everything is asked again now: the rule of approval, the gate and the library may have changed since.
    """
    article = loading.article_for_change(article_id, by=by, at=at)
    moment = queries.planned_moment(article)
    if article.state != ArticleState.PLANNED or moment is None or moment > at or queries.is_on_hold(article):
        return article
    version = loading.newest_version(article)
    try:
        policies.check_is_approved(article, version, at=at)
        policies.check_passes(article, version, at=at)
    except DomainError as refusal:
        article.move_to(ArticleState.DRAFT)
        article.stopped_because = "gate" if isinstance(refusal, policies.NotPassed) else "approval"
        article.save(update_fields=["state", "stopped_because"])
        facts = {"because": article.stopped_because}
        audit.record(events.PLAN_STOPPED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
        return article
    posts = going_out.send_out(article, version, by=by, at=at)
    facts_out = {"number": version.number, "targets": len(posts)}
    audit.record(events.PUBLISHED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts_out)
    return article


@transaction.atomic
def hold_planned(*, reason_code: str, by: Actor, at: datetime) -> PlanHold:
    """Stop the whole plan with one act (stans); each article goes out only once it is released, or the hold ends.

    What is put into the plan meanwhile waits too. Holding twice for the same reason is holding once.
    Raises NotAllowed without the right to publish for the municipality.
    """
    check_may(by, Permission.PUBLISH, scope_id=None, at=at)
    hold, _is_new = PlanHold.objects.get_or_create(
        reason_code=reason_code, ended_at=None, defaults={"begun_by": person_or_none(by), "begun_at": at}
    )
    waiting = Article.objects.filter(state=ArticleState.PLANNED).count()
    audit.record(
        events.HELD, actor=by, scope=None, target=hold, at=at, facts={"reason": reason_code, "waiting": waiting}
    )
    return hold


@transaction.atomic
def release_post(*, post_id: UUID, by: Person, at: datetime) -> Article:
    """Let one planned article go out although the plan is on hold; one whose time has passed goes out at once.

    Args:
        post_id: the article's public id, as `queries.held` tells it.
        by: a person: nothing is released by a rule.
        at: now.

    Raises NotFound, NotAllowed, InvalidTransition when it is not on hold.
    """
    article = loading.article_for_change(post_id, by=by, at=at)
    check_may(by, Permission.APPROVE_POSTS, scope_id=article.scope_id, at=at)
    holds = PlanHold.objects.filter(ended_at=None).select_for_update()
    if not holds or article.state != ArticleState.PLANNED:
        raise InvalidTransition(_("This is not on hold. Load the page again."))
    for hold in holds:
        HoldRelease.objects.get_or_create(hold=hold, article=article, defaults={"released_by": by, "released_at": at})
    audit.record(events.RELEASED, actor=by, scope=article.scope_id, target=article, at=at)
    return article


@transaction.atomic
def end_hold(*, reason_code: str, by: Actor, at: datetime) -> int:
    """Let the plan go on; what is late goes out within a minute, so look at the list first. Returns how many ended.

    Raises NotAllowed without the right to publish for the municipality.
    """
    check_may(by, Permission.PUBLISH, scope_id=None, at=at)
    ended = PlanHold.objects.filter(reason_code=reason_code, ended_at=None).update(ended_at=at)
    audit.record(events.HOLD_ENDED, actor=by, scope=None, target=None, at=at, facts={"reason": reason_code})
    return ended


@transaction.atomic
def begin_series(
    *,
    scope_id: UUID,
    title: str,
    weekday: int,
    clock: time,
    planning: Planning | None = None,
    until_on: date | None = None,
    by: Person,
    at: datetime,
) -> Series:
    """Begin a weekly post (fast innslag): an idea with its time appears in the plan some weeks ahead.

    Args:
        scope_id: the page.
        title: what it is called each week.
        weekday: 0 for Monday to 6.
        clock: on the wall in Norway, also after the clocks change.
        planning: topic, goal and who is responsible.
        until_on: the last day; None for no end.
        by: who.
        at: now.

    Raises NotAllowed, Invalid.
    """
    policies.check_can_write(by, scope_id, at=at)
    if not title.strip() or not 0 <= weekday <= 6:
        raise Invalid(_("Write what it is called, and choose a day."), field="title")
    told = planning or Planning()
    series = Series.objects.create(
        scope_id=scope_id,
        title=title.strip()[:200],
        weekday=weekday,
        clock=clock,
        topic=loading.chosen(Topic, told.topic_id),
        goal=loading.chosen(Goal, told.goal_id),
        responsible=by,
        from_on=timing.wall_of(at).day,
        until_on=until_on,
    )
    audit.record(events.SERIES_BEGUN, actor=by, scope=scope_id, target=series, at=at)
    _fill(series, at=at)
    return series


@transaction.atomic
def end_series(*, series_id: UUID, by: Person, at: datetime) -> Series:
    """End a weekly post; what it has made stays in the plan. Raises NotFound, NotAllowed."""
    series = loading.series_for_change(series_id, by=by, at=at)
    policies.check_can_write(by, series.scope_id, at=at)
    series.until_on = timing.wall_of(at).day
    series.save(update_fields=["until_on"])
    audit.record(events.SERIES_ENDED, actor=by, scope=series.scope_id, target=series, at=at)
    return series


@transaction.atomic
def fill_series(*, by: Actor = SCHEDULE, at: datetime) -> int:
    """Make the coming weeks of every weekly post; each week once, however often this runs. Returns how many."""
    running = Series.objects.select_for_update().order_by("id")
    made = sum(_fill(series, at=at) for series in running)
    if made:
        audit.record(events.SERIES_FILLED, actor=by, scope=None, target=None, at=at, facts={"made": made})
    return made


def _fill(series: Series, *, at: datetime) -> int:
    made = 0
    monday = timing.monday_of(timing.wall_of(at).day)
    for week in range(WEEKS_AHEAD + 1):
        day = monday + timedelta(days=7 * week + series.weekday)
        is_over = series.until_on is not None and day > series.until_on
        if is_over or day < series.from_on or timing.moment_of(Moment(day, series.clock)) <= at:
            continue
        if series.occurrences.filter(day=day).exists():
            continue
        article = Article.objects.create(
            scope_id=series.scope_id,
            title=series.title,
            topic=series.topic,
            goal=series.goal,
            responsible=series.responsible,
            made_by=series.responsible,
            made_at=at,
            planned_on=day,
            planned_clock=series.clock,
        )
        Occurrence.objects.create(series=series, day=day, article=article)
        made += 1
    return made
