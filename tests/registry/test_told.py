"""What platforms tell of our accounts: noted once a day, under known definitions, and followers measure goals."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import InvalidTransition
from torg.registry import commands as registry
from torg.registry import queries
from torg.registry.models import FigureTold, Measurement, Presence, ProfileTold
from torg.registry.types import Aim, Told
from torg.registry.words import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.strategy("A5")]
WATCH = Rule("channels.watch", "1")
FIGURES = {"followers_count": 4100, "page_total_media_view_unique": 911, "page_fans": 7}


def note(page, at, **told):
    whole = {"platform": "facebook", "name": "Eksempelvik kino", "figures": FIGURES, **told}
    return registry.note_told(presence_id=page.public_id, told=Told(**whole), by=WATCH, at=at)


def test_figures_are_noted_once_a_day_under_codes_that_we_have_a_definition_of(page, at):
    note(page, at)
    again = note(page, at + timedelta(hours=1), figures={"followers_count": 4200})

    assert again == []
    told = {view.definition.code: (view.figure.value, view.definition.days) for view in queries.figures_told(page)}
    assert told == {"followers_count": (4100, None), "page_total_media_view_unique": (911, 28)}
    assert AuditEvent.objects.filter(name="registry.presence.told", scope_id=page.scope_id).count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureTold.objects.update(value=0)


def test_followers_measure_goals_with_their_source_and_reach_is_for_people_to_judge(page, officer, at):
    goals = {
        measure: registry.set_goal(
            presence_id=page.public_id,
            aim=Aim(measure, "Flere", "personer", Decimal(5000), date(2027, 1, 1)),
            by=officer,
            at=at,
        )
        for measure in (Measure.FOLLOWERS, Measure.REACH)
    }

    note(page, at)

    row = Measurement.objects.get()
    assert (row.goal, row.value, row.recorded_by) == (goals[Measure.FOLLOWERS], 4100, None)
    assert row.source == "Facebook: followers_count"


def test_a_profile_is_noted_when_it_changes(page, at):
    for hours, about in enumerate(("Kino", "Kino", "Kino og kafé")):
        note(page, at + timedelta(hours=hours), about=about)

    assert ProfileTold.objects.count() == 2
    assert [told.about for told in queries.profiles_told(page)] == ["Kino og kafé"]


def test_nothing_is_noted_of_a_page_that_is_closed(page, at):
    Presence.objects.filter(pk=page.pk).update(closed_at=at)

    with pytest.raises(InvalidTransition):
        note(page, at)
