"""Making and ending integrations and webhook subscriptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from torg.api import access, events, queries
from torg.api.models import Integration, Subscription
from torg.audit import commands as audit
from torg.core import chance, sealing
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.people import policies
from torg.people import queries as people
from torg.people.models import Person, Scope
from torg.people.types import Permission

LONGEST_LIFE = timedelta(days=366)
LONGEST_ADDRESS = 300


@dataclass(frozen=True, slots=True)
class Made:
    """A new integration with its token, which is shown this once."""

    integration: Integration
    token: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token is for, what it may do, where (nowhere named: everywhere the person may), and until when."""

    name: str
    permissions: Sequence[Permission]
    expires_at: datetime
    scopes: Sequence[Scope] = ()


@transaction.atomic
def make_integration(*, grant: Grant, by: Person, at: datetime) -> Made:
    """Make a token for another system that acts for `by`, with a part of that person's rights, for a year at most.

    Raises NotAllowed without the right to manage integrations or for a right that the person lacks, Invalid without
    a name or with an end that has passed or lies too far off.
    """
    policies.check_may(by, Permission.MANAGE_API, scope_id=None, at=at)
    if not grant.name.strip():
        raise Invalid(_("Write what the integration is for."), field="name")
    if not at < grant.expires_at <= at + LONGEST_LIFE:
        raise Invalid(_("Choose an end within a year from now."), field="expires_at")
    for permission in grant.permissions:
        if not people.may_anywhere(by, permission, at=at):
            raise NotAllowed(_("You cannot give a token rights that you do not have yourself."))
    token = access.PREFIX + chance.secret()
    integration = Integration.objects.create(
        name=grant.name.strip(),
        person=by,
        permissions=[permission.value for permission in grant.permissions],
        token_digest=access.digest_of(token),
        token_hint=token[:9],
        made_at=at,
        expires_at=grant.expires_at,
    )
    integration.scopes.set(grant.scopes)
    audit.record(events.INTEGRATION_MADE, actor=by, scope=None, target=integration, at=at)
    return Made(integration=integration, token=token)


@transaction.atomic
def revoke_integration(*, integration_id: UUID, by: Person, at: datetime) -> Integration:
    """Take the access away at once; subscriptions end with it. Raises NotFound, NotAllowed, InvalidTransition."""
    policies.check_may(by, Permission.MANAGE_API, scope_id=None, at=at)
    integration = queries.integration_or_absent(integration_id, lock=True)
    if integration.revoked_at is not None:
        raise InvalidTransition(_("The access has been taken away already."))
    integration.revoked_at = at
    integration.save(update_fields=["revoked_at"])
    integration.subscriptions.filter(ended_at=None).update(ended_at=at)
    audit.record(events.INTEGRATION_REVOKED, actor=by, scope=None, target=integration, at=at)
    return integration


@transaction.atomic
def subscribe(
    *, integration: Integration, address: str, names: Sequence[str], by: Person, at: datetime
) -> tuple[Subscription, str]:
    """Let an integration be told of events at an address; returns the subscription and its secret, shown this once.

    Addresses inside our own network are refused each time something is sent, not only now.

    Raises Invalid for an address that is not HTTPS, or for events that do not exist.
    """
    _check_address(address)
    unknown = set(names) - set(queries.event_names())
    if unknown or not names:
        raise Invalid(_("Choose events from the list in the documentation."), field="events")
    secret = chance.secret()
    subscription = Subscription.objects.create(
        integration=integration, address=address, secret=sealing.seal(secret), events=sorted(set(names)), made_at=at
    )
    audit.record(events.SUBSCRIPTION_MADE, actor=by, scope=None, target=subscription, at=at)
    return subscription, secret


def _check_address(address: str) -> None:
    try:
        URLValidator(schemes=["https"])(address)
        has_user = bool(urlsplit(address).username)
    except (ValidationError, ValueError):
        has_user = True
    if has_user or not address.isprintable() or len(address) > LONGEST_ADDRESS:
        raise Invalid(_("Write an address that begins with https://."), field="address")


@transaction.atomic
def unsubscribe(*, subscription: Subscription, by: Person, at: datetime) -> None:
    """End a subscription; what is under way still arrives."""
    if subscription.ended_at is None:
        subscription.ended_at = at
        subscription.save(update_fields=["ended_at"])
    audit.record(events.SUBSCRIPTION_ENDED, actor=by, scope=None, target=subscription, at=at)


@transaction.atomic
def seal_again(*, by: Actor, at: datetime) -> int:
    """Encrypt every subscription's secret with the newest key (`torg secrets rotate`); returns how many."""
    rows = list(Subscription.objects.select_for_update())
    for row in rows:
        row.secret = sealing.seal(sealing.unseal(row.secret))
    Subscription.objects.bulk_update(rows, ["secret"])
    audit.record(events.SECRETS_SEALED_AGAIN, actor=by, scope=None, target=None, at=at, facts={"count": len(rows)})
    return len(rows)
