"""Leavers, emergencies and groups: what must end ends, two stand behind an emergency, outsiders are flagged."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from tests import factories
from tests.inbox.conftest import LONG_AGO, audited
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.oversight import commands, exporting, letters, queries
from torg.oversight.models import AccessTask, EmergencyAccess, GroupMember
from torg.oversight.types import EmergencyState, Membership, TaskKind
from torg.people import queries as people
from torg.people.models import Notification, RoleAssignment, StandIn
from torg.people.types import NotificationKind, Permission, Role

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def leaver(scene, at):
    """Somebody with everything one can have, whose last day is today."""
    holder = factories.person("Lise Leaver", email="Lise@eksempel.example")
    factories.login(holder)
    factories.role(holder, Role.CASE_OFFICER, at=at, scope=scene.house.presence.scope)
    scene.administrates(holder, scene.cinema)
    scene.member(scene.employee("44", "Lise Leaver", email="lise@eksempel.example", left_on=TODAY))
    return holder


def test_each_access_of_a_leaver_becomes_a_task_the_same_day_and_only_once(scene, at, leaver):
    assert commands.note_leavers(at=at - DAY) == 0
    assert commands.note_leavers(at=at) == 4
    assert commands.note_leavers(at=at) == 0

    kinds = AccessTask.objects.values_list("kind", flat=True)
    assert set(kinds) == {TaskKind.PLATFORM, TaskKind.GROUP, TaskKind.ROLE, TaskKind.LOGIN}


def test_whoever_can_end_an_access_is_told_of_it_and_a_secret_group_only_to_its_own(scene, at, leaver):
    runner = factories.administrator(scene.cinema, at=at, name="Kine Kino")
    commands.note_leavers(at=at)

    told = Notification.objects.filter(kind=NotificationKind.LEAVER)
    of_group = AccessTask.objects.get(kind=TaskKind.GROUP).public_id
    assert {row.person for row in told.filter(key=str(of_group))} == {scene.officer, scene.owner}
    assert told.filter(person=runner).exists()


def test_a_leaver_who_has_another_position_keeps_what_they_have(scene, at, leaver):
    scene.employee("45", "Lise Leaver").delete()
    other = scene.employee("46", "Lise Leaver")
    type(other).objects.filter(pk=other.pk).update(email="lise@eksempel.example")

    assert commands.note_leavers(at=at) == 0


def test_a_task_is_ticked_by_a_person_and_stays_until_then(scene, at, leaver):
    commands.note_leavers(at=at)
    for task in queries.tasks(scene.officer, at=at).order_by("-kind"):
        commands.tick_access_task(task_id=task.public_id, by=scene.officer, at=at)
        with pytest.raises(InvalidTransition):
            commands.tick_access_task(task_id=task.public_id, by=scene.officer, at=at)

    leaver.refresh_from_db()
    assert leaver.left_at == at
    assert not leaver.administrations.filter(ended_at=None).exists()
    assert not RoleAssignment.objects.in_force(at).filter(person=leaver).exists()
    assert GroupMember.objects.get().ended_by == scene.officer
    assert set(AccessTask.objects.values_list("done_by", flat=True)) == {scene.officer.pk}
    assert audited("oversight.access_task.done") == 3


def test_an_auditor_reads_the_tasks_and_ticks_none(scene, at, leaver):
    auditor = factories.person("Rigmor Revisor")
    factories.role(auditor, Role.AUDITOR, at=at)
    commands.note_leavers(at=at)
    seen = list(queries.tasks(auditor, at=at))

    assert {task.kind for task in seen} == {TaskKind.PLATFORM, TaskKind.ROLE, TaskKind.LOGIN}
    for task in seen:
        with pytest.raises(NotAllowed):
            commands.tick_access_task(task_id=task.public_id, by=auditor, at=at)
    hidden = AccessTask.objects.get(kind=TaskKind.GROUP)
    with pytest.raises(NotFound):
        commands.tick_access_task(task_id=hidden.public_id, by=auditor, at=at)


@pytest.fixture
def asked(scene, at):
    """The contributor asks for access to everything."""
    return commands.ask_for_emergency_access(reason="Siden er kapret", hours=2, by=scene.house.contributor, at=at)


def test_emergency_access_is_given_by_a_second_person_and_ends_by_itself(scene, at, asked):
    who = scene.house.contributor
    commands.grant_emergency_access(access_id=asked.public_id, by=scene.officer, at=at)

    assert people.may(who, Permission.ANSWER, scope_id=scene.cinema.scope_id, at=at)
    assert not people.may(who, Permission.READ, scope_id=scene.group.scope_id, at=at)
    assert not people.may(who, Permission.ANSWER, scope_id=scene.cinema.scope_id, at=at + timedelta(hours=2))
    assert commands.settle_emergencies(at=at + timedelta(hours=1)) == 0
    assert commands.settle_emergencies(at=at + timedelta(hours=2)) == 1
    names = AuditEvent.objects.filter(name__startswith="oversight.emergency").order_by("number")
    assert [name.rpartition(".")[2] for name in names.values_list("name", flat=True)] == ["asked", "granted", "ended"]


@pytest.mark.parametrize("by", ["contributor", "administrator", "case_officer"])
def test_nobody_agrees_to_their_own_emergency_or_without_answering_for_others(scene, at, asked, by):
    with pytest.raises((NotAllowed, NotFound)):
        commands.grant_emergency_access(access_id=asked.public_id, by=getattr(scene.house, by), at=at)

    assert EmergencyAccess.objects.get().state == EmergencyState.ASKED


def test_one_who_stands_in_for_the_asker_is_no_second_person(scene, at, deputy):
    access = commands.ask_for_emergency_access(reason="Kapret", hours=1, by=deputy, at=at)
    vikar = factories.person("Vera Vikar")
    StandIn.objects.create(absent=deputy, stand_in=vikar, from_at=at - DAY, until_at=at + DAY)

    with pytest.raises(NotAllowed):
        commands.grant_emergency_access(access_id=access.public_id, by=vikar, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(answered_by=deputy)


def test_an_emergency_of_yesterday_is_answered_by_nobody(scene, at, asked):
    later = at + commands.emergency.ANSWERED_WITHIN

    with pytest.raises(InvalidTransition):
        commands.grant_emergency_access(access_id=asked.public_id, by=scene.officer, at=later)
    assert commands.settle_emergencies(at=later) == 1
    assert EmergencyAccess.objects.get().state == EmergencyState.LAPSED


@pytest.mark.parametrize(("reason", "hours"), [(" ", 2), ("Kapret", 0), ("Kapret", 25)])
def test_an_emergency_has_a_reason_and_is_short(scene, at, reason, hours):
    with pytest.raises(Invalid):
        commands.ask_for_emergency_access(reason=reason, hours=hours, by=scene.officer, at=at)


def test_one_asks_once_and_others_are_told(scene, at, asked, deputy):
    with pytest.raises(InvalidTransition):
        commands.ask_for_emergency_access(reason="Igjen", hours=2, by=scene.house.contributor, at=at)
    with pytest.raises(NotAllowed):
        commands.ask_for_emergency_access(reason="Inn", hours=2, by=scene.house.stranger, at=at)

    letters.tell_of_emergency(asked, at=at)

    assert {scene.officer.email, deputy.email, scene.house.contributor.email} <= {one.to[0] for one in mail.outbox}


def test_emergency_access_can_be_refused_or_handed_back(scene, at, asked):
    commands.refuse_emergency_access(access_id=asked.public_id, by=scene.officer, at=at)
    with pytest.raises(InvalidTransition):
        commands.grant_emergency_access(access_id=asked.public_id, by=scene.officer, at=at)
    again = commands.ask_for_emergency_access(reason="Nytt", hours=2, by=scene.house.contributor, at=at)
    commands.grant_emergency_access(access_id=again.public_id, by=scene.officer, at=at)
    soon = at + timedelta(minutes=5)

    commands.end_emergency_access(access_id=again.public_id, by=scene.house.contributor, at=soon)

    assert not people.may(scene.house.contributor, Permission.ANSWER, scope_id=None, at=soon)


@pytest.mark.strategy("C8")
def test_members_are_checked_against_the_list_of_employees(scene, at):
    scene.employee("1", "Kari Prøve", email="kari@eksempel.example")
    scene.employee("2", "Per Prøve")
    scene.employee("3", "Per Prøve")
    scene.employee("4", "Lise Leaver", left_on=TODAY)

    done = commands.register_members(
        presence_id=scene.group.public_id,
        told="KARI@eksempel.example\n2\nKari Prøve\nPer Prøve\n4\n=cmd()\n",
        by=scene.owner,
        at=at,
    )

    assert {row.name for row in done.added} == {"Kari Prøve", "Per Prøve"}
    assert {row.told_as for row in done.strangers} == {"Per Prøve", "4", "=cmd()"}
    assert done.already == 1
    shown = queries.group_of(scene.group, at=at)
    assert {member.standing for member in shown.outsiders} == {Membership.UNKNOWN}


@pytest.mark.strategy("C8")
def test_a_member_who_leaves_is_flagged_the_same_day(scene, at):
    leaver = scene.employee("1", "Kari Prøve")
    row = scene.member(leaver)
    type(leaver).objects.filter(pk=leaver.pk).update(left_on=TODAY)

    assert queries.group_of(scene.group, at=at).outsiders[0].standing == Membership.LEFT
    with pytest.raises(Invalid):
        review(scene, at)
    commands.end_membership(member_id=row.public_id, by=scene.owner, at=at)
    with pytest.raises(InvalidTransition):
        commands.end_membership(member_id=row.public_id, by=scene.owner, at=at)
    review(scene, at)


def review(scene, at, *, free=True, note=""):
    return commands.review_group(
        presence_id=scene.group.public_id,
        has_checked_members=True,
        is_free_of_cases=free,
        note=note,
        by=scene.owner,
        at=at,
    )


@pytest.mark.strategy("C9")
def test_reviews_have_their_dates_and_say_what_was_wrong(scene, at):
    with pytest.raises(Invalid):
        review(scene, at, free=False)
    review(scene, at, free=False, note="En elev ble omtalt; slettet.")

    (shown,) = [one for one in queries.groups(scene.officer, at=at) if one.presence == scene.group]

    assert shown.review_due_on == TODAY + DAY * 180
    assert [owner.name for owner in shown.owners] == ["Eva Eier"]
    with pytest.raises(Invalid):
        commands.register_members(presence_id=scene.cinema.public_id, told="1", by=scene.officer, at=at)


@pytest.mark.strategy("C8", "C9")
def test_the_overview_for_inspection_is_taken_out_by_the_officer_and_told_to_nobody_else(scene, at):
    scene.member(scene.employee("1", "Kari Prøve"))
    purpose = "=HYPERLINK(1)"
    type(scene.group).objects.filter(pk=scene.group.pk).update(purpose=purpose)

    with pytest.raises(NotAllowed):
        commands.export_groups(by=scene.owner, at=at)
    taken = commands.export_groups(by=scene.officer, at=at)

    groups = [one for one in queries.groups(scene.officer, at=at) if one.presence in taken]
    lines = exporting.as_csv(groups).decode("utf-8-sig").splitlines()
    assert "Kanarigruppa" in lines[1] and f"'{purpose}" in lines[1]
    assert exporting.as_pdf(groups, at=at).startswith(b"%PDF")
    (openly,) = AuditEvent.objects.filter(name="oversight.groups.exported")
    assert openly.facts == {}
    assert not AuditEvent.objects.filter(scope_id=scene.group.scope_id).exists()


def test_memberships_that_began_before_are_not_begun_again(scene, at):
    scene.member(scene.employee("1", "Kari Prøve"))

    done = commands.register_members(presence_id=scene.group.public_id, told="1", by=scene.officer, at=at)

    assert (done.added, done.strangers, done.already) == ((), (), 1)
    assert GroupMember.objects.get().since_at == LONG_AGO
