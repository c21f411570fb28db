"""Persons, roles, stand-ins, hours and duty: it happened, it was audited, the wrong person cannot."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from torg.audit.models import AuditEvent
from torg.core.actors import Operator
from torg.core.calendar import WorkingCalendar, parse_span
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.people import commands as people
from torg.people import queries
from torg.people.models import CalendarKind, CalendarRow, Login, Municipality, RoleAssignment
from torg.people.types import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OFFICE_HOURS = {"time_zone": "Europe/Oslo", "holidays": "NO", "week": {"tue": [["09:00", "15:00"]]}}


def is_audited(name: str) -> bool:
    return AuditEvent.objects.filter(name=name).exists()


@pytest.fixture
def officer(at):
    return factories.officer(at=at)


def test_a_person_is_added_with_a_log_in_that_has_no_password(officer, at):
    person = people.add_person(name="Per Ny", email="Per.Ny@eksempel.example", by=officer, at=at)

    assert not Login.objects.get(person=person).has_usable_password()
    assert is_audited("people.person.added")


def test_an_address_that_is_taken_is_refused(officer, at):
    people.add_person(name="Per Ny", email="per@eksempel.example", by=officer, at=at)

    with pytest.raises(Invalid) as refusal:
        people.add_person(name="Per To", email="PER@eksempel.example", by=officer, at=at)

    assert refusal.value.field == "email"


def test_somebody_without_the_right_cannot_add_people(at):
    page = factories.presence(at=at)
    administrator = factories.administrator(page, at=at)

    with pytest.raises(NotAllowed):
        people.add_person(name="Per", email="per@eksempel.example", by=administrator, at=at)


@pytest.mark.strategy("B1")
def test_an_officer_named_by_an_officer_waits_for_a_second_person(officer, at):
    newcomer = factories.person()

    assignment = people.give_role(person=newcomer, role=Role.DEPUTY, scope=None, by=officer, at=at)

    assert assignment.is_waiting
    assert queries.role_in(newcomer, None, at=at) == ""


def test_neither_the_giver_nor_the_receiver_can_agree(officer, at):
    newcomer = factories.person()
    factories.role(newcomer, Role.DEPUTY, at=at, scope=factories.presence(at=at).scope)
    assignment = people.give_role(person=newcomer, role=Role.DEPUTY, scope=None, by=officer, at=at)

    for person in (officer, newcomer):
        with pytest.raises(NotAllowed):
            people.agree_to_role(assignment_id=assignment.public_id, by=person, at=at)


def test_a_second_officer_agrees_and_the_role_holds(officer, at):
    newcomer, second = factories.person(), factories.officer(at=at, name="Nils Nestleder")
    assignment = people.give_role(person=newcomer, role=Role.DEPUTY, scope=None, by=officer, at=at)

    people.agree_to_role(assignment_id=assignment.public_id, by=second, at=at)

    assert queries.role_in(newcomer, None, at=at) == Role.DEPUTY
    assert is_audited("people.role.agreed")
    with pytest.raises(InvalidTransition):
        people.agree_to_role(assignment_id=assignment.public_id, by=second, at=at)


def test_a_stand_in_of_whoever_gave_the_role_is_no_second_person(officer, at):
    newcomer, stand_in = factories.person(), factories.person("Stine Stedfortreder")
    people.name_stand_in(absent=officer, stand_in=stand_in, from_at=at, until_at=at + DAY, by=officer, at=at)
    assignment = people.give_role(person=newcomer, role=Role.DEPUTY, scope=None, by=officer, at=at)

    with pytest.raises(NotAllowed):
        people.agree_to_role(assignment_id=assignment.public_id, by=stand_in, at=at)

    assert RoleAssignment.objects.get(pk=assignment.pk).is_waiting


def test_the_database_itself_refuses_one_person_as_both(officer, at):
    assignment = people.give_role(person=factories.person(), role=Role.DEPUTY, scope=None, by=officer, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.filter(pk=assignment.pk).update(agreed_by=officer)


def test_an_operator_names_the_first_officer_at_once(at):
    newcomer = factories.person()

    people.give_role(person=newcomer, role=Role.OFFICER, scope=None, by=Operator("root"), at=at)

    assert queries.role_in(newcomer, None, at=at) == Role.OFFICER


def test_the_last_officer_can_neither_leave_nor_lose_the_role(officer, at):
    assignment = officer.roles.get()

    with pytest.raises(NotAllowed):
        people.end_role(assignment_id=assignment.public_id, by=officer, at=at)
    with pytest.raises(NotAllowed):
        people.record_departure(person_id=officer.public_id, by=officer, at=at)


def test_who_leaves_loses_roles_and_log_ins_at_once(officer, at):
    page = factories.presence(at=at)
    leaver = factories.administrator(page, at=at)
    factories.login(leaver)

    people.record_departure(person_id=leaver.public_id, by=officer, at=at)

    assert not leaver.logins.filter(is_active=True).exists()
    assert leaver.roles.in_force(at).count() == 0
    assert is_audited("people.person.left")


def test_one_names_a_stand_in_for_oneself_but_not_for_others(at):
    page = factories.presence(at=at)
    absent, colleague = factories.administrator(page, at=at), factories.person("Vikar")

    people.name_stand_in(absent=absent, stand_in=colleague, from_at=at, until_at=at + DAY, by=absent, at=at)

    with pytest.raises(NotAllowed):
        people.name_stand_in(absent=absent, stand_in=colleague, from_at=at, until_at=at + DAY, by=colleague, at=at)


@pytest.mark.parametrize("days", [0, -1], ids=["same moment", "backwards"])
def test_a_period_that_ends_before_it_begins_is_refused(officer, days, at):
    with pytest.raises(Invalid):
        people.name_stand_in(
            absent=officer, stand_in=factories.person(), from_at=at, until_at=at + days * DAY, by=officer, at=at
        )


def test_a_stand_in_period_taken_back_before_it_begins_leaves_nothing(officer, at):
    row = people.name_stand_in(
        absent=officer, stand_in=factories.person(), from_at=at + DAY, until_at=at + 2 * DAY, by=officer, at=at
    )

    people.end_stand_in(stand_in_id=row.public_id, by=officer, at=at)

    assert officer.absences.count() == 0
    with pytest.raises(NotFound):
        people.end_stand_in(stand_in_id=row.public_id, by=officer, at=at)


def test_new_hours_take_over_and_the_old_ones_are_kept(officer, at):
    kind = CalendarKind.ANSWERING
    people.set_hours(kind=kind, unit=None, definition=OFFICE_HOURS, from_at=at - DAY, by=officer, at=at - DAY)

    shorter = {**OFFICE_HOURS, "week": {"tue": [["09:00", "12:00"]]}}
    people.set_hours(kind=kind, unit=None, definition=shorter, from_at=at, by=officer, at=at)

    assert CalendarRow.objects.count() == 2
    now = queries.calendar_in_force(kind, unit=None, at=at)
    before = queries.calendar_in_force(kind, unit=None, at=at - timedelta(seconds=1))
    assert now.due(at, parse_span("1h")).due == before.due(at, parse_span("1h")).due
    assert now != before
    assert isinstance(now, WorkingCalendar)


def test_hours_that_never_open_are_refused(officer, at):
    with pytest.raises(Invalid):
        people.set_hours(
            kind=CalendarKind.OPENING,
            unit=None,
            definition={"time_zone": "Europe/Oslo", "week": {}},
            from_at=at,
            by=officer,
            at=at,
        )


@pytest.mark.strategy("B7")
def test_who_is_on_duty_is_called_in_order(officer, at):
    second = factories.person("Andre")
    people.give_duty(person=second, from_at=at, until_at=at + DAY, order=2, by=officer, at=at)
    people.give_duty(person=officer, from_at=at, until_at=at + DAY, order=1, by=officer, at=at)

    assert queries.on_duty(at=at) == [officer, second]
    assert queries.on_duty(at=at + DAY) == []


def test_the_municipality_is_one(officer, at):
    people.set_up_municipality(identity=people.Identity(name="Eksempelvik kommune"), by=officer, at=at)
    people.set_up_municipality(identity=people.Identity(name="Nye Eksempelvik"), by=officer, at=at)

    assert Municipality.objects.get().name == "Nye Eksempelvik"


def test_a_failing_audit_undoes_the_change(officer, at, monkeypatch):
    from torg.people.commands import persons

    def fail(*_arguments, **_named):
        raise RuntimeError("the log is away")

    monkeypatch.setattr(persons.audit, "record", fail)

    with pytest.raises(RuntimeError), transaction.atomic():
        people.add_person(name="Per", email="per@eksempel.example", by=officer, at=at)

    assert not Login.objects.filter(email="per@eksempel.example").exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("99 88 77 66", "+4799887766"),
        ("0046 70 123 45 67", "+46701234567"),
        ("+47 998-87-766", "+4799887766"),
        ("", ""),
    ],
    ids=["Norwegian", "abroad", "with hyphens", "taken away"],
)
def test_a_mobile_number_is_kept_as_gateways_take_it(officer, at, typed, kept):
    person = factories.person()

    assert people.note_phone(person_id=person.public_id, phone=typed, by=person, at=at).phone == kept
    assert people.note_phone(person_id=person.public_id, phone=typed, by=officer, at=at).phone == kept
    assert is_audited("people.phone.noted")


def test_a_number_is_refused_that_is_none_or_that_is_somebody_elses(at):
    person, other = factories.person(), factories.person()

    for typed in ("12", "ring meg", "+0123456789", "9٩٨٨٧٧٦٦"):
        with pytest.raises(Invalid):
            people.note_phone(person_id=person.public_id, phone=typed, by=person, at=at)
    with pytest.raises(NotAllowed):
        people.note_phone(person_id=other.public_id, phone="99887766", by=person, at=at)
