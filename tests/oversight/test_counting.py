"""Goals that take their figure from what Torg counts: whole weeks, by one rule, the same from the same facts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from torg.oversight import commands
from torg.oversight.commands.rules import Demand
from torg.oversight.counting import counts
from torg.oversight.types import DutyCode
from torg.registry import commands as registry
from torg.registry import queries
from torg.registry.definitions import IN_TIME_A_WEEK, OURS, POSTS_A_WEEK
from torg.registry.types import Aim, FigureSource
from torg.registry.words import GoalEnd, Measure

pytestmark = [pytest.mark.django_db, pytest.mark.strategy("A5")]


def aim(scene, at, code, target, *, by_on=date(2027, 1, 1)):
    wanted = Aim(Measure.OTHER, "Mål", "", Decimal(target), by_on, source=FigureSource(OURS, code))
    return registry.set_goal(presence_id=scene.cinema.public_id, aim=wanted, by=scene.officer, at=at)


def test_posts_are_counted_in_weeks_that_are_over_and_the_same_again(scene, at):
    for days in (0, 1, 7, 8, 9):
        scene.post(scene.cinema, at - timedelta(days=days))
    aim(scene, at, POSTS_A_WEEK, 3, by_on=date.max)

    [view], [again] = (queries.goals_of(scene.cinema, at=at) for _ in range(2))

    assert view == again
    assert all(row.measured_on.weekday() == 6 and row.measured_on < at.date() for row in view.measured)
    assert sum(row.value for row in view.measured) == len([days for days in (7, 8, 9) if days > at.weekday()])
    assert view.standing == ("REACHED" if view.latest.value >= 3 else "ON_ITS_WAY")


def test_a_goal_stands_as_it_stood_on_the_day_it_was_for_and_when_it_was_ended(scene, at):
    monday = at - timedelta(days=at.weekday())
    goals = [aim(scene, at - timedelta(days=20), POSTS_A_WEEK, 1, by_on=monday.date()) for _ in range(2)]
    scene.post(scene.cinema, monday - timedelta(days=2))
    registry.end_goal(goal_id=goals[1].public_id, because=GoalEnd.REPLACED, by=scene.officer, at=at)

    for weeks in (0, 1, 12):
        views = queries.goals_of(scene.cinema, at=at + timedelta(weeks=weeks))
        assert [(view.standing, view.latest.value) for view in views] == [("REACHED", 1)] * 2


def test_answers_by_another_rule_are_another_line_and_the_goal_says_so(scene, at):
    goal = aim(scene, at - timedelta(days=20), IN_TIME_A_WEEK, 90)
    [before] = queries.goals_of(scene.cinema, at=at)
    monday = (at - timedelta(days=at.weekday())).date()

    decided = {"from_on": monday, "by": scene.officer, "at": at}
    commands.set_duty_rule(demand=Demand(scene.cinema.kind, DutyCode.ANSWERS, 1, 8), **decided)
    [reminded_otherwise] = queries.goals_of(scene.cinema, at=at)
    commands.set_duty_rule(demand=Demand(scene.cinema.kind, DutyCode.ANSWERS, 2), **decided)

    [after] = queries.goals_of(scene.cinema, at=at)
    assert [one.standing for one in (before, reminded_otherwise, after)] == [
        "NOT_MEASURED",
        "NOT_MEASURED",
        "REDEFINED",
    ]
    assert (after.goal, after.counted_since) == (goal, monday)
    assert counts([scene.cinema.scope_id], at)[scene.cinema.scope_id, IN_TIME_A_WEEK].values == []
