"""Legal references: data with dates, since the law changes and the code should not."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.people.models import Person
from torg.records.codes import ReferenceKind


class InForceOn(models.QuerySet[Any]):
    """References, of which some hold on a given day."""

    def in_force(self, on: date) -> Self:
        """Those that hold on the day `on`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class LegalReference(models.Model):
    """A provision to paragraph, subsection (ledd) and letter (bokstav) (hjemmel), and from when until when it holds.

    `source` says where we read it. Until a person with the duty has compared it with the law, `checked_at` is empty
    and every page says so. Dates are whole days, both included.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=ReferenceKind)
    act = models.CharField(max_length=60)
    act_id = models.CharField(max_length=40, blank=True)
    paragraph = models.CharField(max_length=10)
    subsection = models.CharField(max_length=20, blank=True)
    letter = models.CharField(max_length=5, blank=True)
    summary_nb = models.CharField(max_length=300)
    summary_nn = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    objects = InForceOn.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="reference_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="reference_checked_by_somebody",
                condition=Q(checked_by=None, checked_at=None) | Q(checked_by__isnull=False, checked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.cited

    @property
    def cited(self) -> str:
        """As a decision cites it: “offentleglova § 13 første ledd”."""
        parts = [f"{self.act} § {self.paragraph}"]
        if self.subsection:
            parts.append(f"{self.subsection} ledd")
        if self.letter:
            parts.append(f"bokstav {self.letter}")
        return " ".join(parts)
