"""Legal holds: what nobody may dispose of for now."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models.cases import CaseFile


class LegalHold(models.Model):
    """That a case file with all its entries is kept, whatever a rule says (båndlegging): a dispute, an inspection."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="holds")
    because = models.CharField(max_length=300)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_legal_hold_in_force", fields=["case_file"], condition=Q(lifted_at=None)),
            models.CheckConstraint(
                name="legal_hold_lifted_by_somebody",
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
