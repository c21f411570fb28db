"""The pages, groups and profiles that the municipality runs."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.people.models import Person, Scope, Unit
from torg.people.scoping import ScopedQuerySet


class PresenceKind(models.TextChoices):
    """What sort of place it is; duties differ by kind."""

    MAIN_PAGE = "MAIN_PAGE", _("Main page")
    LOCAL_PAGE = "LOCAL_PAGE", _("Local page")
    CLOSED_GROUP = "CLOSED_GROUP", _("Closed group")
    SECRET_GROUP = "SECRET_GROUP", _("Secret group")
    PROFILE = "PROFILE", _("Profile")
    BLOG = "BLOG", _("Blog")


# Facebook closed its Groups API on 22 April 2024: what is written in groups is captured by hand.
WITHOUT_API = (PresenceKind.CLOSED_GROUP, PresenceKind.SECRET_GROUP)


class Presence(models.Model):
    """A page, group or profile that we run (flate). It owns one scope."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="presence")
    kind = models.CharField(max_length=15, choices=PresenceKind)
    name = models.CharField(max_length=120)
    address = models.URLField(blank=True)
    purpose = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="presences")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Administration(models.Model):
    """That a person is administrator of a presence on the platform itself, from a date."""

    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="administrations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="administrations")
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_running_administration", fields=["presence", "person"], condition=models.Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.presence_id}"
