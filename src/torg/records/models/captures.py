"""What was captured, byte for byte, at one moment."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.scoping import ScopedQuerySet


class Capture(models.Model):
    """A subject as it was known at one moment (sikring av bevis, arkivplikt). Append-only.

    The content is canonical JSON in the stored file `sha256`, read with `queries.snapshot_of`; the same content
    captured twice is one file and two rows. `taken_by` is who acted, as kind and reference.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    form = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="capture_is_named_by_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="captures_of_subject", fields=["subject_kind", "subject_id", "-taken_at"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
