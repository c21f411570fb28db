"""How posts have done is told under the definition that held, and never put together across two."""

from datetime import date, timedelta

import pytest

from torg.connectors.contract import Measured
from torg.publishing import commands
from torg.publishing.models import Figure, Goal, Metric, PostState, Quantity
from torg.publishing.queries import best_times, by_goal, newest_figures, posts_of

pytestmark = pytest.mark.django_db
REDEFINED_ON = date(2026, 2, 1)


def post(newsroom, published_at, value: int, *, version: int = 1):
    """A post that stands, with its reach under one version of the platform's definition."""
    [made] = posts_of(newsroom.published())
    made.state, made.published_at, made.external_id = PostState.PUBLISHED, published_at, f"1000_{made.pk}"
    made.save()
    code = "post_impressions_unique"
    if version == 1:
        commands.note_figures(post_id=made.public_id, measured=[Measured(code, value)], at=newsroom.at)
        return made
    kept = {"platform": "facebook", "code": code, "version": version, "quantity": Quantity.REACH}
    metric, _is_new = Metric.objects.get_or_create(**kept, defined_on=REDEFINED_ON)
    Figure.objects.create(post=made, metric=metric, value=value, measured_at=newsroom.at)
    return made


def test_the_best_times_are_counted_under_one_version_of_one_definition(newsroom, at):
    for week, value in enumerate((100, 200, 300, 400, 100, 100)):
        post(newsroom, at - timedelta(weeks=week + 1), value)
    early = best_times(newsroom.writer, at=at)
    for week in range(2):
        post(newsroom, at - timedelta(weeks=week + 1), 9_000, version=2)

    [slot] = best_times(newsroom.writer, at=at)

    assert [early, slot.average, slot.posts, slot.weekday] == [[slot], 200, 6, 1]


@pytest.mark.strategy("A6")
def test_a_figure_that_is_redefined_is_two_and_one_that_we_do_not_know_is_none(newsroom, at):
    made = post(newsroom, at, 100)
    told = [Measured("post_impressions_unique", 120), Measured("nobody_knows", 7)]
    commands.note_figures(post_id=made.public_id, measured=told, at=at + timedelta(hours=1))
    metric = Metric.objects.create(
        platform="facebook", code="post_impressions_unique", version=2, quantity=Quantity.REACH, defined_on=REDEFINED_ON
    )
    Figure.objects.create(post=made, metric=metric, value=900, measured_at=at)

    [found] = newest_figures([made]).values()

    assert [(one.version, one.value) for one in found] == [(1, 120), (2, 900)]
    assert best_times(newsroom.writer, at=at) == []


@pytest.mark.strategy("A6")
def test_each_goal_tells_what_its_posts_got_on_average_under_one_definition(newsroom, at):
    proud, hired = (
        Goal.objects.create(slug=name, name_nb=name, name_nn=name, name_en=name) for name in ("stolt", "jobb")
    )
    posts = [post(newsroom, at, value) for value in (100, 300, 40)] + [post(newsroom, at, 9_000, version=2)]
    for made, goal in zip(posts, (proud, proud, None, hired), strict=True):
        made.article.goal = goal

    achieved = by_goal(posts, newest_figures(posts))

    assert [(one.code, one.version) for one in achieved.columns] == [("post_impressions_unique", 1)]
    assert [(row.posts, list(row.averages)) for row in achieved.rows] == [(2, [200]), (1, [None])]
