"""A stand-in gets the right to agree to deletions from two persons, never from one alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import factories
from tests.people.test_letters import jobs_named
from torg.audit.models import AuditEvent
from torg.core.actors import Operator
from torg.core.errors import InvalidTransition, NotAllowed
from torg.people import commands as people
from torg.people import letters, mailing, queries
from torg.people.models import Notification, StandIn
from torg.people.types import Permission, Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def absent(at):
    return factories.officer(at=at, name="Ingrid Informasjon")


@pytest.fixture
def second(at):
    return factories.officer(at=at, name="Nils Nestleder")


@pytest.fixture
def row(absent, second, at):
    """The absent officer has named somebody, and nobody has agreed."""
    return people.name_stand_in(
        absent=absent, stand_in=factories.person("Vikar"), from_at=at, until_at=at + DAY, by=absent, at=at
    )


def may_agree(person, at):
    return queries.may(person, Permission.AGREE, scope_id=None, at=at)


def test_all_but_the_right_to_agree_holds_at_once(row, at):
    assert queries.may(row.stand_in, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    assert not may_agree(row.stand_in, at)
    assert Permission.AGREE not in queries.permissions_of(row.stand_in, at=at)
    assert row.stand_in not in queries.agreers(scope_id=None, at=at)


def test_a_second_person_agrees_and_the_right_holds(row, second, at):
    people.agree_to_stand_in(stand_in_id=row.public_id, by=second, at=at)

    assert may_agree(row.stand_in, at)
    assert Permission.AGREE in queries.permissions_of(row.stand_in, at=at)
    assert row.stand_in in queries.agreers(scope_id=None, at=at)
    assert AuditEvent.objects.filter(name="people.stand_in.agreed").exists()
    with pytest.raises(InvalidTransition):
        people.agree_to_stand_in(stand_in_id=row.public_id, by=second, at=at)


@pytest.mark.parametrize("who", ["absent", "stand_in", "named_by"])
def test_nobody_with_a_part_in_it_can_agree(who, absent, second, at):
    stand_in = factories.officer(at=at, name="Vikar")
    row = people.name_stand_in(absent=absent, stand_in=stand_in, from_at=at, until_at=at + DAY, by=second, at=at)

    with pytest.raises(NotAllowed):
        people.agree_to_stand_in(stand_in_id=row.public_id, by=getattr(row, who), at=at)


def test_who_has_the_right_only_by_standing_in_for_the_absent_can_agree_to_no_further_stand_in(row, second, at):
    people.agree_to_stand_in(stand_in_id=row.public_id, by=second, at=at)
    further = people.name_stand_in(
        absent=row.absent, stand_in=factories.person("Neste"), from_at=at, until_at=at + DAY, by=row.absent, at=at
    )

    with pytest.raises(NotAllowed):
        people.agree_to_stand_in(stand_in_id=further.public_id, by=row.stand_in, at=at)


def test_one_who_may_agree_on_one_page_only_cannot_lend_the_right_on_all(row, at):
    local = factories.person("Lokal")
    factories.role(local, Role.DEPUTY, at=at, scope=factories.presence(at=at).scope)

    with pytest.raises(NotAllowed):
        people.agree_to_stand_in(stand_in_id=row.public_id, by=local, at=at)


def test_without_the_right_to_agree_nothing_waits(at):
    absent = factories.administrator(factories.presence(at=at), at=at)
    row = people.name_stand_in(
        absent=absent, stand_in=factories.person("Vikar"), from_at=at, until_at=at + DAY, by=absent, at=at
    )

    assert jobs_named("people.announce_stand_in") == 0
    assert not queries.stand_ins_waiting(at=at).exists()
    with pytest.raises(InvalidTransition):
        people.agree_to_stand_in(stand_in_id=row.public_id, by=factories.officer(at=at), at=at)


def test_the_agreement_covers_no_role_that_the_absent_gets_later(row, second, at):
    people.agree_to_stand_in(stand_in_id=row.public_id, by=second, at=at)
    row.absent.roles.update(from_at=at + timedelta(hours=1))

    assert not may_agree(row.stand_in, at + timedelta(hours=2))


def test_an_operator_names_a_stand_in_with_all_rights(absent, at):
    stand_in = factories.person("Vikar")

    people.name_stand_in(absent=absent, stand_in=stand_in, from_at=at, until_at=at + DAY, by=Operator("root"), at=at)

    assert may_agree(stand_in, at)


@pytest.mark.parametrize("who", ["absent", "stand_in", "named_by"])
def test_the_database_itself_refuses_one_with_a_part_in_it(row, who, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        StandIn.objects.filter(pk=row.pk).update(agreed_by=getattr(row, who), agreed_at=at)


def test_the_database_itself_refuses_an_agreement_of_nobody(row, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        StandIn.objects.filter(pk=row.pk).update(agreed_at=at)


def test_it_is_announced_when_it_waits_and_when_it_holds(row, second, at):
    assert letters.announce_stand_in(row.public_id, at=at) == 2
    people.agree_to_stand_in(stand_in_id=row.public_id, by=second, at=at)
    assert letters.announce_stand_in(row.public_id, at=at) == 2

    assert jobs_named("people.announce_stand_in") == 2
    assert {message.to[0] for message in mail.outbox} == {row.absent.email, second.email}
    assert "Vikar" not in "".join(message.subject for message in mail.outbox)


def test_an_ended_stand_in_is_announced_to_nobody(row, at):
    assert letters.announce_stand_in(row.public_id, at=at + 2 * DAY) == 0


def test_the_absent_reads_whom_it_waits_for(client, row, second):
    client.force_login(factories.login(row.absent))

    assert second.name in client.get(reverse("people:absence")).content.decode()


def test_the_second_person_finds_it_and_agrees_on_the_page(client, row, second):
    client.force_login(factories.login(second))
    row.until_at += 5000 * DAY
    row.save()
    agreement = reverse("people:agree-to-stand-in", args=[row.public_id])

    assert row.stand_in.name in client.get(reverse("people:index")).content.decode()
    assert agreement in client.get(reverse("people:person", args=[row.absent.public_id])).content.decode()
    assert client.post(agreement).status_code == 303
    row.refresh_from_db()
    assert row.agreed_by == second


@pytest.mark.strategy("B3")
def test_whoever_registers_a_colleague_as_ill_tells_them_and_cannot_agree_to_deletions_in_their_place(absent, at):
    registrar = factories.officer(at=at, name="Rita Registrerer")
    period = {"from_at": at, "until_at": at + DAY}

    row = people.name_stand_in(absent=absent, stand_in=registrar, **period, by=registrar, at=at)
    mailing.send_due(at=at)

    with pytest.raises(NotAllowed):
        people.agree_to_stand_in(stand_in_id=row.public_id, by=registrar, at=at)
    letter = next(message for message in mail.outbox if message.to == [absent.email])
    assert registrar.name in letter.body and "/people/absence/" in letter.body
    assert registrar.name not in letter.subject
    around = queries.around(absent, at=at, may_manage=False)
    assert [one.named_by for one in around.registered] == [registrar]
    people.end_stand_in(stand_in_id=row.public_id, by=absent, at=at)
    assert not StandIn.objects.exists()


def test_whoever_registers_their_own_absence_gets_no_letter_about_it(row, absent):
    assert not Notification.objects.filter(person=absent).exists()
