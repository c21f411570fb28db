"""An entry's documents, in each form in which they are kept."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.scoping import ScopedQuerySet
from torg.records.codes import DocumentRole, DocumentStatus, Variant
from torg.records.models.captures import Capture
from torg.records.models.entries import JournalEntry

NEXT_STATES = {
    DocumentStatus.EDITED: {DocumentStatus.FINISHED},
    DocumentStatus.FINISHED: set(),
}


class RecordDocument(models.Model):
    """A document of an entry (dokumentbeskrivelse): the main document, or one attachment."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=1, choices=DocumentRole)
    status = models.CharField(max_length=1, choices=DocumentStatus, default=DocumentStatus.FINISHED)
    document_type = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    public_title = models.CharField(max_length=300)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_document_per_number", fields=["entry", "number"]),
            models.UniqueConstraint(name="one_main_document", fields=["entry"], condition=Q(role=DocumentRole.MAIN)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class DocumentObject(models.Model):
    """One stored file of a document (dokumentobjekt): a version of it in one form. Append-only.

    `part` tells apart the files of one form: the original of a thread is its canonical JSON (part 1) and each raw
    delivery after it. `capture` is what it was made from; a later comment makes a new version with a capture of its
    own (strategy D4). `puid` is the format by PRONOM. The `converted_…` fields tell of a conversion (M615, M616).
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    document = models.ForeignKey(RecordDocument, on_delete=models.PROTECT, related_name="objects_kept")
    version = models.PositiveSmallIntegerField(default=1)
    variant = models.CharField(max_length=1, choices=Variant)
    part = models.PositiveSmallIntegerField(default=1)
    capture = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    puid = models.CharField(max_length=20, blank=True)
    # Whether the archive takes this format, by the list in force when the file was made.
    is_archival = models.BooleanField(default=False)
    file_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    converted_from_sha256 = models.CharField(max_length=64, blank=True)
    converted_from_puid = models.CharField(max_length=20, blank=True)
    converted_with = models.CharField(max_length=100, blank=True)
    converted_how = models.CharField(max_length=200, blank=True)
    converted_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_file_per_form", fields=["document", "version", "variant", "part"]),
            models.CheckConstraint(name="kept_file_is_named_by_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
