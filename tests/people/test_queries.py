"""Who sees what: roles, dates, stand-ins and secret scopes."""

from datetime import timedelta

import pytest

from tests import factories
from torg.core.actors import Rule
from torg.people import queries
from torg.people.models import RoleAssignment, StandIn
from torg.people.types import ROLE_PERMISSIONS, Permission, Role
from torg.registry.models import Presence, PresenceKind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seen_by(person, at):
    return {presence.name for presence in Presence.objects.visible_to(person, at=at)}


def test_a_role_on_one_page_shows_that_page_only(at):
    cinema, _library = factories.presence("Kinoen", at=at), factories.presence("Biblioteket", at=at)
    administrator = factories.administrator(cinema, at=at)

    assert seen_by(administrator, at) == {"Kinoen"}


@pytest.mark.strategy("C8")
def test_a_role_for_all_shows_every_page_that_is_not_secret(at):
    factories.presence("Kinoen", at=at)
    factories.presence("Barnevernet internt", at=at, kind=PresenceKind.SECRET_GROUP)
    leader = factories.person()
    factories.role(leader, Role.LEADER, at=at)

    assert seen_by(leader, at) == {"Kinoen"}


@pytest.mark.strategy("C9")
@pytest.mark.parametrize("role", [Role.OFFICER, Role.DEPUTY])
def test_the_officer_and_the_deputy_see_secret_groups_too(role, at):
    factories.presence("Internt", at=at, kind=PresenceKind.SECRET_GROUP)
    person = factories.person()
    factories.role(person, role, at=at)

    assert seen_by(person, at) == {"Internt"}


def test_a_role_that_has_ended_shows_nothing(at):
    page = factories.presence(at=at)
    person = factories.administrator(page, at=at)
    RoleAssignment.objects.update(until_at=at)

    assert seen_by(person, at - DAY) == {page.name}
    assert seen_by(person, at) == set()


def test_a_role_that_waits_for_a_second_person_gives_nothing_yet(at):
    factories.presence(at=at)
    person = factories.officer(at=at)
    RoleAssignment.objects.update(is_waiting=True)

    assert seen_by(person, at) == set()


@pytest.mark.strategy("B1")
def test_a_stand_in_sees_what_the_absent_sees_in_the_period_only(at):
    page = factories.presence(at=at)
    absent, stand_in = factories.administrator(page, at=at), factories.person("Vikar")
    StandIn.objects.create(absent=absent, stand_in=stand_in, from_at=at, until_at=at + DAY)

    assert seen_by(stand_in, at - DAY) == set()
    assert seen_by(stand_in, at) == {page.name}
    assert seen_by(stand_in, at + DAY) == set()


def test_who_has_left_sees_nothing_even_with_a_role_that_runs(at):
    factories.presence(at=at)
    person = factories.officer(at=at)
    person.left_at = at

    assert seen_by(person, at) == set()
    assert not queries.may_anywhere(person, Permission.READ, at=at)


def test_rules_are_not_bound_to_scopes(at):
    factories.presence("Kinoen", at=at)

    assert seen_by(Rule("intake", "1"), at) == {"Kinoen"}


@pytest.mark.strategy("B1")
@pytest.mark.parametrize("permission", list(Permission), ids=str)
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_gives_exactly_its_permissions(role, permission, at):
    page = factories.presence(at=at)
    person = factories.person()
    factories.role(person, role, at=at, scope=page.scope)

    assert queries.may(person, permission, scope_id=page.scope_id, at=at) == (permission in ROLE_PERMISSIONS[role])
    assert not queries.may(person, permission, scope_id=None, at=at)


def test_the_role_on_the_page_is_named_before_the_role_for_all(at):
    page = factories.presence(at=at)
    person = factories.officer(at=at)
    factories.role(person, Role.CASE_OFFICER, at=at, scope=page.scope)

    assert queries.role_in(person, page.scope_id, at=at) == Role.CASE_OFFICER
    assert queries.role_in(person, None, at=at) == Role.OFFICER


def test_agreers_are_counted_with_stand_ins_and_without_those_who_left(at):
    officer, stand_in = factories.officer(at=at), factories.person("Vikar")
    StandIn.objects.create(absent=officer, stand_in=stand_in, from_at=at, until_at=at + DAY, agreed_at=at)
    gone = factories.officer(at=at)
    gone.left_at = at - DAY
    gone.save()

    assert set(queries.agreers(scope_id=None, at=at)) == {officer, stand_in}


def test_an_officer_of_one_page_reads_nothing_of_roles_elsewhere(at):
    secret = factories.presence("Hemmelig gruppe", at=at, kind=PresenceKind.SECRET_GROUP)
    member = factories.administrator(secret, at=at)
    library = factories.presence("Biblioteket", at=at)
    officer = factories.person("Bodil Bibliotek")
    factories.role(officer, Role.OFFICER, at=at, scope=library.scope)

    told = queries.overview(seen_by=officer, at=at)

    assert [person.held for person in told["people"] if person == member] == [[]]
    assert [role.scope for person in told["people"] for role in person.held] == [library.scope]
