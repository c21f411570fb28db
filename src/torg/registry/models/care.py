"""What is looked after on a presence, each kept as a row that a newer one takes over from."""

from typing import ClassVar

from django.db import models

from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.registry.models.presence import Presence
from torg.registry.words import Keeping, Privacy, ProfilePoint, ReviewOutcome, SecondFactor


class Dated(models.Model):
    """Something that a person has recorded about a presence. Append-only: the newest row holds, the rest is history."""

    scope_id = models.UUIDField(db_index=True)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class Custody(Dated):
    """How the way in to a presence is kept, by whom, and with which second step. Never the secret itself."""

    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="custodies")
    keeping = models.CharField(max_length=10, choices=Keeping)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="custodies")
    second_factor = models.CharField(max_length=4, choices=SecondFactor)
    changed_on = models.DateField(null=True, blank=True)


class ProfileCheck(Dated):
    """A look at the profile, point by point (profilsjekk, strategy C1)."""

    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="profile_checks")
    has_name = models.BooleanField()
    has_logo = models.BooleanField()
    has_contact = models.BooleanField()
    has_hours = models.BooleanField()
    has_rules = models.BooleanField()
    has_no_applications = models.BooleanField()
    remark = models.TextField(blank=True)

    @property
    def missing(self) -> list[ProfilePoint]:
        """The points that were not in order."""
        return [point for point in ProfilePoint if not getattr(self, point.value)]


class PrivacyAssessment(Dated):
    """What we have found about privacy on a presence, and when we look again (personvernvurdering, DPIA).

    Near children and others who are vulnerable a page is never fine as it is: measures are named, or it does not open.
    """

    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="privacy_assessments")
    outcome = models.CharField(max_length=15, choices=Privacy)
    grounds = models.TextField()
    measures = models.TextField(blank=True)
    # None where nobody was asked, before the question was there.
    is_near_vulnerable = models.BooleanField(null=True)
    review_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="measures_are_named", condition=~models.Q(outcome=Privacy.WITH_MEASURES, measures="")
            ),
            models.CheckConstraint(
                name="measures_near_the_vulnerable",
                condition=~models.Q(is_near_vulnerable=True, outcome__in=(Privacy.NO_NEED, Privacy.ACCEPTABLE)),
            ),
        ]


class Review(Dated):
    """The yearly look at whether a presence is still of use (årlig gjennomgang)."""

    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=6, choices=ReviewOutcome)
    remark = models.TextField(blank=True)
    next_on = models.DateField()


class GroupTerms(Dated):
    """What a group is allowed to be: its ground, its members, its pictures (rammer for gruppen, strategy C5)."""

    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="terms")
    legal_ground = models.TextField()
    members = models.TextField()
    pictures = models.TextField()
    needs_consent = models.BooleanField()
