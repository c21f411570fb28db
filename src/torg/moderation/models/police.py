"""Evidence that was packed for the police: who packed it, when, why, and which bytes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.moderation.models.cases import Case
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models import Capture


class PolicePackage(models.Model):
    """What goes with a report to the police (anmeldelse; straffeprosessloven § 223). Append-only.

    The package is the stored file `sha256`, made from `capture` alone: the same capture gives the same bytes. Its
    files are held from then on.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="police_packages")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    reason = models.TextField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="police_package_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="police_package_is_named_by_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
