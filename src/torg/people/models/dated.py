"""What all rows with a beginning and an end share."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q


class InForce(models.QuerySet[Any]):
    """Rows with `from_at` and `until_at`, of which some hold at a given moment."""

    def in_force(self, at: datetime) -> Self:
        """Those that have begun and not ended at `at`."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)
