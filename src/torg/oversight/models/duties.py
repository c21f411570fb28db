"""What a duty asks for, notices of duties, and why one was not kept."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.oversight.types import AlarmStep, DutyCode
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.registry.models import Presence, PresenceKind


class DutyRules(models.QuerySet[Any]):
    """Rules, of which some hold on a given day."""

    def in_force(self, on: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)


class DutyRule(models.Model):
    """What a duty (plikt) asks of one kind of presence, from and until a day. A week is measured by its Monday's rule.

    `amount` is posts a week (POSTS), working days within which one answers (ANSWERS), working days between looks
    (ROUNDS) or days between reviews (REVIEW); nothing for the rest. `remind_hours` is how long before it is too late a
    reminder comes: in open hours, for reviews by the clock on the wall. After `escalate_after` breaches in eight weeks
    a leader is told, after `merge_after` the page is advised to merge into the main page; 0 means never.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=15, choices=PresenceKind)
    duty = models.CharField(max_length=10, choices=DutyCode)
    amount = models.PositiveSmallIntegerField(default=1)
    remind_hours = models.PositiveSmallIntegerField(default=4)
    escalate_after = models.PositiveSmallIntegerField(default=3)
    merge_after = models.PositiveSmallIntegerField(default=0)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = DutyRules.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_running_rule_for_a_duty", fields=["kind", "duty"], condition=Q(until_on=None)
            ),
            models.CheckConstraint(
                name="duty_rule_ends_after_it_begins", condition=Q(until_on=None) | Q(until_on__gt=F("from_on"))
            ),
            models.CheckConstraint(name="a_duty_asks_for_something", condition=Q(amount__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.duty} of {self.kind} from {self.from_on:%Y-%m-%d}"


class DutyAlarm(models.Model):
    """That those who run a presence were told of a duty (varsel om plikt), once for each step of a week.

    It is settled when the duty is kept after all, or when somebody has explained the breach.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="duty_alarms")
    duty = models.CharField(max_length=10, choices=DutyCode)
    week_on = models.DateField()
    step = models.CharField(max_length=10, choices=AlarmStep)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_alarm_for_a_step_of_a_week", fields=["presence", "duty", "week_on", "step"]
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="duty_alarms_standing", fields=["scope_id"], condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.step}"


class BreachNote(models.Model):
    """Why a duty was not kept in a week, and what is done about it (forklaring)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="breach_notes")
    duty = models.CharField(max_length=10, choices=DutyCode)
    week_on = models.DateField()
    text = models.TextField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_note_for_a_breach", fields=["presence", "duty", "week_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.week_on:%Y-%m-%d}"
