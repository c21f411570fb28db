"""What platforms tell of our accounts: noted once a day, under known definitions, and measuring goals."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.registry import scene
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition
from torg.records.days import day_of
from torg.registry import commands as registry
from torg.registry import definitions, queries
from torg.registry.models import FigureTold, Measurement, Presence, ProfileTold
from torg.registry.types import Aim, FigureSource, Told
from torg.registry.words import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.strategy("A5")]
REACH = "page_total_media_view_unique"
VIEWS = "page_media_view"
WATCH = Rule("channels.watch", "1")
FIGURES = {"followers_count": 4100, REACH: 911, VIEWS: 911, "page_fans": 7}


def note(page, at, **told):
    whole = {"platform": "facebook", "name": "Eksempelvik kino", "figures": FIGURES, **told}
    return registry.note_told(presence_id=page.public_id, told=Told(**whole), by=WATCH, at=at)


def test_figures_are_noted_once_a_day_under_codes_that_we_have_a_definition_of(page, at):
    note(page, at)
    again = note(page, at + timedelta(hours=1), figures={"followers_count": 4200})

    assert again == []
    told = {view.definition.code: (view.figure.value, view.definition.days) for view in queries.figures_told(page)}
    assert told == {"followers_count": (4100, None), REACH: (911, 28), VIEWS: (911, 28)}
    assert AuditEvent.objects.filter(name="registry.presence.told", scope_id=page.scope_id).count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureTold.objects.update(value=0)


def aim(page, officer, at, code, *, platform="facebook", target=5000):
    wanted = Aim(Measure.OTHER, "Flere", "", Decimal(target), date(2027, 1, 1), source=FigureSource(platform, code))
    return registry.set_goal(presence_id=page.public_id, aim=wanted, by=officer, at=at)


def test_a_goal_is_measured_by_the_figure_it_names_and_nobody_types_it_in(page, officer, at):
    with pytest.raises(Invalid):
        aim(page, officer, at, VIEWS)
    note(page, at)

    goal = aim(page, officer, at, VIEWS, target=900)
    note(page, at + timedelta(days=1), figures={VIEWS: 1000})

    [view] = queries.goals_of(page, at=at + timedelta(days=1))
    assert [(row.value, row.source) for row in view.measured] == [
        (911, f"Facebook: {VIEWS}"),
        (1000, f"Facebook: {VIEWS}"),
    ]
    assert (goal.measure, view.definition.days, view.standing) == ("VIEWS", 28, "REACHED")
    assert not Measurement.objects.exists()
    with pytest.raises(InvalidTransition):
        registry.measure_goal(goal_id=goal.public_id, measured=scene.MEASURED, by=officer, at=at)


def test_what_is_counted_otherwise_is_never_on_the_same_line(page, officer, at, monkeypatch):
    note(page, at)
    aim(page, officer, at, REACH, target=900)
    note(page, at + timedelta(days=2), figures={REACH: 3000})
    counted_anew = replace(definitions.definition_of("facebook", REACH), defined_on=day_of(at + timedelta(days=1)))

    monkeypatch.setitem(definitions.DEFINITIONS, "facebook", (counted_anew,))

    [view] = queries.goals_of(page, at=at + timedelta(days=3))
    assert ([row.value for row in view.measured], view.standing) == ([3000], "REDEFINED")


@pytest.mark.parametrize("source", [("facebook", "page_fans"), ("torg", "hearts"), ("tiktok", "followers_count")])
def test_a_goal_cannot_take_a_figure_that_nobody_defines(source, page, officer, at):
    note(page, at)

    with pytest.raises(Invalid) as refused:
        aim(page, officer, at, source[1], platform=source[0])

    assert refused.value.field == "measure"


def test_a_profile_is_noted_when_it_changes(page, at):
    for hours, about in enumerate(("Kino", "Kino", "Kino og kafé")):
        note(page, at + timedelta(hours=hours), about=about)

    assert ProfileTold.objects.count() == 2
    assert [told.about for told in queries.profiles_told(page)] == ["Kino og kafé"]


def test_nothing_is_noted_of_a_page_that_is_closed(page, at):
    Presence.objects.filter(pk=page.pk).update(closed_at=at)

    with pytest.raises(InvalidTransition):
        note(page, at)
