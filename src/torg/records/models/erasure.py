"""Requests for erasure, and the letters that answer them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models.entries import JournalEntry
from torg.records.preservation_codes import ErasureState


class ErasureRequest(models.Model):
    """Somebody asks to be erased (slettekrav, GDPR article 17). What is archive is restricted, never destroyed.

    The letter stays as it was sent.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="erasure_requests")
    asked_by = models.CharField(max_length=200)
    received_on = models.DateField()
    # An answer is due within a month (GDPR article 12, third paragraph).
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.RECEIVED)
    language = models.CharField(max_length=2, blank=True)
    letter = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="erasure_answered_with_a_letter",
                condition=Q(state=ErasureState.RECEIVED, answered_at=None)
                | (
                    Q(state=ErasureState.ANSWERED, answered_at__isnull=False, answered_by__isnull=False) & ~Q(letter="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
