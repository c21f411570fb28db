"""What the municipality has decided about reminders and figures."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.grouping import LEAST
from torg.people.models import InForce, Person


class Routine(models.Model):
    """When reminders begin, and how many must work in a unit before it is counted alone (rutine), from a moment on.

    The limit can be raised and never lowered: below it a figure is close to being one of a person.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    first_month = models.PositiveSmallIntegerField()
    least_people = models.PositiveSmallIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = InForce.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="reminders_begin_in_a_month", condition=Q(first_month__range=(1, 12))),
            models.CheckConstraint(name="figures_are_never_of_few", condition=Q(least_people__gte=LEAST)),
            models.UniqueConstraint(
                name="one_routine_holds", fields=["until_at"], condition=Q(until_at=None), nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"from month {self.first_month}, at least {self.least_people}"
