"""The municipality's own plan: what is to be done in an incident, and what has been."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.crisis.models.incidents import Incident
from torg.crisis.types import TeamRole
from torg.people.models import Person


class Checklist(models.Model):
    """A checklist of the municipality's plan (tiltakskort). A changed one takes over; those in incidents stay."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    title = models.CharField(max_length=120)
    points = ArrayField(models.CharField(max_length=300))
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_checklist_per_title", fields=["title"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.title


class StandingSeat(models.Model):
    """A place in every incident's team from the first minute (beredskapsliste), in the order of the calls."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=15, choices=TeamRole)
    may_approve = models.BooleanField(default=False)
    call_order = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_standing_place", fields=["person"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class CheckPoint(models.Model):
    """A point of a checklist as it stands in one incident, ticked off by somebody at some time."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="points")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_point_per_place", fields=["incident", "checklist", "place"]),
            models.CheckConstraint(
                name="done_by_somebody_at_a_time",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
