"""Connections, their channels, and how they are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from torg.channels import credentials, health
from torg.channels.models import BY_HAND, Connection, ConnectionState, DeliveryState, RawDeliveryState
from torg.connectors.contract import ActKind, Capabilities, Channel, Intake
from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.outbox.models import OutboxAct

# Acts after which a platform reports a state that we brought about ourselves.
STATE_ACTS = (ActKind.HIDE, ActKind.UNHIDE, ActKind.DELETE)
HANDLER = "channels.act"
TOKEN_WARNING = timedelta(days=14)


def connection_seen_by(actor: Actor, public_id: UUID, *, at: datetime) -> Connection:
    """The connection, when `actor` may see its presence; raises NotFound."""
    found = Connection.objects.visible_to(actor, at=at).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such channel."))
    return cast(Connection, found)


def is_connected(scope_id: UUID) -> bool:
    """Whether a platform tells us what is written in this scope: what people write down by hand does not count."""
    standing = Connection.objects.filter(scope_id=scope_id).exclude(platform=BY_HAND)
    return standing.exclude(state=ConnectionState.CLOSED).exists()


def channel_for(connection: Connection) -> Channel:
    """The connector bound to this account, with its credentials. `settings.CHANNEL_FACTORY` names the maker."""
    make = cast("Callable[[Connection, credentials.Credentials], Channel]", import_string(settings.CHANNEL_FACTORY))
    return make(connection, credentials.unseal(connection.secrets))


def intake_for(platform: str) -> Intake:
    """The part of the platform's connector that checks and reads deliveries."""
    return _intake(settings.INTAKES[platform])


@cache
def _intake(path: str) -> Intake:
    return cast(Intake, import_string(path)())


def acted_on(targets: Iterable[tuple[int, str]]) -> frozenset[tuple[int, str]]:
    """Of these (connection, external id), those that we have hidden, shown or deleted through the outbox."""
    wanted = set(targets)
    accounts = {
        str(public_id): number
        for number, public_id in Connection.objects.filter(id__in={number for number, _ in wanted}).values_list(
            "id", "public_id"
        )
    }
    acts = OutboxAct.objects.filter(
        handler=HANDLER,
        payload__act__kind__in=[str(kind) for kind in STATE_ACTS],
        payload__act__target_id__in=[external_id for _, external_id in wanted],
        payload__connection__in=list(accounts),
    ).values_list("payload__connection", "payload__act__target_id")
    return frozenset((accounts[account], target) for account, target in acts) & wanted


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """How a channel is, in facts that a page can show."""

    state: ConnectionState
    problem: str
    subscribed_fields: Sequence[str]
    missing_fields: Sequence[str]
    missing_scopes: Sequence[str]
    subscription_verified_at: datetime | None
    last_event_at: datetime | None
    last_polled_at: datetime | None
    token_expires_at: datetime | None
    is_silent: bool
    is_token_running_out: bool
    calls_paused_until: datetime | None

    @property
    def is_well(self) -> bool:
        """Nothing that a person has to look at."""
        return self.state == ConnectionState.ACTIVE and not (
            self.missing_fields or self.is_silent or self.is_token_running_out
        )


def health_of(connection: Connection, *, at: datetime) -> ChannelHealth:
    """The channel's state, access, subscription and silence."""
    ends = [when for when in (connection.token_expires_at, connection.data_access_expires_at) if when]
    return ChannelHealth(
        state=ConnectionState(connection.state),
        problem=connection.problem,
        subscribed_fields=connection.subscribed_fields,
        missing_fields=connection.missing_fields,
        missing_scopes=connection.missing_scopes,
        subscription_verified_at=connection.subscription_verified_at,
        last_event_at=connection.last_event_at,
        last_polled_at=connection.last_polled_at,
        token_expires_at=min(ends, default=None),
        is_silent=health.is_silent(connection, at=at),
        is_token_running_out=any(end - at < TOKEN_WARNING for end in ends),
        calls_paused_until=connection.calls_paused_until,
    )


def to_look_at() -> QuerySet[RawDeliveryState]:
    """Deliveries that failed or were put aside, newest first: ids and classes of errors only.

    For those who run the server: a delivery can hold several accounts, so it belongs to no scope.
    """
    return RawDeliveryState.objects.filter(state__in=[DeliveryState.FAILED, DeliveryState.INSPECT]).order_by(
        "-received_at"
    )


def capabilities_of(connection: Connection) -> Capabilities:
    """What is possible on the account, as last read back; nothing while that has not happened."""
    return Capabilities(**connection.capabilities)
