"""Elections, and the time before them in which one is careful."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.guidance.types import ElectionKind
from torg.people.models import Person


class Elections(models.QuerySet[Any]):
    """Elections that are not withdrawn."""

    def standing(self) -> Self:
        """Those that nobody has taken out again."""
        return self.filter(withdrawn_at=None)

    def in_force(self, day: date) -> Self:
        """Those whose rules hold on `day`, the nearest first."""
        return self.standing().filter(from_on__lte=day, voting_on__gte=day).order_by("voting_on", "id")


class Election(models.Model):
    """An election (valg) with the days from which the municipality's own pages keep clear of it (valgperiode)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ElectionKind)
    from_on = models.DateField()
    voting_on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = Elections.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="election_rules_begin_before_it", condition=Q(from_on__lte=F("voting_on"))),
            models.UniqueConstraint(
                name="one_election_of_a_kind_on_a_day",
                fields=["kind", "voting_on"],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.voting_on}"
