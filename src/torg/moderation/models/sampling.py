"""A random sample of decisions, read a second time by somebody who took no part in them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.moderation.models.decisions import Decision
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet


class SecondOpinion(TextChoices):
    """What the second reader would have done."""

    SAME = "SAME", _("The same")
    MILDER = "MILDER", _("Something milder")
    STAND = "STAND", _("Let it stand")
    STRICTER = "STRICTER", _("Something stricter")


class Draw(models.Model):
    """One drawing of decisions of a period (stikkprøve); the seed shows that nobody picked them. Append-only."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    since = models.DateField()
    until = models.DateField()
    seed = models.BigIntegerField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.public_id)


class SecondReading(models.Model):
    """A decision that was drawn, and what its second reader thought (annengangs gjennomgang). It changes nothing.

    `proposed_by` and `agreed_by` repeat the decision's, so that the database can refuse them as `read_by`.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="readings")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="second_readings")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=8, choices=SecondOpinion, blank=True)
    note = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="decision_drawn_once_a_draw", fields=["draw", "decision"]),
            models.CheckConstraint(
                name="a_third_person_reads_again",
                condition=Q(read_by=None) | (~Q(read_by=F("proposed_by")) & ~Q(read_by=F("agreed_by"))),
            ),
            models.CheckConstraint(
                name="second_reading_is_whole",
                condition=Q(read_by=None, opinion="", read_at=None)
                | (Q(read_by__isnull=False, read_at__isnull=False) & ~Q(opinion="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
