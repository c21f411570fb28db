"""Opening and answering hours, and duty."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.people.models.dated import InForce
from torg.people.models.persons import Person, Unit


class CalendarKind(models.TextChoices):
    """Two calendars, two words."""

    OPENING = "OPENING", _("Opening hours")
    ANSWERING = "ANSWERING", _("Answering hours")


class CalendarRow(models.Model):
    """Opening hours (åpningstid) or answering hours (svartid) of a unit, or of all (unit empty), from a moment on.

    `definition` is the JSON that `torg.core.calendar` reads. A row is never changed: a new one takes over.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=CalendarKind)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="calendars")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    definition = models.JSONField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)

    objects = InForce.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_at:%Y-%m-%d}"


class Duty(models.Model):
    """Somebody who can be alarmed at any hour (vakt)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    order = models.PositiveSmallIntegerField(default=1)

    objects = InForce.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="duty_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.from_at:%Y-%m-%d %H:%M}"
