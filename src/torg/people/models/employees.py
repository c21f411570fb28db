"""The list of employees, as the payroll or directory tells it, and lists that wait to be taken over."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.core import ids
from torg.people.models.persons import Person


class EmployeeSource(models.TextChoices):
    """Who told us of an employee."""

    CSV = "CSV", _("A list in a file")
    SCIM = "SCIM", _("The directory, by SCIM")


class Employee(models.Model):
    """Somebody who works in the municipality (ansatt), with or without a log-in here.

    `left_on` is the last day; from that day on the employee counts as one who has left, so that what must be closed is
    closed in time. `number` is the employer's own, `user_name` what the directory knows the employee by.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    number = models.CharField(max_length=60, unique=True)
    user_name = models.CharField(max_length=150)
    external_id = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    # The employer's own word for the unit: the payroll's units are seldom ours.
    unit = models.CharField(max_length=120, blank=True)
    started_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=4, choices=EmployeeSource)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("user_name"), name="one_employee_per_user_name"),
            models.CheckConstraint(
                name="employee_leaves_after_starting",
                condition=Q(left_on=None) | Q(started_on=None) | Q(left_on__gte=F("started_on")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(Lower("email"), name="employees_by_address")]

    def __str__(self) -> str:
        return self.name

    def has_left(self, on: date) -> bool:
        """Whether the employment has ended, the last day counted as ended."""
        return self.left_on is not None and self.left_on <= on


class ImportState(models.TextChoices):
    """How far a list has come."""

    READ = "READ", _("Waits to be taken over")
    APPLIED = "APPLIED", _("Taken over")
    DROPPED = "DROPPED", pgettext_lazy("list", "Dropped")


class EmployeeImport(models.Model):
    """A list of employees that somebody has handed in, to be looked at before it is taken over.

    The text is erased when the list is taken over or dropped, or a day after it was read.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    text = models.TextField(blank=True)
    # Our field by the list's own column, where a person has said which is which.
    columns = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.READ)
    read_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="an_ended_import_keeps_no_text", condition=Q(state=ImportState.READ) | Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
