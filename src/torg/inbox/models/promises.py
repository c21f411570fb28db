"""Promises that we have made in answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.inbox.models.answers import Answer
from torg.inbox.models.enquiries import Enquiry
from torg.inbox.types import PromiseState
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet

NEXT_STATES = {
    PromiseState.OPEN: {PromiseState.KEPT, PromiseState.BROKEN, PromiseState.CANCELLED},
    PromiseState.BROKEN: {PromiseState.KEPT},
    PromiseState.KEPT: set(),
    PromiseState.CANCELLED: set(),
}


class Promise(models.Model):
    """That we said we would do something by a date (løfte); reminded of, and kept or broken (strategy E1)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="promises")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="promises")
    passage_start = models.PositiveIntegerField(default=0)
    passage_end = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="open_promises_by_due", fields=["due_at"], condition=Q(state=PromiseState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} by {self.due_at:%Y-%m-%d}"
