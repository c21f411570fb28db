"""Goals of a presence, and what has been measured of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.registry.models.presence import Presence
from torg.registry.words import GoalEnd, Measure


class PresenceGoal(models.Model):
    """What we want with a presence, as a figure to reach by a date (mål, strategy A5).

    Never rewritten: whoever wants another figure ends it and sets a new one, so that what was promised stays.
    `platform` and `code` name the figure that measures it (`torg.registry.definitions`); empty where it is typed in.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="goals")
    measure = models.CharField(max_length=12, choices=Measure)
    wording = models.CharField(max_length=200)
    unit_of_measure = models.CharField(max_length=40, blank=True)
    platform = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2)
    is_lower_better = models.BooleanField(default=False)
    by_on = models.DateField()
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=GoalEnd, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="goal_ended_with_reason",
                condition=Q(ended_at=None, ended_because="") | Q(ended_at__isnull=False) & ~Q(ended_because=""),
            ),
            models.CheckConstraint(name="goal_figure_not_negative", condition=Q(target__gte=0)),
            models.CheckConstraint(
                name="goal_is_measured_in_something",
                condition=Q(platform="", code="") & ~Q(unit_of_measure="") | ~Q(platform="") & ~Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Measurement(models.Model):
    """One value of a goal that somebody typed in, for which day, and where it was read (måling). Append-only."""

    scope_id = models.UUIDField(db_index=True)
    goal = models.ForeignKey(PresenceGoal, on_delete=models.PROTECT, related_name="measurements")
    value = models.DecimalField(max_digits=12, decimal_places=2)
    measured_on = models.DateField()
    source = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="measured_value_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} on {self.measured_on}"
