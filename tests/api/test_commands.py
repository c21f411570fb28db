"""Making and ending integrations: by the right person, for a bounded time, with no more than one has oneself."""

from datetime import timedelta

import pytest

from tests import factories
from torg.api import commands as integrations
from torg.api.models import Integration, Subscription
from torg.api.queries import event_names
from torg.audit.models import AuditEvent
from torg.core import sealing
from torg.core.actors import Operator
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.people.types import Permission

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer(at):
    return factories.officer(at=at)


def grant(at, **changes):
    return integrations.Grant(
        **{"name": "Saksystemet", "permissions": [Permission.READ], "expires_at": at + DAY, **changes}
    )


def test_an_integration_is_made_and_audited(officer, at):
    made = integrations.make_integration(grant=grant(at), by=officer, at=at)

    assert made.integration.works(at)
    assert AuditEvent.objects.filter(name="api.integration.made", target_id=made.integration.public_id).exists()


def test_somebody_without_the_right_makes_none(at):
    page = factories.presence(at=at)

    with pytest.raises(NotAllowed):
        integrations.make_integration(grant=grant(at), by=factories.administrator(page, at=at), at=at)


def test_a_token_cannot_have_rights_that_its_maker_lacks(officer, at):
    with pytest.raises(NotAllowed):
        integrations.make_integration(grant=grant(at, permissions=[Permission.JOURNAL]), by=officer, at=at)

    assert not Integration.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 400], ids=["now", "yesterday", "too far off"])
def test_a_token_has_an_end_within_a_year(officer, at, days):
    with pytest.raises(Invalid):
        integrations.make_integration(grant=grant(at, expires_at=at + days * DAY), by=officer, at=at)


def test_taking_access_away_ends_its_subscriptions_and_is_done_once(officer, at):
    made = integrations.make_integration(grant=grant(at), by=officer, at=at)
    integrations.subscribe(
        integration=made.integration,
        address="https://mottaker.example/",
        names=["registry.presence.opened"],
        by=officer,
        at=at,
    )

    integrations.revoke_integration(integration_id=made.integration.public_id, by=officer, at=at)

    assert Subscription.objects.get().ended_at == at
    with pytest.raises(InvalidTransition):
        integrations.revoke_integration(integration_id=made.integration.public_id, by=officer, at=at)


def test_secrets_open_after_they_are_sealed_again(officer, at):
    made = integrations.make_integration(grant=grant(at), by=officer, at=at)
    _row, secret = integrations.subscribe(
        integration=made.integration,
        address="https://mottaker.example/",
        names=["registry.presence.opened"],
        by=officer,
        at=at,
    )

    assert integrations.seal_again(by=Operator("root"), at=at) == 1
    assert sealing.unseal(Subscription.objects.get().secret) == secret


@pytest.mark.parametrize(
    "address",
    [
        "http://mottaker.example/",
        "https://mottaker.example/\r\nHost: indre",
        "https://mottaker.example/\x00",
        "https://bruker:ord@mottaker.example/",
        "https://mottaker.example/" + "a" * 300,
        "https://[::1/",
    ],
)
def test_no_address_that_could_mean_something_else_is_taken(officer, at, address):
    made = integrations.make_integration(grant=grant(at), by=officer, at=at)

    with pytest.raises(Invalid):
        integrations.subscribe(
            integration=made.integration, address=address, names=list(event_names())[:1], by=officer, at=at
        )
