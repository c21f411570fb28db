"""Case files: what entries about one matter lie in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person, Unit
from torg.people.scoping import ScopedQuerySet
from torg.records.codes import CaseStatus

NEXT_STATES = {
    CaseStatus.OPEN: {CaseStatus.CLOSED, CaseStatus.EXPIRED},
    CaseStatus.CLOSED: {CaseStatus.OPEN},
    CaseStatus.EXPIRED: set(),
}


class CaseFile(models.Model):
    """Entries about one matter (saksmappe, Noark M001–M052). Never deleted; frozen when finished (krav 3.2.2–10).

    `year` and `number` are ours; `archive_…` is what a connected archive answered with. Title and public title are
    kept apart: the second is what those without access read.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    public_title = models.CharField(max_length=300)
    status = models.CharField(max_length=1, choices=CaseStatus, default=CaseStatus.OPEN)
    classification = models.CharField(max_length=40, blank=True)
    classification_title = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    archive_id = models.UUIDField(null=True)
    archive_year = models.PositiveSmallIntegerField(null=True)
    archive_number = models.PositiveIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_case_file_per_number", fields=["year", "number"]),
            models.CheckConstraint(
                name="case_file_closed_with_time",
                condition=Q(status=CaseStatus.CLOSED, closed_at__isnull=False)
                | (~Q(status=CaseStatus.CLOSED) & Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.own_number

    @property
    def own_number(self) -> str:
        """As people cite it: “2026/17”."""
        return f"{self.year}/{self.number}"

    def move_to(self, status: CaseStatus) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = CaseStatus(self.status)
        if status not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("A case file that is “%(now)s” cannot become “%(then)s”.") % {"now": now.label, "then": status.label}
            )
        self.status = status
