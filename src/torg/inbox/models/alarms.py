"""Alarms at danger to life, and the numbers of those who help."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from torg.core import ids
from torg.inbox.models.enquiries import Enquiry
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet


class Alarm(models.Model):
    """That somebody was alarmed of danger to life (varsel om fare for liv), at any hour; one step each.

    The unique key keeps a repeated delivery or detector run from alarming twice.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="alarms")
    item_id = models.BigIntegerField()
    step = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_alarm_for_each_step_and_person", fields=["item_id", "step", "person"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="unanswered_alarms", fields=["raised_at"], condition=Q(acknowledged_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} step {self.step}"


class HelpLine(models.Model):
    """A number that a receipt at danger to life names. ⚖ Unchecked until somebody here has looked it up."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    order = models.PositiveSmallIntegerField()
    name_nb = models.CharField(max_length=80)
    name_nn = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    number = models.CharField(max_length=20, unique=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """Its name in the language of the screen."""
        return self.name_in(get_language() or "nb")

    def name_in(self, language: str) -> str:
        """Its name in the language of the receipt; bokmål when we have no other."""
        return {"nn": self.name_nn, "en": self.name_en}.get(language, self.name_nb)
