"""A page, group or profile, what is registered about it, and who administers it."""

from typing import ClassVar

from django.db import models

from torg.core import ids
from torg.people.models import Person, Scope, Unit
from torg.people.scoping import ScopedQuerySet
from torg.registry.words import Language, Line, PresenceKind


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


class Details(models.Model):
    """Who owns a presence, whom it is for, in which languages; for a leader's profile, on which line it is run."""

    presence = models.OneToOneField(Presence, on_delete=models.PROTECT, related_name="details")
    scope_id = models.UUIDField(db_index=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="presences_owned")
    line = models.CharField(max_length=10, choices=Line, blank=True)
    target_groups = models.TextField(blank=True)
    languages = models.JSONField(default=list, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"of {self.presence_id}"

    @property
    def language_names(self) -> list[str]:
        """The languages as people call them."""
        return [str(Language(code).label) for code in self.languages if code in Language.values]


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
