"""What is counted, and for whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.inbox.conftest import build_house
from torg.core.actors import Operator
from torg.crisis.models import Incident
from torg.dialogue.models import Post
from torg.insight import queries
from torg.insight.clauses import clauses
from torg.insight.types import Measured
from torg.people.models import Scope
from torg.people.types import Role
from torg.publishing.models import Article, TargetGroup
from torg.registry.models import PresenceKind

FIGURES = list({figure.id: figure for clause in clauses() for figure in clause.figures}.values())


@pytest.fixture
def house(db):
    return build_house()


def test_all_figures_are_counted_in_one_statement(house, at):
    with CaptureQueriesContext(connection) as asked:
        counted = queries.measured(FIGURES, Operator("drift"), at=at)

    assert counted.keys() == {figure.id for figure in FIGURES}
    assert len(asked) == 1


def test_a_share_tells_of_how_many(house, at):
    counted = queries.measured(FIGURES, house.officer, at=at)

    assert counted["deletions_by_two"] == Measured(0, of=0)
    assert counted["presences"] == Measured(1)


def test_somebody_without_a_role_counts_nothing_of_a_page(house, at):
    counted = queries.measured(FIGURES, factories.person("Fremmed Prøve"), at=at)

    assert counted["presences"] == Measured(0)
    assert counted["connected_channels"] == Measured(0, of=0)


def test_a_secret_group_is_counted_for_those_who_may_know_of_it_only(house, at):
    group = factories.presence("Gruppa", at=at)
    Scope.objects.filter(pk=group.scope_id).update(is_secret=True)
    type(group).objects.filter(pk=group.pk).update(kind=PresenceKind.SECRET_GROUP)
    leader = factories.person("Leder Prøve")
    factories.role(leader, Role.LEADER, at=at)

    assert queries.measured(FIGURES, house.officer, at=at)["secret_groups"] == Measured(1)
    assert queries.measured(FIGURES, leader, at=at)["secret_groups"] == Measured(0)
    assert queries.measured(FIGURES, leader, at=at)["presences"] == Measured(1)


@pytest.mark.strategy("A2")
def test_a_post_becomes_dialogue_when_somebody_writes_and_we_write_back(house, at):
    moment = at - timedelta(days=1)
    made = {"scope_id": house.scope_id, "connection": house.connection, "posted_at": moment, "received_at": moment}
    posts = [Post.objects.create(is_own=True, external_id=str(number), **made) for number in range(3)]
    Post.objects.create(external_id="a guest's", **made)
    for post, answers in zip(posts, ([False, True], [False], [True]), strict=True):
        thread = house.thread(at=moment)
        for is_own in answers:
            house.item(thread, moment, post=post, is_own=is_own)

    assert queries.measured(FIGURES, house.officer, at=at)["posts_with_dialogue"] == Measured(1, of=3)


def test_what_is_published_and_practised_is_counted(house, at):
    out = {"state": "PUBLISHED", "published_number": 1, "published_at": at - timedelta(days=2)}
    article = Article.objects.create(scope_id=house.presence.scope_id, title="Badet åpner", made_at=at, **out)
    for slug in ("barn", "eldre"):
        article.groups.add(TargetGroup.objects.create(slug=slug, name_nb=slug, name_nn=slug, name_en=slug))
    opened = {"scope_id": house.presence.scope_id, "owner": house.officer, "opened_at": at - timedelta(days=40)}
    Incident.objects.create(title="Ras i Lia", severity="SERIOUS", is_exercise=True, **opened)

    counted = queries.measured(FIGURES, house.officer, at=at)

    assert counted["articles_out"] == Measured(1)
    assert counted["articles_with_goal"] == Measured(0, of=1)
    assert counted["articles_with_group"] == Measured(1, of=1)
    assert (counted["exercises"], counted["incidents"]) == (Measured(1), Measured(0))
