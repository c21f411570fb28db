"""Who has confirmed the poster, and who has taken which course. What somebody answered in a quiz is never stored."""

from typing import ClassVar

from django.db import models

from torg.core import ids
from torg.people.models import Person, Unit


class Acknowledgement(models.Model):
    """Somebody has read the poster and will keep to it this year (bekreftelse); once a year, and never taken back."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acknowledgements")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    # Which wording was read: our version, and the day of the newest wording of the municipality's own.
    version = models.CharField(max_length=20)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_acknowledgement_a_year", fields=["person", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"


class Completion(models.Model):
    """Somebody has been through a course (gjennomført kurs). `attempt` stops a form that is sent twice."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    attempt = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="courses_taken")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    course = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.course}"
