"""Who has access on the platforms, as these tell it: compared with the register, mended, and measured for the duty."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.oversight import letters, queries
from torg.oversight.types import DifferenceKind, DutyCode, Standing
from torg.people.models import Notification
from torg.people.types import NotificationKind, Role
from torg.registry import commands as registry
from torg.registry.models import AccessReading, Administration, PlatformAccess, Presence
from torg.registry.types import AccessTold, HolderTold

pytestmark = [pytest.mark.django_db, pytest.mark.strategy("C3")]
WATCH = Rule("channels.watch", "1")
DAY = timedelta(days=1)


@pytest.fixture
def tell(scene):
    def tell(at, *names, is_whole=True, may_manage=True):
        holders = [HolderTold(name.lower(), name, may_manage) for name in names]
        told = AccessTold("facebook", holders, is_whole=is_whole)
        return registry.note_access(presence_id=scene.cinema.public_id, told=told, by=WATCH, at=at)

    return tell


def differing(scene, at):
    rows = queries.differing(Presence.objects.filter(pk=scene.cinema.pk), at=at)
    return {(row.kind, row.access.name if row.access else row.person.name) for row in rows}


def test_the_four_ways_in_which_a_platform_differs_are_told_apart_and_go_away_when_mended(scene, at, tell):
    stayed, gone = scene.house.contributor, factories.person("Gerd Gått")
    for person in (scene.officer, gone):
        scene.administrates(person, scene.cinema)
    tell(at, "Ukjent Person", gone.name, stayed.name)
    type(gone).objects.filter(pk=gone.pk).update(left_at=at)
    access = PlatformAccess.objects.get(name=stayed.name)
    registry.recognise_access(access_id=access.public_id, person=stayed, by=scene.officer, at=at)

    assert differing(scene, at) == {
        (DifferenceKind.UNKNOWN, "Ukjent Person"),
        (DifferenceKind.GONE, gone.name),
        (DifferenceKind.UNREGISTERED, stayed.name),
        (DifferenceKind.MISSING, scene.officer.name),
    }
    stranger = PlatformAccess.objects.get(name="Ukjent Person")
    registry.recognise_access(access_id=stranger.public_id, agreed_as="Filmbyrået", by=scene.officer, at=at)
    registry.add_administrator(presence_id=scene.cinema.public_id, person=stayed, by=scene.officer, at=at)
    tell(at + DAY, "Ukjent Person", stayed.name, scene.officer.name)
    assert differing(scene, at + DAY) == set()


def test_a_colleague_who_may_only_do_some_tasks_is_no_administrator_to_register(scene, at, tell):
    colleague = scene.house.contributor
    for may_manage in (False, True):
        tell(at, "Ukjent Person", may_manage=may_manage)
        access = PlatformAccess.objects.get(ended_at=None)
        registry.recognise_access(access_id=access.public_id, person=colleague, by=scene.officer, at=at)

        assert bool(differing(scene, at)) == may_manage


def test_of_a_list_told_in_part_nobody_is_missing_and_nobody_is_ended(scene, at, tell):
    scene.administrates(scene.officer, scene.cinema)
    tell(at, scene.officer.name, "Ukjent Person")

    tell(at + DAY, is_whole=False)

    assert PlatformAccess.objects.filter(ended_at=None).count() == 2
    assert differing(scene, at + DAY) == {(DifferenceKind.UNKNOWN, "Ukjent Person")}
    assert not AccessReading.objects.get().is_whole


def test_telling_the_same_again_changes_nothing_and_another_right_is_another_row(scene, at, tell):
    assert len(tell(at, "Ukjent Person")) == 1
    assert tell(at + DAY, "Ukjent Person") == []
    registry.recognise_access(
        access_id=PlatformAccess.objects.get().public_id, agreed_as="Byrå", by=scene.officer, at=at + DAY
    )

    tell(at + 2 * DAY, "Ukjent Person", may_manage=False)
    tell(at + 3 * DAY)
    tell(at + 4 * DAY, "Ukjent Person")

    rows = PlatformAccess.objects.order_by("since_at").values_list("agreed_as", "may_manage", "ended_at")
    assert list(rows) == [("Byrå", True, at + 2 * DAY), ("Byrå", False, at + 3 * DAY), ("Byrå", True, None)]


def test_a_name_alone_is_nobody_of_ours_and_two_of_a_name_are_nobody_at_all(scene, at, tell):
    twin = factories.person(scene.officer.name, email="tvilling@eksempel.example")
    for person in (scene.officer, twin):
        scene.administrates(person, scene.cinema)

    tell(at, scene.officer.name, scene.house.contributor.name)

    assert not PlatformAccess.objects.exclude(person=None).exists()


def test_whoever_takes_a_colleagues_name_on_the_platform_is_not_taken_for_them(scene, at, tell):
    scene.administrates(scene.officer, scene.cinema)
    name = scene.officer.name

    def told_of(day, *ids):
        told = AccessTold("facebook", [HolderTold(each, name, True) for each in ids], is_whole=True)
        registry.note_access(presence_id=scene.cinema.public_id, told=told, by=WATCH, at=at + day * DAY)
        rows = PlatformAccess.objects.filter(ended_at=None).order_by("external_id")
        return list(rows.values_list("external_id", "person"))

    assert told_of(0, "1", "2") == [("1", None), ("2", None)]
    assert told_of(1) == [] and told_of(2, "3") == [("3", scene.officer.pk)]
    assert told_of(3, "3", "4") == [("3", scene.officer.pk), ("4", None)]
    assert told_of(4, "5") == [("5", scene.officer.pk)]


def test_who_it_is_is_said_once_by_somebody_who_manages_the_page(scene, at, tell):
    [access] = tell(at, "Ukjent Person")
    auditor, other = factories.person("Rigmor Revisor"), factories.administrator(scene.house.presence, at=at, name="B")
    factories.role(auditor, Role.AUDITOR, at=at)
    said = {"access_id": access.public_id, "agreed_as": "Byrå", "at": at}

    with pytest.raises(NotAllowed):
        registry.recognise_access(by=auditor, **said)
    with pytest.raises(NotFound):
        registry.recognise_access(by=other, **said)
    with pytest.raises(Invalid):
        registry.recognise_access(by=scene.officer, person=auditor, **said)
    Presence.objects.filter(pk=scene.cinema.pk).update(closed_at=at)
    with pytest.raises(InvalidTransition):
        tell(at, "Ukjent Person")


def test_those_who_answer_for_access_are_told_once_and_no_name_is_in_log_or_letter(scene, at, tell):
    scene.administrates(scene.officer, scene.cinema)
    tell(at, "Ukjent Person")

    for _round in range(2):
        letters.tell_of_differences(at=at)

    told = Notification.objects.filter(kind=NotificationKind.ACCESS)
    assert list(told.values_list("person", "path")) == [(scene.officer.pk, "/oversight/access/")] * 2
    event = AuditEvent.objects.get(name="registry.access.told")
    assert event.facts == {"platform": "facebook", "holders": 1, "new": 1, "gone": 0, "is_whole": 1}


def test_the_duty_of_the_officer_follows_the_platform_from_when_it_told_and_the_past_stands(scene, at, tell):
    scene.administrates(scene.officer, scene.cinema)

    def weeks(moment):
        [page] = queries.standings(Presence.objects.filter(pk=scene.cinema.pk), at=moment)
        return [week.measures[DutyCode.OFFICER].standing for week in page.weeks[:2]]

    before = weeks(at)
    tell(at + timedelta(hours=1), "Ukjent Person")
    after, again = (weeks(at + timedelta(hours=2)) for _ in range(2))

    assert before[0] == Standing.MET
    assert after == again == [Standing.BREACHED, before[1]]
    tell(at + timedelta(hours=3), scene.officer.name)
    assert weeks(at + timedelta(hours=4))[0] == Standing.MET
    assert weeks(at) == before


def test_where_the_platform_no_longer_tells_all_the_register_counts_again(scene, at, tell):
    def stands(days):
        [page] = queries.standings(Presence.objects.filter(pk=scene.cinema.pk), at=at + days * DAY)
        return page.weeks[0].measures[DutyCode.OFFICER].standing

    scene.administrates(scene.officer, scene.cinema)
    tell(at, "Ukjent Person")
    for days in range(1, 9):
        tell(at + days * DAY, "Ukjent Person", is_whole=False)

    assert [stands(days) for days in (1, 6, 9)] == [Standing.BREACHED, Standing.BREACHED, Standing.MET]
    tell(at + 10 * DAY, "Ukjent Person")
    assert stands(11) == Standing.BREACHED


def test_nobody_is_missing_by_a_list_that_is_no_longer_read(scene, at, tell):
    scene.administrates(scene.officer, scene.cinema)
    tell(at, "Ukjent Person")

    assert (DifferenceKind.MISSING, scene.officer.name) in differing(scene, at + 6 * DAY)
    assert differing(scene, at + 8 * DAY) == {(DifferenceKind.UNKNOWN, "Ukjent Person")}


def test_the_overview_says_of_whom_it_is_only_the_name_that_told(scene, now, as_person, tell):
    scene.administrates(scene.officer, scene.cinema)
    [access] = tell(now, scene.officer.name)
    client, recognise = as_person(scene.officer), f"/oversight/access/platform/{access.public_id}/"
    assert differing(scene, now) == set()
    assert recognise in client.get("/oversight/access/").content.decode()

    client.post(recognise, {"person": str(scene.officer.public_id)})

    assert recognise not in client.get("/oversight/access/").content.decode()


def test_the_overview_shows_them_and_a_form_says_who_it_is(scene, now, as_person, tell):
    tell(now, "Ukjent Person")
    scene.administrates(scene.officer, scene.cinema)
    Administration.objects.update(since_at=now - DAY)
    client = as_person(scene.officer)
    access = PlatformAccess.objects.get()
    page = client.get("/oversight/access/").content.decode()

    empty = client.post(f"/oversight/access/platform/{access.public_id}/", {})
    said = client.post(f"/oversight/access/platform/{access.public_id}/", {"agreed_as": "Byrået, ut juni"})

    access.refresh_from_db()
    assert "Ukjent Person" in page and scene.officer.name in page
    assert (empty.status_code, said.status_code, access.known_by) == (422, 303, scene.officer)
    assert str(access.public_id) not in client.get("/oversight/access/").content.decode()
    assert timezone.is_aware(access.since_at)
