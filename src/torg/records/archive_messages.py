"""A delivery as the connectors take it: the typed fields, and the finished message of Fiks Arkiv, from one source."""

from io import BytesIO
from uuid import UUID

from torg.connectors.archives import contract
from torg.files import queries as files
from torg.noark import objects
from torg.noark.values import HiddenMetadata, JournalStatus
from torg.noark.writing import arkivmelding
from torg.records import as_noark
from torg.records.models import CaseFile, Delivery, JournalEntry


def delivery_of(row: Delivery) -> contract.Delivery:
    """A registration with its case file; one whose number in the archive is known is named by that number."""
    entry, system = _entry(row), row.core.system
    found, case = as_noark.entry(entry, system=system), as_noark.case_file(entry.case_file, system=system)
    number = _number(entry.case_file)
    chosen = objects.CaseReference(number=number) if number else case
    message = arkivmelding.create(found, case=chosen, sender=arkivmelding.Sender(system=system))
    names = {one.file.id: one.name for one in message.files}
    return contract.Delivery(
        id=row.message_id,
        system=system,
        case_file=_case(case, number),
        registration=_registration(found, names),
        message=message.content,
    )


def correction_of(row: Delivery) -> contract.Correction:
    """The titles and what is withheld, as they are now."""
    entry, system = _entry(row), row.core.system
    found = as_noark.entry(entry, system=system)
    # Any other status is the archive's own to give.
    is_void = isinstance(found, objects.JournalEntry) and found.status is JournalStatus.CANCELLED
    told = arkivmelding.EntryCorrection(
        is_journaled=isinstance(found, objects.JournalEntry),
        title=found.title,
        public_title=found.public_title,
        restriction=found.restriction,
        lifts_restriction=found.restriction is None,
        status=JournalStatus.CANCELLED if is_void else None,
    )
    reference = objects.EntryReference(external_key=found.external_key)
    message = arkivmelding.update_entry(reference, told, sender=arkivmelding.Sender(system=system))
    return contract.Correction(
        id=row.message_id,
        system=system,
        key=row.key,
        title=found.title,
        public_title=found.public_title,
        status=contract.EntryStatus.VOID if is_void else None,
        restriction=_restriction(found.restriction),
        lifts_restriction=found.restriction is None,
        message=message.content,
    )


def _entry(row: Delivery) -> JournalEntry:
    found: JournalEntry = as_noark.entries_with_all(JournalEntry.objects.filter(pk=row.entry_id)).get()
    return found


def _number(case: CaseFile) -> tuple[int, int] | None:
    if case.archive_year is None or case.archive_number is None:
        return None
    return case.archive_year, case.archive_number


def _case(case: objects.CaseFile, number: tuple[int, int] | None) -> contract.CaseFile:
    return contract.CaseFile(
        key=case.external_key.key if case.external_key else "",
        title=case.title,
        public_title=case.public_title,
        number=f"{number[0]}/{number[1]}" if number else "",
        class_id=case.class_id,
        unit=case.unit,
        responsible=case.responsible,
        opened_on=case.dated_on,
        status=case.status.code,
    )


def _registration(found: objects.JournalEntry | objects.ArchiveNote, names: dict[UUID, str]) -> contract.Registration:
    journaled = found if isinstance(found, objects.JournalEntry) else None
    kind = contract.RegistrationKind.JOURNAL_ENTRY if journaled else contract.RegistrationKind.NOTE
    return contract.Registration(
        key=found.external_key.key if found.external_key else "",
        kind=kind,
        title=found.title,
        public_title=found.public_title,
        documents=tuple(_document(one, names) for one in found.documents),
        correspondents=tuple(_correspondent(one) for one in found.correspondents),
        type=contract.EntryType(journaled.kind.code) if journaled else None,
        status=contract.EntryStatus(journaled.status.code) if journaled else contract.EntryStatus.JOURNALED,
        journaled_on=journaled.journaled_on if journaled else None,
        document_date=found.document_on,
        received_at=found.received_at,
        sent_at=found.sent_at,
        assessed_on=found.access_assessed_on,
        restriction=_restriction(found.restriction),
        follow_ups=tuple(_follow_up(one) for one in (journaled.follow_ups if journaled else ())),
    )


def _document(found: objects.DocumentDescription, names: dict[UUID, str]) -> contract.Document:
    return contract.Document(
        key=found.external_key.key if found.external_key else "",
        title=found.title,
        kind=found.kind.code,
        is_main=found.attached_as.code == "H",
        number=found.number,
        files=tuple(_file(one, names[one.id]) for one in found.objects),
        restriction=_restriction(found.restriction),
    )


def _file(found: objects.DocumentObject, name: str) -> contract.File:
    return contract.File(
        name=name,
        media_type=found.mime_type,
        format=found.puid,
        variant=contract.Variant(found.variant.code),
        size=found.size,
        sha256=found.sha256,
        # Read when it is sent, and checked against its hash on the way out.
        open=lambda: BytesIO(files.read(found.sha256)),
        version=found.version,
    )


def _correspondent(found: objects.Correspondent) -> contract.Correspondent:
    return contract.Correspondent(
        role=contract.PartyRole(found.kind.code),
        name=found.name,
        unit=found.unit,
        case_worker=found.case_handler,
        is_person=found.is_person,
        is_shielded=found.is_restricted,
    )


def _follow_up(found: objects.FollowUp) -> contract.FollowUp:
    answered = found.answers.external_key if found.answers else None
    return contract.FollowUp(answered.key if answered else "", found.on, found.how.code, found.by)


def _restriction(found: objects.Restriction | None) -> contract.Restriction | None:
    if found is None:
        return None
    covers = tuple(one.text if isinstance(one, HiddenMetadata) else str(one) for one in found.hides)
    return contract.Restriction(found.access.code, found.ground, until=found.ends_on, covers=covers)
