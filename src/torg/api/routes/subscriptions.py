"""Webhook subscriptions of the integration that calls."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from torg.api import commands, queries
from torg.api.access import caller
from torg.api.models import Subscription
from torg.api.routes.account import Refusal
from torg.people.types import Permission

router = Router()


class SubscriptionIn(Schema):
    """Where to tell, and of what."""

    address: str
    events: list[str]


class SubscriptionOut(Schema):
    """A running subscription."""

    id: UUID
    address: str
    events: list[str]
    made_at: datetime


class SubscriptionMade(SubscriptionOut):
    """A new subscription with the secret that signs its deliveries, shown this once."""

    secret: str


def _told(row: Subscription) -> dict[str, object]:
    return {"id": row.public_id, "address": row.address, "events": row.events, "made_at": row.made_at}


@router.get("", response=list[SubscriptionOut], summary="Running subscriptions", operation_id="subscriptions")
def index(request: HttpRequest) -> Iterable[dict[str, object]]:
    """The integration's own subscriptions."""
    rows = caller(request).integration.subscriptions.filter(ended_at=None).order_by("made_at")
    return [_told(row) for row in rows]


@router.post(
    "",
    response={201: SubscriptionMade, 403: Refusal, 422: Refusal},
    summary="Subscribe to events",
    operation_id="subscribe",
)
def subscribe(request: HttpRequest, body: SubscriptionIn) -> Status[dict[str, object]]:
    """Deliveries carry ids only and are signed: `Torg-Signature: t=<time>,v1=<HMAC-SHA256 of "<time>.<body>">`."""
    who = caller(request)
    who.scope_ids(Permission.READ)
    row, secret = commands.subscribe(
        integration=who.integration, address=body.address, names=body.events, by=who.person, at=who.at
    )
    return Status(201, {**_told(row), "secret": secret})


@router.delete(
    "{uuid:subscription_id}",
    response={204: None, 404: Refusal},
    summary="End a subscription",
    operation_id="unsubscribe",
)
def unsubscribe(request: HttpRequest, subscription_id: UUID) -> Status[None]:
    """What is under way still arrives."""
    who = caller(request)
    row = queries.subscription_or_absent(who.integration, subscription_id)
    commands.unsubscribe(subscription=row, by=who.person, at=who.at)
    return Status(204, None)


@router.get("events", response=dict[str, str], summary="Events to subscribe to", operation_id="events")
def events(request: HttpRequest) -> dict[str, str]:
    """The name of each event, and what it means."""
    return queries.event_names()
