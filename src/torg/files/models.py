"""Files that we keep, and who needs them kept."""

from collections.abc import Collection

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torg.core import ids


class FileState(models.TextChoices):
    """How a file stands; the labels are shown to people."""

    WHOLE = "WHOLE", _("In order")
    DAMAGED = "DAMAGED", _("Something is wrong")
    MISSING = "MISSING", _("The file is missing")
    REMOVED = "REMOVED", _("Removed")


NEXT_STATES = {
    FileState.WHOLE: {FileState.DAMAGED, FileState.MISSING, FileState.REMOVED},
    FileState.DAMAGED: {FileState.WHOLE, FileState.MISSING, FileState.REMOVED},
    FileState.MISSING: {FileState.WHOLE, FileState.DAMAGED, FileState.REMOVED},
    FileState.REMOVED: {FileState.WHOLE},
}


class StoredFile(models.Model):
    """The bytes with this SHA-256 (fil); the same bytes are one file, whoever sent them and however often."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    # What the bytes are; what the sender called them is kept apart and decides nothing.
    media_type = models.CharField(max_length=100)
    claimed_type = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField()
    verified_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=FileState, default=FileState.WHOLE)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="file_state_is_known", condition=Q(state__in=FileState.values)),
            models.CheckConstraint(name="file_name_is_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="file_size_counts_up", condition=Q(size__gte=0)),
            models.CheckConstraint(
                name="file_removed_has_time",
                condition=Q(state=FileState.REMOVED, removed_at__isnull=False)
                | (~Q(state=FileState.REMOVED) & Q(removed_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["verified_at"], name="file_verified", condition=~Q(state=FileState.REMOVED))]

    def __str__(self) -> str:
        return self.sha256

    @staticmethod
    def stand_in_line(wanted: Collection[str]) -> None:
        """Wait for these files until the transaction ends: storing, holding and removing must not cross.

        In one order, so that two who want some of the same cannot wait for each other.
        """
        names = sorted(f"torg.files.{sha256}" for sha256 in wanted)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(name, 0))"
                " FROM unnest(%s::text[]) WITH ORDINALITY AS line (name, place) ORDER BY place",
                [names],
            )


class Hold(models.Model):
    """Somebody needs this file kept (sperre mot sletting): a case, a journal entry, a published article."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="holds")
    holder_kind = models.CharField(max_length=60)
    holder_id = models.UUIDField()
    scope_id = models.UUIDField(null=True, db_index=True)
    # A code of the holder's room, such as EVIDENCE or JOURNALED.
    reason = models.CharField(max_length=40)
    held_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="file_held_once_by_each",
                fields=["file", "holder_kind", "holder_id", "reason"],
                condition=Q(released_at=None),
            ),
        ]
        indexes = [models.Index(fields=["holder_kind", "holder_id"], name="file_holder")]

    def __str__(self) -> str:
        return f"{self.holder_kind} holds {self.file_id}"
