"""Integrations with their tokens, and webhook subscriptions with what is sent to them."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from torg.core import ids
from torg.people.models import Person, Scope


class Integration(models.Model):
    """Another system that acts for a person, with at most that person's rights.

    The token itself is shown once and never stored; `token_digest` is its SHA-256, `token_hint` its first letters.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="integrations")
    # Without `choices`: a new permission changes nothing in the table.
    permissions = ArrayField(models.CharField(max_length=20))
    # Empty: every scope that the person reaches.
    scopes = models.ManyToManyField(Scope, blank=True, related_name="integrations")
    token_digest = models.CharField(max_length=64, unique=True)
    token_hint = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="token_expires_after_it_is_made", condition=models.Q(expires_at__gt=models.F("made_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def works(self, at: datetime) -> bool:
        """Whether its token opens anything at `at`."""
        has_left = self.person.left_at is not None and self.person.left_at <= at
        return self.revoked_at is None and self.expires_at > at and not has_left


class Subscription(models.Model):
    """Where an integration wants to be told of events, and of which."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    integration = models.ForeignKey(Integration, on_delete=models.PROTECT, related_name="subscriptions")
    address = models.URLField(max_length=300)
    # Encrypted; signs each delivery.
    secret = models.BinaryField()
    events = ArrayField(models.CharField(max_length=80))
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.public_id)


class Delivery(models.Model):
    """One event on its way to one subscription; sent through the outbox, with ids only."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    event_id = models.UUIDField()
    planned_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="an_event_goes_once_to_a_subscription", fields=["subscription", "event_id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class FanOut(models.Model):
    """How far the sealed log has been read for subscriptions. One row."""

    position = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="one_fan_out", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"read up to {self.position}"
