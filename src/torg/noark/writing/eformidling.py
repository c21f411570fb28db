"""arkivmelding.xml as eFormidling carries it between public bodies: one new case file with its registrations.

The form is older than Noark 5 v5.0: texts instead of codes, journal entries only, and every thing has its GUID.
"""

from datetime import datetime
from uuid import UUID

from torg.noark.objects import CaseFile, DocumentDescription, DocumentObject, JournalEntry
from torg.noark.writing.arkivmelding.creating import attached
from torg.noark.writing.arkivmelding.messages import Message
from torg.noark.writing.deposit.parts import add_cross_references, add_remarks, add_restriction
from torg.noark.writing.deposit.units import add_correspondent, add_follow_up
from torg.noark.writing.masking import public_case_title, public_title
from torg.noark.writing.own import add_social_media
from torg.noark.writing.tree import XSI, Branch, document, serialised

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"


def create(
    case_file: CaseFile, entries: tuple[JournalEntry, ...], *, system: str, message_id: UUID, at: datetime
) -> Message:
    """A message that hands over a case file and these journal entries. Raises Refused for what is not archived yet."""
    files = attached(tuple(one for entry in entries for one in entry.documents))
    root = document("arkivmelding", NAMESPACE, xsi=XSI)
    root.need("system", system)
    root.need("meldingId", message_id)
    root.need("tidspunkt", at)
    root.need("antallFiler", len(files))
    part = root.branch("mappe", kind="saksmappe")
    add_case_head(part, case_file)
    names = {one.file.id: one.name for one in files}
    for entry in entries:
        add_entry(part.branch("basisregistrering", kind="journalpost"), entry, case_file.id, names)
    add_case_tail(part, case_file)
    return Message(kind="arkivmelding", file_name="arkivmelding.xml", content=serialised(root), files=files)


def add_case_head(part: Branch, case_file: CaseFile) -> None:
    """What stands before the registrations of a saksmappe."""
    part.need("systemID", case_file.id)
    part.add("mappeID", case_file.file_id)
    part.need("tittel", case_file.title)
    part.need("offentligTittel", public_case_title(case_file))
    part.add("beskrivelse", case_file.description)
    for keyword in case_file.keywords:
        part.add("noekkelord", keyword)
    part.add("dokumentmedium", case_file.medium)
    part.need("opprettetDato", case_file.created_at)
    part.need("opprettetAv", case_file.created_by)
    part.add("avsluttetDato", case_file.closed_at)
    part.add("avsluttetAv", case_file.closed_by)
    add_cross_references(part, case_file.cross_references)
    add_remarks(part, case_file.remarks)
    add_restriction(part, case_file.restriction)


def add_case_tail(part: Branch, case_file: CaseFile) -> None:
    """What stands after them."""
    part.add("saksaar", case_file.year)
    part.add("sakssekvensnummer", case_file.number)
    part.need("saksdato", case_file.dated_on)
    part.need("administrativEnhet", case_file.unit)
    part.need("saksansvarlig", case_file.responsible)
    part.add("journalenhet", case_file.journal_unit)
    part.need("saksstatus", case_file.status)


def add_entry(part: Branch, entry: JournalEntry, case: UUID, names: dict[UUID, str]) -> None:
    """journalpost"""
    part.need("systemID", entry.id)
    part.need("opprettetDato", entry.created_at)
    part.need("opprettetAv", entry.created_by)
    part.need("arkivertDato", entry.archived_at)
    part.need("arkivertAv", entry.archived_by)
    part.add("registreringsID", entry.registration_id)
    part.need("referanseForelderMappe", case)
    add_restriction(part, entry.restriction)
    for one in entry.documents:
        add_document(part.branch("dokumentbeskrivelse"), one, names)
    part.need("tittel", entry.title)
    part.need("offentligTittel", public_title(entry))
    part.add("beskrivelse", entry.description)
    for keyword in entry.keywords:
        part.add("noekkelord", keyword)
    for author in entry.authors:
        part.add("forfatter", author)
    part.add("dokumentmedium", entry.medium)
    add_social_media(part, entry.social_media)
    add_remarks(part, entry.remarks)
    add_cross_references(part, entry.cross_references)
    add_journal_fields(part, entry)


def add_journal_fields(part: Branch, entry: JournalEntry) -> None:
    """What a journalpost has more than a basisregistrering."""
    part.add("journalaar", entry.year)
    part.add("journalsekvensnummer", entry.sequence_number)
    part.add("journalpostnummer", entry.number)
    part.need("journalposttype", entry.kind)
    part.need("journalstatus", entry.status)
    part.need("journaldato", entry.journaled_on)
    part.add("dokumentetsDato", entry.document_on)
    part.add("mottattDato", entry.received_at)
    part.add("sendtDato", entry.sent_at)
    part.add("forfallsdato", entry.due_on)
    part.add("offentlighetsvurdertDato", entry.access_assessed_on)
    part.need("antallVedlegg", entry.attachment_count)
    part.add("journalenhet", entry.journal_unit)
    for correspondent in entry.correspondents:
        add_correspondent(part, correspondent)
    for follow_up in entry.follow_ups:
        add_follow_up(part, follow_up)


def add_document(part: Branch, one: DocumentDescription, names: dict[UUID, str]) -> None:
    """dokumentbeskrivelse"""
    part.need("systemID", one.id)
    part.need("dokumenttype", one.kind.text or one.kind.code)
    part.need("dokumentstatus", one.status)
    part.need("tittel", one.title)
    part.add("beskrivelse", one.description)
    for author in one.authors:
        part.add("forfatter", author)
    part.need("opprettetDato", one.created_at)
    part.need("opprettetAv", one.created_by)
    part.add("dokumentmedium", one.medium)
    part.need("tilknyttetRegistreringSom", one.attached_as)
    part.need("dokumentnummer", one.number)
    part.need("tilknyttetDato", one.attached_at)
    part.need("tilknyttetAv", one.attached_by)
    add_remarks(part, one.remarks)
    add_restriction(part, one.restriction)
    for file in one.objects:
        add_object(part.branch("dokumentobjekt"), file, names[file.id])


def add_object(part: Branch, file: DocumentObject, name: str) -> None:
    """dokumentobjekt"""
    part.need("versjonsnummer", file.version)
    part.need("variantformat", file.variant)
    part.need("opprettetDato", file.created_at)
    part.need("opprettetAv", file.created_by)
    part.need("referanseDokumentfil", name)
