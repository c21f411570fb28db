"""The changelog of the metadata that the standard names."""

from typing import ClassVar

from django.db import models

from torg.core import ids
from torg.people.scoping import ScopedQuerySet


class ChangeLog(models.Model):
    """One change of metadata (endringslogg, M680–M685): what, from what to what, by whom and when. Append-only.

    Apart from the audit log, which holds no text. `target_kind` is `case_file`, `entry`, `correspondent`, `document`
    or `restriction`; `field` is the metadata's number in Noark.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    target_kind = models.CharField(max_length=15)
    target_id = models.UUIDField()
    field = models.CharField(max_length=5)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    changed_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="changes_of_target", fields=["target_kind", "target_id", "changed_at"]),
            models.Index(name="changes_by_time", fields=["changed_at", "id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
