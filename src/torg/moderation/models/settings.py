"""What the municipality decides about moderation; one row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.moderation.words import Gravity


class ModerationSetting(models.Model):
    """Time limits and terms of moderation. Spans are written as in the deadline rules (`4h`, `1d` = a working day).

    `decide_within` is by gravity, the mildest first. Days of bans and months of memory are calendar days and months.
    """

    hidden_at_most = models.CharField(max_length=10, default="1d")
    decide_within_mild = models.CharField(max_length=10, default="5d")
    decide_within_serious = models.CharField(max_length=10, default="2d")
    decide_within_severe = models.CharField(max_length=10, default="1d")
    decide_within_critical = models.CharField(max_length=10, default="4h")
    claim_minutes = models.PositiveSmallIntegerField(default=30)
    escalate_minutes = models.PositiveSmallIntegerField(default=60)
    complaint_days = models.PositiveSmallIntegerField(default=21)
    breach_counts_days = models.PositiveSmallIntegerField(default=365)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="one_moderation_setting", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return "moderation"

    def decide_within(self, gravity: Gravity) -> str:
        """How long a case of this gravity may wait."""
        span: str = getattr(self, f"decide_within_{gravity.name.lower()}")
        return span
