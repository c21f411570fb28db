"""The switch: one act opens all that belongs to an incident, and two people close it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Count
from django.urls import reverse

from tests.inbox.conftest import audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.crisis import commands, policies, queries, recording
from torg.crisis.models import Incident
from torg.crisis.types import IncidentState, Rebuttal, Seat, Situation, TeamRole
from torg.people import queries as people
from torg.people.models import CalendarKind, StandIn
from torg.publishing.models import PlanHold
from torg.records.models import CaseFile, JournalEntry
from torg.site.models import SitePage

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    return bytes(SitePage.objects.get(path=path, withdrawn_at=None).body).decode()


@pytest.mark.strategy("A8")
def test_one_act_opens_it_all(crisis):
    commands.set_checklist(title="Første time", points=["Varsle", "", "Si hva vi vet"], by=crisis.deputy, at=crisis.at)

    incident = crisis.open()

    assert PlanHold.objects.filter(reason_code=incident.hold_code, ended_at=None).exists()
    assert people.hours_row(CalendarKind.ANSWERING, at=crisis.at) == incident.hours_row
    assert list(incident.points.values_list("text", flat=True)) == ["Varsle", "Si hva vi vet"]
    assert "Kokevarsel i Storvik" in page("/status/") and "Kokevarsel i Storvik" in page("/")
    assert queries.owner_now(incident, at=crisis.at) == crisis.house.officer
    assert audited("crisis.incident.opened") == 1


def test_only_those_who_may_press_the_switch_can(crisis):
    with pytest.raises(NotAllowed):
        crisis.open(by=crisis.house.administrator)

    assert crisis.open(by=crisis.house.leader, owner=crisis.house.leader.public_id).opened_by == crisis.house.leader


def test_it_needs_a_title_and_pages_within_reach(crisis, at):
    from tests import factories

    with pytest.raises(Invalid):
        crisis.open(title=" ")
    with pytest.raises(NotFound):
        crisis.open(by=crisis.house.leader, pages=(factories.presence("Annen side", at=at).scope_id,))


@pytest.mark.strategy("A8")
def test_two_people_close_it_and_everything_is_as_before(crisis):
    before = people.hours_row(CalendarKind.ANSWERING, at=crisis.at).definition
    incident = crisis.open()
    member = crisis.seat(incident, crisis.house.stranger, TeamRole.LOGKEEPER)
    commands.ask_to_close(incident_id=incident.public_id, by=crisis.house.officer, at=crisis.at)
    later = crisis.at + timedelta(hours=1)

    with pytest.raises(NotAllowed):
        commands.close_incident(incident_id=incident.public_id, by=crisis.house.officer, at=later)
    closed = commands.close_incident(incident_id=incident.public_id, by=crisis.deputy, at=later)

    assert closed.state == IncidentState.CLOSED
    assert people.hours_row(CalendarKind.ANSWERING, at=later).definition == before
    assert member.lent and not people.may_anywhere(crisis.house.stranger, "READ", at=later)
    assert "Kokevarsel" in page("/status/") and "Kokevarsel" not in page("/")
    entry = JournalEntry.objects.get(public_id=closed.entry_id)
    assert CaseFile.objects.get(pk=entry.case_file_id).title.endswith("Kokevarsel i Storvik")


def test_closing_twice_is_refused_and_nothing_changes_afterwards(crisis):
    incident = crisis.close(crisis.open())

    for act in (commands.ask_to_close, commands.close_incident):
        with pytest.raises(InvalidTransition):
            act(incident_id=incident.public_id, by=crisis.deputy, at=crisis.at)
    with pytest.raises(InvalidTransition):
        commands.write_log(incident_id=incident.public_id, text="For sent", by=crisis.deputy, at=crisis.at)


def test_the_database_lets_nobody_close_alone(crisis):
    incident = crisis.open()
    commands.ask_to_close(incident_id=incident.public_id, by=crisis.house.officer, at=crisis.at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.update(state="CLOSED", closed_at=crisis.at, closed_by=crisis.house.officer)


def test_it_is_not_over_when_the_second_person_says_so(crisis):
    incident = crisis.open()
    commands.ask_to_close(incident_id=incident.public_id, by=crisis.house.officer, at=crisis.at)

    kept = commands.keep_open(incident_id=incident.public_id, by=crisis.deputy, at=crisis.at)

    assert kept.state == IncidentState.RUNNING
    with pytest.raises(InvalidTransition):
        commands.close_incident(incident_id=incident.public_id, by=crisis.deputy, at=crisis.at)


def test_two_at_once_share_the_hours_and_each_holds_the_plan(crisis):
    first, second = crisis.open(), crisis.open(title="Ras i fjellet")

    crisis.close(first)

    second.refresh_from_db()
    assert second.hours_row is not None and second.hours_row.until_at is None
    assert PlanHold.objects.filter(ended_at=None).count() == 2
    assert "Ras i fjellet" in page("/")
    commands.let_plan_go_on(incident_id=first.public_id, by=crisis.deputy, at=crisis.at)
    assert PlanHold.objects.filter(ended_at=None).count() == 1


def test_while_the_owner_is_away_the_stand_in_acts(crisis):
    incident = crisis.open(owner=crisis.house.leader.public_id)
    stranger = crisis.house.stranger
    StandIn.objects.create(
        absent=crisis.house.leader, stand_in=stranger, from_at=crisis.at, until_at=crisis.at + timedelta(days=1)
    )

    assert queries.owner_now(incident, at=crisis.at) == stranger
    assert policies.may_lead(stranger, incident, at=crisis.at) and queries.may_approve(stranger, incident, at=crisis.at)
    assert not queries.may_approve(stranger, incident, at=crisis.at + timedelta(days=2))


def test_a_shift_is_handed_over_when_both_have_confirmed(crisis):
    incident = crisis.open()
    crisis.seat(incident, crisis.house.leader, TeamRole.LEAD)
    by = {"by": crisis.house.officer, "at": crisis.at}
    handed = commands.hand_over(
        incident_id=incident.public_id, to_person=crisis.house.leader.public_id, text="Prøver tas kl. 18", **by
    )

    with pytest.raises(NotAllowed):
        commands.receive(hand_over_id=handed.public_id, **by)
    assert queries.shifts_offered(crisis.house.leader).exists()
    commands.receive(hand_over_id=handed.public_id, by=crisis.house.leader, at=crisis.at)

    assert not queries.shifts_offered(crisis.house.leader).exists()
    incident.refresh_from_db()
    assert incident.owner == crisis.house.leader
    with pytest.raises(InvalidTransition):
        commands.receive(hand_over_id=handed.public_id, by=crisis.house.leader, at=crisis.at)


def test_a_shift_is_offered_to_the_others_in_the_team_and_to_nobody_else(crisis, browser):
    incident = crisis.open()
    crisis.seat(incident, crisis.house.leader, TeamRole.LEAD)

    page = browser(crisis.house.officer).get(reverse("crisis:team", args=[incident.public_id]))

    offered = page.context["hand_over_form"].fields["to_person"].queryset
    assert list(offered) == [crisis.house.leader]


def test_a_closing_waits_for_the_second_and_the_plan_that_stays_on_hold_is_told_of_afterwards(crisis, browser):
    incident = crisis.open()
    commands.ask_to_close(incident_id=incident.public_id, by=crisis.house.officer, at=crisis.at)

    waiting = [queries.closings_waiting(who, at=crisis.at).exists() for who in (crisis.house.officer, crisis.deputy)]
    assert waiting == [False, True]

    commands.close_incident(incident_id=incident.public_id, by=crisis.deputy, at=crisis.at)
    after = browser(crisis.deputy).get(reverse("crisis:after", args=[incident.public_id])).content.decode()
    assert f"{reverse('crisis:incident', args=[incident.public_id])}#held" in after


def test_log_and_reports_are_kept_as_they_were_written(crisis):
    incident, by = crisis.open(), {"by": crisis.house.officer, "at": crisis.at}
    line = commands.write_log(incident_id=incident.public_id, text="Ringte vannverket", **by)
    numbers = [
        commands.write_report(incident_id=incident.public_id, situation=Situation("Prøver er tatt"), **by).number
        for _again in range(2)
    ]

    assert numbers == [1, 2]
    with pytest.raises(DatabaseError), transaction.atomic():
        type(line).objects.filter(pk=line.pk).update(text="noe annet")
    told = [event.name for event in queries.incident_log(incident)]
    assert {"crisis.report.written", "crisis.log.written", "crisis.incident.opened"} <= set(told)


def test_whoever_is_not_in_the_team_changes_nothing(crisis):
    incident = crisis.open()
    by = {"by": crisis.house.contributor, "at": crisis.at}

    for act in (
        lambda: commands.write_log(incident_id=incident.public_id, text="Hei", **by),
        lambda: commands.ask_to_close(incident_id=incident.public_id, **by),
        lambda: crisis.drafted(incident, by=crisis.house.contributor),
        lambda: commands.correct_rumour(incident_id=incident.public_id, texts={"nb": Rebuttal("a", "b")}, **by),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        commands.write_log(incident_id=incident.public_id, text="Hei", by=crisis.house.stranger, at=crisis.at)


def test_whoever_stands_in_the_plan_is_in_the_team_from_the_first_minute(crisis):
    by, house = {"by": crisis.deputy, "at": crisis.at}, crisis.house
    gone = Seat(house.contributor.public_id, TeamRole.WRITER)
    for seat in (gone, Seat(house.stranger.public_id, TeamRole.COMMUNICATION, True, 2)):
        commands.set_standing_seat(seat=seat, **by)
    row = commands.set_standing_seat(seat=Seat(house.leader.public_id, TeamRole.LIAISON), **by)
    commands.end_standing_seat(standing_id=row.public_id, **by)
    house.contributor.left_at = crisis.at
    house.contributor.save()

    incident = crisis.open()

    assert {member.person for member in incident.members.all()} == {house.officer, house.stranger}
    assert crisis.stated(incident, by=house.stranger).number == 1
    assert audited("crisis.standing.set") == 3 and audited("crisis.standing.ended") == 1
    with pytest.raises(Invalid):
        commands.set_standing_seat(seat=gone, **by)
    with pytest.raises(NotAllowed):
        commands.set_standing_seat(seat=gone, by=house.administrator, at=crisis.at)


def test_all_that_was_done_is_handed_to_the_records_and_what_is_learnt_later_too(crisis):
    incident, by = crisis.open(), {"by": crisis.deputy, "at": crisis.at}
    crisis.stated(incident)
    commands.call_out(incident_id=incident.public_id, text="Møt på rådhuset", **by)
    crisis.close(incident)
    learnt = {"went_well": "Det gikk fort.", "to_improve": "Flere numre.", **by}
    commands.write_lesson(incident_id=incident.public_id, **learnt)
    CaseFile.objects.update(status="A", closed_at=crisis.at)

    commands.write_lesson(incident_id=incident.public_id, **learnt)

    incident.refresh_from_db()
    kept = {item.id: item.versions[0].text for item in recording.snapshot_of(incident, at=crisis.at).items}
    assert "Ola Vik" in kept[str(incident.call_outs.get().public_id)]
    log = kept[f"{incident.public_id}-log"].splitlines()
    assert log[0].startswith("10.03.2026 10.00") and len(log) >= 6
    assert list(CaseFile.objects.order_by("id").annotate(n=Count("entries")).values_list("n", flat=True)) == [2, 1]
