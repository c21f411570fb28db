"""Who can act on a presence on the platform itself, as the platform tells it."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.wording import channel_name
from torg.registry.models.presence import Presence

# It is read each night. One that tells no longer all for so long has refused it, or has been left.
TAKEN_FOR = timedelta(days=7)


class PlatformAccess(models.Model):
    """One who can act on the presence, from when the platform first told of it until it no longer did (tilgang).

    `person` is who it is among us, `agreed_as` what it is when it is no colleague: a system, an agency. Both are empty
    until somebody knows. `may_manage` is None where the platform does not tell what they may do.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="platform_accesses")
    platform = models.CharField(max_length=20)
    external_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    is_system = models.BooleanField(default=False)
    may_manage = models.BooleanField(null=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="platform_accesses"
    )
    agreed_as = models.CharField(max_length=200, blank=True)
    known_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "platform accesses"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_running_access_for_each_holder",
                fields=["presence", "platform", "external_id"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="a_holder_is_a_colleague_or_something_else", condition=Q(person=None) | Q(agreed_as="")
            ),
            models.CheckConstraint(
                name="platform_access_ends_after_it_begins", condition=Q(ended_at=None) | Q(ended_at__gte=F("since_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class AccessReading(models.Model):
    """When a platform last told who can act on the presence, and from when to when it told its whole list.

    Its word is taken for `TAKEN_FOR` after it last told all; then the register counts again.
    """

    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="access_readings")
    platform = models.CharField(max_length=20)
    read_at = models.DateTimeField()
    is_whole = models.BooleanField()
    whole_since_at = models.DateTimeField(null=True, blank=True)
    whole_until_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_reading_of_access_each", fields=["presence", "platform"]),
            models.CheckConstraint(
                name="a_whole_list_is_told_from_when_to_when",
                condition=Q(whole_since_at=None, whole_until_at=None) | Q(whole_until_at__gte=F("whole_since_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} of {self.presence_id}"

    @property
    def platform_name(self) -> str:
        """How people call the platform."""
        return channel_name(self.platform)
