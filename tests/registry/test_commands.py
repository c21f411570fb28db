"""Each act on a presence: it happens, it leaves a trace, the wrong person cannot, a closed page stays as it was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.dialogue import arriving
from tests.registry import scene
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.registry import commands as registry
from torg.registry import policies, queries
from torg.registry.models import Custody, Presence, PresenceKind, Succession
from torg.registry.types import About, Description
from torg.registry.words import Gap, GoalEnd, Keeping, Language, Line, Privacy, SuccessionKind

pytestmark = pytest.mark.django_db

ACTS = {
    "change": lambda on: registry.change_presence(
        description=Description("Kinoen", PresenceKind.LOCAL_PAGE, purpose=scene.HOSTILE), **on
    ),
    "details": lambda on: registry.change_details(about=About(languages=(Language.NB, Language.SE)), **on),
    "goal": lambda on: registry.set_goal(aim=scene.AIM, **on),
    "custody": lambda on: registry.record_custody(way_in=scene.way_in(factories.person()), **on),
    "profile": lambda on: registry.check_profile(profile=scene.WHOLE, **on),
    "privacy": lambda on: registry.assess_privacy(found=scene.ACCEPTABLE, **on),
    "review": lambda on: registry.review_presence(reviewed=scene.REVIEWED, **on),
    "terms": lambda on: registry.set_terms(terms=scene.TERMS, **on),
}


@pytest.fixture
def group(at):
    return factories.presence("Foreldre i 3. klasse", at=at, kind=PresenceKind.CLOSED_GROUP)


@pytest.mark.strategy("A5", "C1", "C5")
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_an_act_leaves_a_trace_and_only_those_who_manage_the_page_can_do_it(act, group, officer, stranger, at):
    runner = factories.administrator(group, at=at)
    act({"presence_id": group.public_id, "by": officer, "at": at})

    assert AuditEvent.objects.get().scope_id == group.scope_id
    with pytest.raises(NotAllowed):
        act({"presence_id": group.public_id, "by": runner, "at": at})
    with pytest.raises(NotFound):
        act({"presence_id": group.public_id, "by": stranger, "at": at})
    Presence.objects.filter(pk=group.pk).update(closed_at=at)
    with pytest.raises(InvalidTransition):
        act({"presence_id": group.public_id, "by": officer, "at": at})


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda on: registry.set_goal(aim=replace(scene.AIM, by_on=scene.BEHIND), **on), "by_on"),
        (lambda on: registry.set_goal(aim=replace(scene.AIM, wording=" "), **on), "wording"),
        (lambda on: registry.assess_privacy(found=replace(scene.ACCEPTABLE, grounds=" "), **on), "grounds"),
        (
            lambda on: registry.assess_privacy(found=replace(scene.ACCEPTABLE, outcome=Privacy.WITH_MEASURES), **on),
            "measures",
        ),
        (
            lambda on: registry.assess_privacy(found=replace(scene.ACCEPTABLE, is_near_vulnerable=True), **on),
            "outcome",
        ),
        (lambda on: registry.review_presence(reviewed=replace(scene.REVIEWED, next_on=scene.BEHIND), **on), "next_on"),
        (
            lambda on: registry.record_custody(way_in=scene.way_in(on["by"], changed_on=scene.AHEAD), **on),
            "changed_on",
        ),
        (lambda on: registry.change_details(about=About(line=Line.PRIVATE), **on), "line"),
        (lambda on: registry.set_terms(terms=scene.TERMS, **on), None),
    ],
)
def test_what_says_too_little_is_refused_at_its_field(act, field, page, officer, at):
    with pytest.raises(Invalid) as refused:
        act({"presence_id": page.public_id, "by": officer, "at": at})

    assert refused.value.field == field
    assert not AuditEvent.objects.exists()


@pytest.mark.strategy("A5")
def test_who_runs_the_page_measures_a_goal_and_who_manages_it_ends_it(page, officer, runner, stranger, at):
    goal = registry.set_goal(presence_id=page.public_id, aim=scene.AIM, by=officer, at=at)
    [before] = queries.goals_of(page, at=at)

    registry.measure_goal(goal_id=goal.public_id, measured=scene.MEASURED, by=runner, at=at)
    registry.measure_goal(
        goal_id=goal.public_id, measured=replace(scene.MEASURED, value=scene.AIM.target), by=runner, at=at
    )

    [after] = queries.goals_of(page, at=at)
    assert (before.standing, after.standing, after.change) == ("NOT_MEASURED", "REACHED", 500)
    with pytest.raises(NotFound):
        registry.measure_goal(goal_id=goal.public_id, measured=scene.MEASURED, by=stranger, at=at)
    with pytest.raises(NotAllowed):
        registry.end_goal(goal_id=goal.public_id, because=GoalEnd.REACHED, by=runner, at=at)
    registry.end_goal(goal_id=goal.public_id, because=GoalEnd.REACHED, by=officer, at=at)
    with pytest.raises(InvalidTransition):
        registry.measure_goal(goal_id=goal.public_id, measured=scene.MEASURED, by=runner, at=at)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"measured_on": scene.AHEAD}, "measured_on"), ({"source": " "}, "source"), ({"value": -1}, "value")],
)
def test_a_value_without_its_day_or_source_is_refused(changed, field, page, officer, at):
    goal = registry.set_goal(presence_id=page.public_id, aim=scene.AIM, by=officer, at=at)

    with pytest.raises(Invalid) as refused:
        registry.measure_goal(goal_id=goal.public_id, measured=replace(scene.MEASURED, **changed), by=officer, at=at)

    assert refused.value.field == field


@pytest.mark.strategy("C1")
def test_the_register_says_what_a_page_lacks_until_all_is_recorded(page, officer, deputy, at):
    [before] = queries.sheets(queries.open_presences(officer, at=at), at=at)
    on = {"presence_id": page.public_id, "by": officer, "at": at}
    registry.change_details(about=About(owner=deputy), **on)
    scene.whole(page, by=officer, other=deputy, at=at)

    [after] = queries.sheets(queries.open_presences(officer, at=at), at=at)
    [later] = queries.sheets(queries.open_presences(officer, at=at), at=at + timedelta(days=366))

    assert (len(before.gaps), before.done) == (8, 1)
    assert after.gaps == ()
    assert set(later.gaps) == {Gap.PROFILE, Gap.PRIVACY, Gap.REVIEW}


def test_the_newest_row_holds_and_the_others_cannot_be_rewritten(page, officer, at):
    on = {"presence_id": page.public_id, "by": officer}
    registry.record_custody(way_in=scene.way_in(officer), at=at, **on)
    registry.record_custody(way_in=scene.way_in(officer, keeping=Keeping.ONE_PERSON), at=at + timedelta(1), **on)

    [sheet] = queries.sheets(queries.open_presences(officer, at=at), at=at)

    assert Gap.CUSTODY in sheet.gaps
    with pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.update(keeping=Keeping.VAULT)


def test_a_former_name_is_kept(page, officer, at):
    description = Description("Kinoen i Eksempelvik", PresenceKind.LOCAL_PAGE)

    registry.change_presence(presence_id=page.public_id, description=description, by=officer, at=at)
    registry.change_presence(presence_id=page.public_id, description=description, by=officer, at=at)

    row = Succession.objects.get()
    assert (row.kind, row.former_name, row.to_presence) == (SuccessionKind.RENAMED, "Eksempelvik kino", page)
    assert [event.text for event in queries.timeline(page, seen_by=officer, at=at)] == ["", "Eksempelvik kino"]


def test_a_connected_profile_is_not_private_before_it_is_disconnected(officer, at):
    connection = arriving.connect()
    Presence.objects.filter(pk=connection.presence.pk).update(kind=PresenceKind.PROFILE)
    private = {"presence_id": connection.presence.public_id, "about": About(line=Line.PRIVATE), "by": officer}
    with pytest.raises(InvalidTransition):
        registry.change_details(at=at, **private)

    type(connection).objects.update(state="CLOSED", closed_at=at)
    registry.change_details(at=at, **private)

    with pytest.raises(InvalidTransition):
        policies.check_can_connect(Presence.objects.get())


def test_what_is_private_secret_or_only_taken_in_reserve_is_not_told_to_the_public(officer, at):
    profile = factories.presence("Ordføreren privat", at=at, kind=PresenceKind.PROFILE)
    for kind in (PresenceKind.SECRET_GROUP, PresenceKind.RESERVED_NAME, PresenceKind.BLOG):
        factories.presence(str(kind), at=at, kind=kind)
    about = About(line=Line.PRIVATE)
    registry.change_details(presence_id=profile.public_id, about=about, by=officer, at=at)

    assert [one.kind for one in queries.official()] == [PresenceKind.BLOG]
