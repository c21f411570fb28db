"""Messages of Fiks Arkiv v1 between a specialist system and an archive core: what we send, and what we are answered."""

from torg.noark.writing.arkivmelding.answers import (
    Answer,
    CaseReceipt,
    Cause,
    CodeList,
    EntryReceipt,
    Failure,
    FileReceipt,
    Found,
    FoundCase,
    FoundEntry,
    Problem,
    Receipt,
    Unreadable,
)
from torg.noark.writing.arkivmelding.creating import create
from torg.noark.writing.arkivmelding.follow_ups import add_follow_up, delete_follow_up
from torg.noark.writing.arkivmelding.messages import Attached, Message, Sender
from torg.noark.writing.arkivmelding.queries import (
    Responds,
    find_case_by_key,
    find_case_by_number,
    find_cases_by_text,
    find_entry_by_key,
    get_case,
    get_code_list,
    get_entry,
)
from torg.noark.writing.arkivmelding.reading import read
from torg.noark.writing.arkivmelding.updating import (
    CaseCorrection,
    DocumentCorrection,
    EntryCorrection,
    add_file,
    update_case,
    update_document,
    update_entry,
)

__all__ = [
    "Answer",
    "Attached",
    "CaseCorrection",
    "CaseReceipt",
    "Cause",
    "CodeList",
    "DocumentCorrection",
    "EntryCorrection",
    "EntryReceipt",
    "Failure",
    "FileReceipt",
    "Found",
    "FoundCase",
    "FoundEntry",
    "Message",
    "Problem",
    "Receipt",
    "Responds",
    "Sender",
    "Unreadable",
    "add_file",
    "add_follow_up",
    "create",
    "delete_follow_up",
    "find_case_by_key",
    "find_case_by_number",
    "find_cases_by_text",
    "find_entry_by_key",
    "get_case",
    "get_code_list",
    "get_entry",
    "read",
    "update_case",
    "update_document",
    "update_entry",
]
