"""What the platforms tell of our accounts: what stands on the profile, and figures."""

from typing import ClassVar

from django.db import models

from torg.people.scoping import ScopedQuerySet
from torg.records.wording import channel_name
from torg.registry.models.presence import Presence


class ProfileTold(models.Model):
    """What stood on the profile, as the platform told it (profilopplysninger). Append-only: a row for each change."""

    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="profiles_told")
    platform = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    website = models.TextField(blank=True)
    address = models.TextField(blank=True)
    told_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.platform} of {self.presence_id}"

    @property
    def platform_name(self) -> str:
        """How people call the platform."""
        return channel_name(self.platform)


class FigureTold(models.Model):
    """One figure of a page, as the platform told it on a day, under the platform's own code (tall). Append-only.

    What a code counts, and since when, `torg.registry.definitions` says; figures under two codes are two series.
    """

    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="figures_told")
    platform = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    value = models.PositiveBigIntegerField()
    told_on = models.DateField()
    told_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="a_figure_is_told_once_a_day", fields=["presence", "platform", "code", "told_on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.presence_id} on {self.told_on}"
