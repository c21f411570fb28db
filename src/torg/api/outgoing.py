"""Telling subscriptions of events: read the sealed log in order, plan a delivery for each, sign and send it."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from torg.api.models import Delivery, FanOut, Subscription
from torg.audit.models import AuditEvent, LeafPosition
from torg.connectors import contract
from torg.connectors.services import fetch, webhook
from torg.core import clock, sealing
from torg.outbox import commands as outbox
from torg.outbox.types import JSON, Planned, Sent
from torg.people import queries as people
from torg.people.types import Permission

HANDLER = "api.webhook"
GONE = 410


def fan_out(*, limit: int, at: datetime) -> int:
    """Plan deliveries for the next events of the sealed log; returns how many events were read.

    The sealed order has no gaps, so no event is skipped and none is told twice. Events of secret scopes are sealed
    and are told to nobody.
    """
    with transaction.atomic():
        FanOut.objects.get_or_create(id=1, defaults={"position": _newest()})
        read_to = FanOut.objects.select_for_update().get(id=1)
        places = list(LeafPosition.objects.filter(position__gt=read_to.position).order_by("position")[:limit])
        if not places:
            return 0
        _plan([place.event_id for place in places], at=at)
        read_to.position = places[-1].position
        read_to.save(update_fields=["position"])
    return len(places)


def _newest() -> int:
    newest = LeafPosition.objects.order_by("-position").values_list("position", flat=True).first()
    return -1 if newest is None else newest


def _plan(event_ids: Sequence[UUID], *, at: datetime) -> None:
    running = Subscription.objects.filter(ended_at=None).select_related("integration__person")
    reach = {row: _reach(row, at=at) for row in running if row.integration.works(at)}
    if not reach:
        return
    for event in AuditEvent.objects.filter(id__in=event_ids, scope_id__isnull=False).order_by("number"):
        for subscription, scope_ids in reach.items():
            if event.name in subscription.events and event.scope_id in scope_ids:
                _plan_one(subscription, event, event.scope_id, at=at)


def _reach(subscription: Subscription, *, at: datetime) -> set[UUID]:
    integration = subscription.integration
    if Permission.READ not in integration.permissions:
        return set()
    reached = set(people.scope_ids_for(integration.person, Permission.READ, at=at))
    named = set(integration.scopes.values_list("id", flat=True))
    return reached & named if named else reached


def _plan_one(subscription: Subscription, event: AuditEvent, scope_id: UUID, *, at: datetime) -> None:
    delivery = Delivery.objects.create(subscription=subscription, event_id=event.id, planned_at=at)
    told: dict[str, JSON] = {
        "id": str(event.id),
        "event": event.name,
        "at": event.at.isoformat(),
        "target": {"kind": event.target_kind, "id": event.target_id},
    }
    outbox.plan(
        Planned(
            handler=HANDLER,
            kind="webhook",
            scope_id=scope_id,
            serial_key=f"webhook:{subscription.public_id}",
            subject_kind="api.delivery",
            subject_id=delivery.public_id,
            payload=told,
            place=subscription.integration.name[:60],
        ),
        at=at,
    )


def perform(act: Sent) -> contract.Done:
    """Send one delivery, signed. The receiver drops what it has seen, so a repetition harms nothing."""
    subscription = Delivery.objects.select_related("subscription").get(public_id=act.subject_id).subscription
    at = clock.now()
    try:
        answer = webhook.deliver(
            subscription.address,
            body=json.dumps(dict(act.payload)).encode(),
            secret=sealing.unseal(subscription.secret),
            delivery_id=str(act.subject_id),
            at=at,
            allow_loopback=settings.WEBHOOKS_MAY_REACH_LOOPBACK,
        )
    except fetch.Blocked as error:
        raise contract.Refused("The address leads into our own network.") from error
    except fetch.FetchProblem as error:
        raise contract.Temporary("The receiver did not answer.") from error
    if answer.status == GONE:
        raise contract.Refused("The receiver says that it has gone.", code=str(answer.status))
    if not answer.accepted:
        raise contract.Temporary("The receiver did not accept it.", code=str(answer.status))
    return contract.Done(at=at)


def look(act: Sent, since: datetime) -> Sequence[contract.Match]:
    """What we sent cannot be looked up at the receiver; repeating is safe, since it drops what it has seen."""
    return ()


def on_outcome(act: Sent, at: datetime) -> None:
    """Nothing of ours changes with it: the outbox shows the state."""
