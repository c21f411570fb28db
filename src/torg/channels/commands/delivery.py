"""Take stored deliveries in once more."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.audit import commands as audit
from torg.channels import events, policies
from torg.channels.models import DeliveryState, RawDeliveryState
from torg.core import jobs
from torg.core.actors import Actor

TO_LOOK_AT = (DeliveryState.FAILED, DeliveryState.INSPECT)


@transaction.atomic
def replay_failed(*, by: Actor, at: datetime) -> int:
    """Set everything that failed or was put aside to waiting again; returns how many. Raises NotAllowed."""
    policies.check_can_replay(by, at=at)
    count = RawDeliveryState.objects.filter(state__in=TO_LOOK_AT).update(state=DeliveryState.PENDING, error="")
    audit.record(events.REPLAYED, actor=by, scope=None, target=None, at=at, facts={"deliveries": count})
    jobs.enqueue("channels.process", once="channels.process")
    return count


@transaction.atomic
def replay(*, delivery_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Set these deliveries to waiting again, those taken in included: taking in twice changes nothing."""
    policies.check_can_operate(by)
    found = RawDeliveryState.objects.filter(delivery_id__in=delivery_ids).exclude(state=DeliveryState.PENDING)
    count = found.update(state=DeliveryState.PENDING, error="")
    audit.record(events.REPLAYED, actor=by, scope=None, target=None, at=at, facts={"deliveries": count})
    jobs.enqueue("channels.process", once="channels.process")
    return count
