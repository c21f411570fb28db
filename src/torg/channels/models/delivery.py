"""What a platform delivered, byte for byte, and what has become of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from torg.channels.models.connection import Connection


class Source(models.TextChoices):
    """How a delivery came to us."""

    WEBHOOK = "WEBHOOK", _("Delivered by the platform")
    POLL = "POLL", _("Read by us")
    HISTORY = "HISTORY", _("Read by us, from before we connected")
    HAND = "HAND", _("Written down by a person")


class RawDelivery(models.Model):
    """One delivery as it arrived. Append-only; partitioned by `received_at`, so nothing may point here by key.

    `connection` is known only for what we read ourselves: a webhook can carry several accounts.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    platform = models.CharField(max_length=20)
    source = models.CharField(max_length=10, choices=Source)
    connection = models.ForeignKey(Connection, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    body = models.BinaryField()
    signature_ok = models.BooleanField()
    headers_digest = models.BinaryField()
    delivery_key = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


class DeliveryState(models.TextChoices):
    """What has become of a delivery."""

    PENDING = "PENDING", _("Waiting")
    PROCESSED = "PROCESSED", _("Taken in")
    FAILED = "FAILED", _("Could not be taken in")
    INSPECT = "INSPECT", _("Kept for inspection")


NEXT_DELIVERY_STATES = {
    DeliveryState.PENDING: {DeliveryState.PROCESSED, DeliveryState.FAILED, DeliveryState.INSPECT},
    DeliveryState.FAILED: {DeliveryState.PENDING},
    DeliveryState.INSPECT: {DeliveryState.PENDING},
    DeliveryState.PROCESSED: set(),
}


class RawDeliveryState(models.Model):
    """Where a delivery stands; apart from the body, so that the body is never rewritten.

    Its key is what makes a second import of the same delivery come to nothing. `error` is a class name and ids.
    """

    delivery_id = models.UUIDField(primary_key=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="deliveries_waiting",
                fields=["received_at", "delivery_id"],
                condition=models.Q(state="PENDING"),
            ),
            models.Index(
                name="deliveries_to_look_at",
                fields=["received_at"],
                condition=models.Q(state__in=["FAILED", "INSPECT"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.state}"
