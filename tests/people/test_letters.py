"""The right to agree to deletions is never given quietly."""

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import factories
from torg.people import commands as people
from torg.people import letters
from torg.people.types import Role

pytestmark = pytest.mark.django_db


def jobs_named(name):
    return ProcrastinateJob.objects.filter(task_name=name).count()


def test_giving_the_right_asks_for_a_letter_and_giving_another_role_does_not(at):
    officer, newcomer = factories.officer(at=at), factories.person()

    people.give_role(person=newcomer, role=Role.CONTRIBUTOR, scope=None, by=officer, at=at)
    assert jobs_named("people.announce_role") == 0

    people.give_role(person=newcomer, role=Role.DEPUTY, scope=None, by=officer, at=at)
    assert jobs_named("people.announce_role") == 1


def test_everyone_who_has_the_right_is_told_in_their_own_language(at):
    officer, second = factories.officer(at=at), factories.officer(at=at, name="Nils")
    second.language = "en"
    second.save()
    assignment = people.give_role(person=factories.person("Ny"), role=Role.DEPUTY, scope=None, by=officer, at=at)

    assert letters.announce_role(assignment.public_id, at=at) == 2

    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects[second.email] == "Somebody is to get the right to agree to deletions"
    assert subjects[officer.email] == "Noen skal få rett til å si seg enig i sletting"


def test_no_name_stands_in_a_subject(at):
    officer = factories.officer(at=at)
    assignment = people.give_role(person=factories.person("Kjenning"), role=Role.OFFICER, scope=None, by=officer, at=at)

    letters.announce_role(assignment.public_id, at=at)

    assert "Kjenning" not in mail.outbox[0].subject
