"""What an archive consists of in Noark 5, as frozen values with English names; nothing here knows XML or a database.

Ids are UUIDs that are unique across all our deposits; instants (`…_at`) carry their offset; days are `…_on`.
A field that a deposit demands but that an archive core may fill itself (numbers, who archived it) may be None here:
the writer of the deposit refuses the object then.
"""

from torg.noark.objects.access import ExternalKey, Remark, Restriction
from torg.noark.objects.cases import CaseFile
from torg.noark.objects.changes import Change
from torg.noark.objects.documents import Conversion, DocumentDescription, DocumentObject
from torg.noark.objects.preservation import Deletion, Disposal, ExecutedDisposal
from torg.noark.objects.references import CaseReference, CrossReference, EntryReference
from torg.noark.objects.registrations import (
    ArchiveNote,
    Correspondent,
    FollowUp,
    JournalEntry,
    Registration,
)
from torg.noark.objects.social_media import SocialMedia
from torg.noark.objects.structure import Class, ClassificationSystem, Creator, Fonds, Series

__all__ = [
    "ArchiveNote",
    "CaseFile",
    "CaseReference",
    "Change",
    "Class",
    "ClassificationSystem",
    "Conversion",
    "Correspondent",
    "Creator",
    "CrossReference",
    "Deletion",
    "Disposal",
    "DocumentDescription",
    "DocumentObject",
    "EntryReference",
    "ExecutedDisposal",
    "ExternalKey",
    "FollowUp",
    "Fonds",
    "JournalEntry",
    "Registration",
    "Remark",
    "Restriction",
    "Series",
    "SocialMedia",
]
