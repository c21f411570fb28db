"""What is done to a secret group stands in the open log as nothing but a commitment."""

import pytest

from tests import factories
from torg.audit.models import AuditEvent, SealedDetail
from torg.people import commands as people
from torg.people.types import Role
from torg.registry import commands as registry
from torg.registry.models import PresenceKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(at):
    return factories.presence("Hemmelig gruppe", at=at, kind=PresenceKind.SECRET_GROUP)


def change(secret, officer, at):
    description = registry.Description(name="Nytt navn", kind=PresenceKind.SECRET_GROUP)
    registry.change_presence(presence_id=secret.public_id, description=description, by=officer, at=at)


def export(secret, officer, at):
    registry.order_export(presence_id=secret.public_id, by=officer, at=at)


def add_administrator(secret, officer, at):
    registry.add_administrator(presence_id=secret.public_id, person=officer, by=officer, at=at)


def give_role(secret, officer, at):
    people.give_role(person=factories.person(), role=Role.CASE_OFFICER, scope=secret.scope, by=officer, at=at)


@pytest.mark.strategy("C8")
@pytest.mark.parametrize("act", [change, export, add_administrator, give_role])
def test_an_act_on_a_secret_group_is_sealed(secret, at, act):
    officer = factories.officer(at=at)

    act(secret, officer, at)

    [event] = AuditEvent.objects.all()
    assert (event.scope_id, event.actor_ref, event.target_id) == (None, "", "")
    assert SealedDetail.objects.get().scope_id == secret.scope_id
