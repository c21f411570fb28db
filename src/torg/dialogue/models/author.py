"""Who wrote, as the platform tells it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.channels.models import Connection
from torg.core import ids


class Author(models.Model):
    """A person or page on a platform (avsender), known within one connection only; the name may be missing.

    `name_asked_at` is when the platform was last asked for it, so that one which does not tell is not asked at once
    again. An item whose author the platform keeps back has no author at all.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="authors")
    external_id = models.CharField(max_length=200, null=True)
    name = models.TextField(null=True)
    first_seen_at = models.DateTimeField()
    name_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_author_per_external_id", fields=["connection", "external_id"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="authors_without_name",
                fields=["connection", "name_asked_at"],
                condition=Q(name=None, external_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
