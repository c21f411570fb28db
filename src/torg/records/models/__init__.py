"""Captures, assessments, the journal and its documents, what they rest on, and what becomes of them."""

from torg.records.models.archives import ArchiveCore, Delivery
from torg.records.models.assessments import Assessment, AssessmentRule, ChannelDefault, GatheringMark
from torg.records.models.captures import Capture
from torg.records.models.cases import CaseFile
from torg.records.models.changes import ChangeLog
from torg.records.models.deposits import Deposit
from torg.records.models.disposal import Disposal, DisposalRule
from torg.records.models.documents import DocumentObject, RecordDocument
from torg.records.models.entries import Correspondent, CrossReference, EntryItem, FollowUp, JournalEntry, Remark
from torg.records.models.erasure import ErasureRequest
from torg.records.models.holds import LegalHold
from torg.records.models.numbers import NumberSeries
from torg.records.models.parties import PartyExport
from torg.records.models.references import LegalReference
from torg.records.models.restrictions import Restriction
from torg.records.models.searching import CaptureText

__all__ = [
    "ArchiveCore",
    "Assessment",
    "AssessmentRule",
    "Capture",
    "CaptureText",
    "CaseFile",
    "ChangeLog",
    "ChannelDefault",
    "Correspondent",
    "CrossReference",
    "Delivery",
    "Deposit",
    "Disposal",
    "DisposalRule",
    "DocumentObject",
    "EntryItem",
    "ErasureRequest",
    "FollowUp",
    "GatheringMark",
    "JournalEntry",
    "LegalHold",
    "LegalReference",
    "NumberSeries",
    "PartyExport",
    "RecordDocument",
    "Remark",
    "Restriction",
]
