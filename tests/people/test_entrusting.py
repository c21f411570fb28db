"""What goes to the stand-in when somebody is away, and comes back: with everybody else working meanwhile."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.inbox.conftest import build_house
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.guidance import commands as guidance
from torg.guidance.types import Topic
from torg.inbox import commands as inbox
from torg.inbox.models import Draft, Enquiry
from torg.inbox.types import AnswerKind, ClosedBecause
from torg.people import commands as people
from torg.people import handing, queries
from torg.people.commands.entrusting import HANDING
from torg.people.models import EntrustedWork, Notification
from torg.people.types import EntrustedState

BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = timedelta(days=1)


@pytest.fixture
def house(db):
    return build_house()


@pytest.fixture
def given(house, at):
    """Two enquiries that the administrator has been given, one of them with a draft; the other's deadline is nearer."""
    made = []
    for author in ("Kari", "Jon"):
        item = house.item(house.thread(author=author, at=at), at)
        house.takes_in(item)
        enquiry = Enquiry.objects.get(thread=item.thread)
        inbox.assign(enquiry_id=enquiry.public_id, to_person=house.administrator.public_id, by=house.officer, at=at)
        made.append(enquiry)
    kind = AnswerKind.PUBLIC_REPLY
    inbox.save_draft(
        enquiry_id=made[0].public_id, text="Hei, Kari", kind=kind, version=0, by=house.administrator, at=at
    )
    return made


def away(house, at, *, since=timedelta(), absent=None, stand_in=None):
    absent = absent or house.administrator
    return people.name_stand_in(
        absent=absent,
        stand_in=stand_in or house.case_officer,
        from_at=at + since,
        until_at=at + since + 7 * DAY,
        by=absent,
        at=at,
    )


def everything(row, at):
    return [(work.kind, work.ref) for work in handing.work_of(row.absent, seen_by=row.absent, at=at)]


def entrust(row, at, *, by=None, chosen=None):
    return people.entrust_work(
        stand_in_id=row.public_id,
        chosen=everything(row, at) if chosen is None else chosen,
        by=by or row.absent,
        at=at,
    )


def states(row):
    return sorted(EntrustedWork.objects.filter(stand_in=row).values_list("kind", "state"))


@pytest.mark.strategy("B1")
def test_everything_goes_over_in_one_act_and_comes_back_in_another(house, given, at):
    row = away(house, at)
    entrust(row, at)
    assert states(row) == [("draft", "GIVEN"), ("enquiry", "GIVEN"), ("enquiry", "GIVEN")]
    assert {Enquiry.objects.get(pk=each.pk).assignee for each in given} == {house.case_officer}
    assert Draft.objects.get().person == house.case_officer
    assert set(queries.around(house.case_officer, at=at, may_manage=False).came_from().values()) == {row.absent}

    back_at = at + 8 * DAY
    assert queries.around(row.absent, at=back_at, may_manage=False).back_from == [row]
    wanted = EntrustedWork.objects.filter(ref=given[0].public_id).values_list("public_id", flat=True)
    people.take_back_work(stand_in_id=row.public_id, chosen=set(wanted), by=row.absent, at=back_at)

    assert states(row) == [("draft", "RETURNED"), ("enquiry", "KEPT"), ("enquiry", "RETURNED")]
    assert Draft.objects.get().person == house.administrator
    names = AuditEvent.objects.filter(name__startswith="people.work").values_list("name", flat=True)
    assert sorted(names) == ["people.work.entrusted", "people.work.taken_back"]
    with pytest.raises(InvalidTransition):
        people.take_back_work(stand_in_id=row.public_id, chosen=set(), by=row.absent, at=back_at)


def test_what_is_chosen_ahead_goes_over_when_the_absence_begins_and_once_only(house, given, at):
    row = away(house, at, since=3 * DAY)
    entrust(row, at)
    assert people.hand_over_due(limit=10, by=HANDING, at=at) == 0
    assert Enquiry.objects.filter(assignee=house.administrator).count() == 2

    assert people.hand_over_due(limit=10, by=HANDING, at=at + 3 * DAY) == 3
    assert people.hand_over_due(limit=10, by=HANDING, at=at + 3 * DAY) == 0
    assert Notification.objects.filter(kind="HANDED_OVER", person=house.case_officer).count() == 1


def test_what_somebody_else_takes_before_the_hand_over_stays_with_them(house, given, at):
    row = away(house, at, since=DAY)
    entrust(row, at)
    inbox.assign(enquiry_id=given[0].public_id, to_person=house.officer.public_id, by=house.officer, at=at)
    inbox.close(enquiry_id=given[1].public_id, because=ClosedBecause.NO_ANSWER_NEEDED, by=house.officer, at=at)

    people.hand_over_due(limit=10, by=HANDING, at=at + DAY)

    assert states(row) == [("draft", "GIVEN"), ("enquiry", "MISSED"), ("enquiry", "MISSED")]
    assert Enquiry.objects.get(pk=given[0].pk).assignee == house.officer


def test_what_the_stand_in_has_passed_on_does_not_come_back(house, given, at):
    row = away(house, at)
    handed = entrust(row, at)
    inbox.assign(enquiry_id=given[0].public_id, to_person=house.officer.public_id, by=house.officer, at=at)

    back = people.take_back_work(
        stand_in_id=row.public_id, chosen={each.public_id for each in handed}, by=row.absent, at=at + 8 * DAY
    )

    assert len(back) == 2
    assert Enquiry.objects.get(pk=given[0].pk).assignee == house.officer


def test_a_draft_of_the_stand_ins_own_is_never_written_over(house, given, at):
    kind = AnswerKind.PUBLIC_REPLY
    inbox.save_draft(
        enquiry_id=given[0].public_id, text="Mitt eget", kind=kind, version=0, by=house.case_officer, at=at
    )
    row = away(house, at)

    entrust(row, at)

    assert ("draft", "MISSED") in states(row)
    assert Draft.objects.get(person=house.case_officer).text == "Mitt eget"


def test_only_ones_own_open_work_is_handed_over_by_oneself_or_those_who_manage_people(house, given, at):
    row = away(house, at)
    someone = house.item(house.thread(at=at), at)
    house.takes_in(someone)
    stranger = Enquiry.objects.get(thread=someone.thread)

    for chosen in ([], [("enquiry", stranger.public_id)], [("draft", given[1].public_id)]):
        with pytest.raises(Invalid):
            entrust(row, at, chosen=chosen)
    with pytest.raises(NotAllowed):
        entrust(row, at, by=house.case_officer)
    entrust(row, at, by=house.officer)
    with pytest.raises(InvalidTransition):
        people.take_back_work(stand_in_id=row.public_id, chosen=set(), by=row.absent, at=at)
    with pytest.raises(InvalidTransition):
        people.take_back_work(stand_in_id=row.public_id, chosen=set(), by=house.officer, at=at + 8 * DAY)
    with pytest.raises(NotFound):
        people.entrust_work(stand_in_id=row.public_id, chosen=[], by=row.absent, at=at + 8 * DAY)


def test_an_absent_who_has_left_meanwhile_hands_over_nothing_by_accident(house, given, at):
    row = away(house, at, since=DAY)
    entrust(row, at)
    people.record_departure(person_id=row.absent.public_id, by=house.officer, at=at)

    assert people.hand_over_due(limit=10, by=HANDING, at=at + DAY) == 0

    assert {state for _kind, state in states(row)} == {"MISSED"}


def test_nobody_stands_in_who_is_away_too_and_whoever_is_left_uncovered_is_seen(house, at):
    row = away(house, at)
    with pytest.raises(Invalid):
        away(house, at, absent=house.officer, stand_in=house.administrator, since=2 * DAY)

    second = away(house, at, absent=house.case_officer, stand_in=house.officer)

    assert queries.around(house.officer, at=at, may_manage=True).uncovered == [row]
    assert queries.around(house.leader, at=at, may_manage=False).uncovered == []
    told = Notification.objects.filter(kind="UNCOVERED").values_list("person__name", flat=True)
    assert set(told) == {house.officer.name, row.absent.name}
    # The roles of the absent do not travel on to the stand-in's stand-in.
    lent = queries.roles_held(house.officer, at=at).values_list("person__name", flat=True)
    assert set(lent) == {house.officer.name, second.absent.name}


def test_a_question_for_advice_goes_to_a_stand_in_and_never_to_whoever_asked_it(house, at):
    asked = guidance.ask_advice(topic=Topic.OTHER, text="Hva nå?", by=house.case_officer, at=at)
    guidance.take_advice(question_id=asked.public_id, by=house.officer, at=at)
    row = away(house, at, absent=house.officer, stand_in=house.case_officer)
    entrust(row, at)
    assert states(row) == [("advice", "MISSED")]
    people.end_stand_in(stand_in_id=row.public_id, by=house.officer, at=at + DAY)

    row = away(house, at + DAY, absent=house.officer, stand_in=house.administrator)
    entrust(row, at + DAY)

    asked.refresh_from_db()
    assert asked.taken_by == house.administrator


def test_a_lent_right_to_agree_waits_for_those_who_can_give_it_on_their_first_page(house, at):
    deputy = factories.person("Stein")
    factories.role(deputy, "DEPUTY", at=at)
    row = away(house, at, absent=house.officer)

    assert queries.around(deputy, at=at, may_manage=True).waiting == [row]
    assert queries.around(house.case_officer, at=at, may_manage=False).waiting == []
    assert queries.around(house.officer, at=at, may_manage=True).waiting == []


def test_holiday_weeks_and_the_hand_over_by_plain_forms(house, given, client):
    factories.login(house.administrator)
    client.force_login(house.administrator.logins.get(), "django.contrib.auth.backends.ModelBackend")
    page = reverse("people:absence")
    weeks = [value for value, _label in client.get(page).context["form"].fields["first_week"].choices if value]
    chosen = {"stand_in": str(house.case_officer.public_id), "first_week": weeks[0], "last_week": weeks[2]}

    assert client.post(page, {**chosen, "first_week": "", "last_week": ""}).status_code == 422
    assert client.post(page, {**chosen, "last_week": "", "first_week": weeks[2], "stand_in": ""}).status_code == 422
    registered = client.post(page, chosen)
    assert client.post(registered.url, {}).status_code == 422
    assert client.post(registered.url, {"work": ["enquiry:gone"]}).status_code == 422
    handed = client.post(registered.url, {"all": "1"})

    row = house.administrator.absences.get()
    assert (row.until_at - row.from_at).days in {20, 21, 22}
    assert handed.status_code == 303
    assert {state for _kind, state in states(row)} == {EntrustedState.GIVEN}
    assert client.get(registered.url).status_code == 200
    assert client.get(reverse("people:returned", args=[row.public_id])).status_code == 404


def test_who_manages_people_registers_an_illness_and_hands_the_work_over(house, given, client, at, monkeypatch):
    monkeypatch.setattr("torg.core.clock.now", lambda: at)
    client.force_login(house.officer.logins.first() or factories.login(house.officer), BACKEND)
    sick = house.administrator
    page = reverse("people:absence-of", args=[sick.public_id])
    assert page in client.get(reverse("people:person", args=[sick.public_id])).content.decode()

    told = {
        "stand_in": house.case_officer.public_id,
        "from_at": at.strftime("%Y-%m-%dT%H:%M"),
        "until_at": (at + 7 * DAY).strftime("%Y-%m-%dT%H:%M"),
    }
    answer = client.post(page, told, follow=True)
    client.post(answer.redirect_chain[-1][0], {"all": "1"})

    assert Enquiry.objects.filter(assignee=house.case_officer).count() == 2
    assert client.post(reverse("people:end-absence", args=[sick.absences.get().public_id])).url == page
