"""Who wrote, as the platform tells it."""

from typing import ClassVar

from django.db import models

from torg.channels.models import Connection
from torg.core import ids


class Author(models.Model):
    """A person or page on a platform (avsender), known within one connection only; the name may be missing.

    An item whose author the platform keeps back has no author at all.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="authors")
    external_id = models.CharField(max_length=200, null=True)
    name = models.TextField(null=True)
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_author_per_external_id", fields=["connection", "external_id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
