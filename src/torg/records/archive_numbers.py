"""The archive's ids and numbers, written on our entry and case file; ours stay beside them and are never reused."""

from datetime import datetime
from uuid import UUID

from torg.connectors.archives.contract import Receipt
from torg.core.actors import Actor
from torg.records import changelog
from torg.records.codes import DeliveryKind
from torg.records.models import CaseFile, Delivery, JournalEntry


def write(entry: JournalEntry, receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """What a receipt says; a number that it does not say stays as it was."""
    told = {
        "archive_id": _uuid(receipt.system_id),
        "archive_year": receipt.journal_year,
        "archive_number": receipt.journal_sequence,
        "archive_post_number": receipt.entry_number,
    }
    changelog.write("entry", entry, _said(told), by=by, at=at)
    case = CaseFile.objects.select_for_update().get(pk=entry.case_file_id)
    told = {
        "archive_id": _uuid(receipt.case_system_id),
        "archive_year": receipt.case_year,
        "archive_number": receipt.case_number,
    }
    changelog.write("case_file", case, _said(told), by=by, at=at)


def known_id(row: Delivery) -> str:
    """The id that the archive gave the entry when it was delivered; what is corrected has one."""
    rows = Delivery.objects.filter(entry_id=row.entry_id, core_id=row.core_id, kind=DeliveryKind.CREATE)
    return str(rows.values_list("system_id", flat=True).get())


def _said(told: dict[str, UUID | int | None]) -> dict[str, UUID | int]:
    return {name: value for name, value in told.items() if value is not None}


def _uuid(text: str) -> UUID | None:
    """The standard's ids are UUIDs; another is kept with the delivery only."""
    try:
        return UUID(text)
    except ValueError:
        return None
