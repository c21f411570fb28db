"""Consents of those who are depicted, and the routine that they are taken by."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.media.models.media import Medium
from torg.media.types import ConsentChannel
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet


class Consent(models.Model):
    """That a depicted person lets us show pictures (samtykke, åndsverkloven § 104, personvernforordningen art. 7).

    For a child, those with parental responsibility consent. It always ends, and can be withdrawn at any time; the row
    stays as proof that we had it (art. 7 no. 1).
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    purpose = models.TextField()
    channels = ArrayField(models.CharField(max_length=10, choices=ConsentChannel))
    given_on = models.DateField()
    until_on = models.DateField()
    is_child = models.BooleanField(default=False)
    guardian = models.CharField(max_length=200, blank=True)
    other_guardian = models.CharField(max_length=200, blank=True)
    child_was_heard = models.BooleanField(default=False)
    # The signed form, if there is one on file.
    proof_sha256 = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    # That its end was followed up with tasks.
    ended_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="consent_ends_after_it_is_given", condition=Q(until_on__gte=F("given_on"))),
            models.CheckConstraint(
                name="a_childs_consent_is_a_guardians", condition=Q(is_child=False) | ~Q(guardian="")
            ),
            models.CheckConstraint(name="consent_is_for_somewhere", condition=Q(channels__len__gt=0)),
            models.CheckConstraint(
                name="withdrawn_consent_says_who",
                condition=Q(withdrawn_at=None, withdrawn_by="") | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="consents_to_follow_up", fields=["until_on"], condition=Q(withdrawn_at=None, ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def holds(self, *, on: date) -> bool:
        """Whether it holds on this day."""
        return self.withdrawn_at is None and self.given_on <= on <= self.until_on


class Depiction(models.Model):
    """That a person who has consented can be recognised in a medium."""

    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="depictions")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="depictions")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="depicted_once_in_each", fields=["medium", "consent"]),
        ]

    def __str__(self) -> str:
        return f"{self.medium_id}: {self.consent_id}"


class Routine(models.Model):
    """How pictures of people are taken and consent is asked for (rutine), and how soon they come down; newest holds.

    Days are working days. A row is never changed: a new one takes over.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    text = models.TextField()
    take_down_days = models.PositiveSmallIntegerField()
    child_take_down_days = models.PositiveSmallIntegerField()
    # So many days before the end of a consent or a right, it is shown as ending.
    warn_days = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="take_down_takes_a_day_at_least",
                condition=Q(take_down_days__gte=1, child_take_down_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
