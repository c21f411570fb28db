"""What a municipality decides for its inbox, and the receipts that follow from it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.inbox.models.answers import Answer
from torg.inbox.models.enquiries import Enquiry


class InboxSetting(models.Model):
    """Choices for one page (`scope_id`), or for all that have none of their own (empty)."""

    scope_id = models.UUIDField(null=True, blank=True)
    case_officers_need_approval = models.BooleanField(default=False)
    sends_closed_receipts = models.BooleanField(default=True)
    sends_danger_receipts = models.BooleanField(default=True)
    closed_receipt_nb = models.TextField(blank=True)
    closed_receipt_nn = models.TextField(blank=True)
    closed_receipt_en = models.TextField(blank=True)
    # Seconds in which a planned answer can be taken back.
    undo_seconds = models.PositiveSmallIntegerField(default=10)
    # Working time before the deadline at which those who have it are warned.
    warn_before = models.CharField(max_length=12, default="1h")
    escalate_alarms_after_minutes = models.PositiveSmallIntegerField(default=10)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_setting_for_a_page", fields=["scope_id"], condition=~Q(scope_id=None)),
            models.UniqueConstraint(
                name="one_setting_for_all", fields=["scope_id"], condition=Q(scope_id=None), nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.scope_id or "all")


class Receipt(models.Model):
    """An automatic receipt; one for each enquiry, kind and closing period, which `period` names."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="receipts")
    period = models.CharField(max_length=40)
    answer = models.OneToOneField(Answer, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_receipt_for_each_period", fields=["enquiry", "period"]),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.period}"
