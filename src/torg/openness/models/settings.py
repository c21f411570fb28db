"""How the municipality publishes its journal."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.openness.types import SecretScopes
from torg.records.models import CaseFile


class JournalSettings(models.Model):
    """Whether, from when and how the journal is public (offentleg journal, offentlegforskrifta §§ 6–7); one row.

    `criterion` is the municipality's own sentence on what is chosen; `contact` whom one reaches about it. The key of
    eInnsyn is encrypted at rest. `changes_read_at` is how far corrections in the journal have been followed.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    is_on = models.BooleanField(default=False)
    from_on = models.DateField(null=True)
    secret_scopes = models.CharField(max_length=10, choices=SecretScopes, default=SecretScopes.LEFT_OUT)
    contact = models.CharField(max_length=300, blank=True)
    criterion = models.TextField(blank=True)
    complaint_body = models.CharField(max_length=120, default="Statsforvalteren")
    einnsyn_address = models.CharField(max_length=300, blank=True)
    einnsyn_series = models.CharField(max_length=60, blank=True)
    einnsyn_key = models.BinaryField(default=b"")
    changes_read_at = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="one_row_of_journal_settings", condition=Q(id=1)),
            models.CheckConstraint(
                name="public_journal_begins_on_a_day", condition=Q(is_on=False) | Q(from_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return "public journal"

    @property
    def sends_to_einnsyn(self) -> bool:
        """Whether entries are sent to the state's portal too."""
        return bool(self.is_on and self.einnsyn_address and self.einnsyn_series and self.einnsyn_key)


class EInnsynCase(models.Model):
    """A case file as eInnsyn knows it."""

    case_file = models.OneToOneField(CaseFile, on_delete=models.PROTECT, related_name="einnsyn")
    einnsyn_id = models.CharField(max_length=60, unique=True)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.einnsyn_id
