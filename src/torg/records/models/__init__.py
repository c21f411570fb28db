"""Captures, assessments, the journal, documents, restrictions, legal references, the changelog, deliveries."""

from torg.records.models.archives import ArchiveCore, Delivery
from torg.records.models.assessments import Assessment, AssessmentRule, ChannelDefault, GatheringMark
from torg.records.models.captures import Capture
from torg.records.models.cases import CaseFile
from torg.records.models.changes import ChangeLog
from torg.records.models.documents import DocumentObject, RecordDocument
from torg.records.models.entries import Correspondent, CrossReference, EntryItem, FollowUp, JournalEntry, Remark
from torg.records.models.numbers import NumberSeries
from torg.records.models.references import LegalReference
from torg.records.models.restrictions import Restriction

__all__ = [
    "ArchiveCore",
    "Assessment",
    "AssessmentRule",
    "Capture",
    "CaseFile",
    "ChangeLog",
    "ChannelDefault",
    "Correspondent",
    "CrossReference",
    "Delivery",
    "DocumentObject",
    "EntryItem",
    "FollowUp",
    "GatheringMark",
    "JournalEntry",
    "LegalReference",
    "NumberSeries",
    "RecordDocument",
    "Remark",
    "Restriction",
]
