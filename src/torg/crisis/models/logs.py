"""What the staff write down while it lasts, and what they learn afterwards; none of it is ever changed."""

from typing import ClassVar

from django.db import models

from torg.core import ids
from torg.crisis.models.incidents import Incident
from torg.people.models import Person


class LogEntry(models.Model):
    """A line in the staff's log (loggføring)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="log_entries")
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.public_id)


class SituationReport(models.Model):
    """How it stands at one moment, on one page (situasjonsrapport)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    known = models.TextField()
    done = models.TextField(blank=True)
    coming = models.TextField(blank=True)
    needed = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_report_per_number", fields=["incident", "number"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Lesson(models.Model):
    """What went well and what must be better (evaluering), beside the figures of the after-action report."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="lessons")
    went_well = models.TextField()
    to_improve = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.public_id)
