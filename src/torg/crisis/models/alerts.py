"""Calling people out: gateways, call-outs, each message with its receipt, and who has confirmed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.connectors.services import sms
from torg.core import ids
from torg.crisis.models.incidents import Incident
from torg.crisis.types import AlertState, GatewayKind
from torg.people.models import Person


class Gateway(models.Model):
    """A way to reach people (varslingstjeneste), tried in order. The key is sealed and shown to nobody.

    `answer` and `report` are kept as `sms.AnswerRule` and `sms.ReportRule` have them.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=5, choices=GatewayKind)
    order = models.PositiveSmallIntegerField()
    address = models.URLField(max_length=300, blank=True)
    template = models.TextField(blank=True)
    header = models.CharField(max_length=60, blank=True)
    key = models.BinaryField(default=b"")
    answer = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
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

    @property
    def answer_rule(self) -> sms.AnswerRule:
        """What its answer must be."""
        return sms.AnswerRule(**self.answer)

    @property
    def report_rule(self) -> sms.ReportRule:
        """How its delivery reports are read."""
        return sms.ReportRule(**self.report)

    @property
    def tells_of_delivery(self) -> bool:
        """Whether it sends delivery reports; else nobody knows more than that it has taken a message."""
        return bool(self.report_rule.message)


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
    """One message to one person through one gateway: of a call-out (`called`), or a test to oneself (`tester`).

    Handed over is not delivered: `delivered_at` is set only by the gateway's own report.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    called = models.ForeignKey(Called, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts")
    tester = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gateway = models.ForeignKey(Gateway, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AlertState, default=AlertState.ON_ITS_WAY)
    receipt = models.CharField(max_length=200, blank=True)
    # Why it did not get through: the gateway's status, or the kind of failure.
    problem = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    # When the next gateway was tried because this one told nothing of delivery.
    chased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_alert_per_gateway", fields=["called", "gateway"]),
            models.CheckConstraint(
                name="alert_of_a_call_or_a_test",
                condition=Q(called=None, tester__isnull=False) | Q(called__isnull=False, tester=None),
            ),
            models.CheckConstraint(
                name="delivered_alert_says_when",
                condition=Q(state="DELIVERED", delivered_at__isnull=False)
                | (~Q(state="DELIVERED") & Q(delivered_at=None)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gateway", "receipt"], name="alert_by_receipt", condition=~Q(receipt="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def receiver(self) -> Person:
        """Whom it goes to."""
        found: Person | None = self.called.person if self.called is not None else self.tester
        if found is None:
            raise ValueError("An alert goes to whoever is called, or to whoever tests.")
        return found

    @property
    def is_of_an_exercise(self) -> bool:
        """Whether it may go into the sandbox only."""
        return self.called is not None and self.called.call_out.incident.is_exercise
