"""Calling people out: gateways, call-outs, each message with its receipt, and who has confirmed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.crisis.models.incidents import Incident
from torg.crisis.types import AlertState, GatewayKind
from torg.people.models import Person


class Gateway(models.Model):
    """A way to reach people (varslingstjeneste), tried in order. The key is sealed and shown to nobody."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=5, choices=GatewayKind)
    order = models.PositiveSmallIntegerField()
    address = models.URLField(max_length=300, blank=True)
    template = models.TextField(blank=True)
    header = models.CharField(max_length=60, blank=True)
    key = models.BinaryField(default=b"")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="text_message_gateway_has_an_address", condition=Q(kind="MAIL") | ~Q(address="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CallOut(models.Model):
    """That the team was called (utkalling)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="call_outs")
    text = models.CharField(max_length=300)
    called_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.public_id)


class Called(models.Model):
    """One person called in a call-out. They confirm signed in, or by the signed link in the message."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    call_out = models.ForeignKey(CallOut, on_delete=models.PROTECT, related_name="called")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_call_per_person", fields=["call_out", "person"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Alert(models.Model):
    """One message to one person through one gateway; its receipt is what the gateway said."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    called = models.ForeignKey(Called, on_delete=models.PROTECT, related_name="alerts")
    gateway = models.ForeignKey(Gateway, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AlertState, default=AlertState.ON_ITS_WAY)
    receipt = models.CharField(max_length=200, blank=True)
    # Why it did not get through: the gateway's status, or the kind of failure.
    problem = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_alert_per_gateway", fields=["called", "gateway"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
