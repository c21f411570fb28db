"""What others may not read, on what ground, and for how long."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.scoping import ScopedQuerySet
from torg.records.codes import AccessCode, RestrictionTarget
from torg.records.models.documents import RecordDocument
from torg.records.models.entries import Correspondent, JournalEntry
from torg.records.models.references import LegalReference

_T = RestrictionTarget


class Restriction(models.Model):
    """A restriction (skjerming) of an entry or a part of it, on a ground to paragraph, subsection and letter.

    A passage is told by the captured item's id, the version's number and the characters from `start` to `end` of
    that version's text. Lifted, it stays as history.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="restrictions")
    target = models.CharField(max_length=15, choices=RestrictionTarget)
    correspondent = models.ForeignKey(Correspondent, null=True, on_delete=models.PROTECT, related_name="restrictions")
    document = models.ForeignKey(RecordDocument, null=True, on_delete=models.PROTECT, related_name="restrictions")
    item = models.CharField(max_length=60, blank=True)
    item_version = models.PositiveSmallIntegerField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    access_code = models.CharField(max_length=2, choices=AccessCode, default=AccessCode.EXEMPT)
    reference = models.ForeignKey(LegalReference, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)
    expires_on = models.DateField(null=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="restriction_names_what_it_covers",
                condition=Q(target__in=[_T.ENTRY, _T.TITLE], correspondent=None, document=None, item="")
                | Q(target=_T.CORRESPONDENT, correspondent__isnull=False, document=None, item="")
                | Q(target=_T.DOCUMENT, correspondent=None, document__isnull=False, item="")
                | (
                    Q(target=_T.PASSAGE, correspondent=None, item_version__isnull=False, start__isnull=False)
                    & ~Q(item="")
                    & Q(end__gt=models.F("start"))
                ),
            ),
            models.CheckConstraint(
                name="restriction_lifted_by_somebody",
                condition=Q(lifted_at=None, lifted_by="") | (Q(lifted_at__isnull=False) & ~Q(lifted_by="")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="restrictions_that_expire", fields=["expires_on"], condition=Q(lifted_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
