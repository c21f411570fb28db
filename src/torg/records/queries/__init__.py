"""Reading records: captures, assessments, the journal, and what they rest on."""

from torg.records.queries.captures import snapshot_if_kept, snapshot_of, whole_snapshot_of
from torg.records.queries.journal import (
    CasePage,
    EntrySheet,
    JournalPage,
    Row,
    case_sheet,
    ended_restrictions,
    entry_known,
    entry_sheet,
    entry_with,
    journal_page,
)
from torg.records.queries.kept import Hit, Kept, search_kept
from torg.records.queries.settings import Provisions, Settings, channel_or_absent, provisions, settings_sheet
from torg.records.queries.waiting import AssessmentList, SubjectSheet, assessment_sheet, assessments, sheet_of_subject

__all__ = [
    "AssessmentList",
    "CasePage",
    "EntrySheet",
    "Hit",
    "JournalPage",
    "Kept",
    "Provisions",
    "Row",
    "Settings",
    "SubjectSheet",
    "assessment_sheet",
    "assessments",
    "case_sheet",
    "channel_or_absent",
    "ended_restrictions",
    "entry_known",
    "entry_sheet",
    "entry_with",
    "journal_page",
    "provisions",
    "search_kept",
    "settings_sheet",
    "sheet_of_subject",
    "snapshot_if_kept",
    "snapshot_of",
    "whole_snapshot_of",
]
