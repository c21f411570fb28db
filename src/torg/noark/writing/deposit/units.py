"""Case files and registrations of a deposit, in the order of arkivstruktur.xsd."""

from torg.noark import values
from torg.noark.objects import ArchiveNote, CaseFile, Correspondent, FollowUp, JournalEntry, Registration
from torg.noark.writing import masking
from torg.noark.writing.deposit.documents import add_documents
from torg.noark.writing.deposit.parts import add_cross_references, add_disposal, add_remarks, add_restriction, id_of
from torg.noark.writing.own import add_social_media
from torg.noark.writing.tree import Branch, Refused

# N5.15 and N5.22: what is deposited is over.
ENDED_CASES = (values.CaseStatus.CLOSED, values.CaseStatus.CANCELLED)
ENDED_ENTRIES = (values.JournalStatus.ARCHIVED, values.JournalStatus.CANCELLED)


def add_case_head(part: Branch, case_file: CaseFile) -> None:
    """What stands before the registrations of a case file. Raises Refused for an open one."""
    if case_file.status not in ENDED_CASES:
        raise Refused(f"case file {case_file.file_id or case_file.id} is “{case_file.status.text}”")
    part.need("systemID", case_file.id)
    part.need("mappeID", case_file.file_id)
    part.need("tittel", case_file.title)
    part.need("offentligTittel", masking.public_case_title(case_file))
    part.add("beskrivelse", case_file.description)
    for keyword in case_file.keywords:
        part.add("noekkelord", keyword)
    part.add("dokumentmedium", case_file.medium)
    part.need("opprettetDato", case_file.created_at)
    part.need("opprettetAv", case_file.created_by)
    part.need("avsluttetDato", case_file.closed_at)
    part.need("avsluttetAv", case_file.closed_by)
    part.add("referanseArkivdel", case_file.series)
    add_cross_references(part, case_file.cross_references)
    add_remarks(part, case_file.remarks)
    add_disposal(part, case_file.disposal)
    add_restriction(part, case_file.restriction)


def add_case_tail(part: Branch, case_file: CaseFile) -> None:
    """What a saksmappe has more than a mappe, which stands after the registrations."""
    part.need("saksaar", case_file.year)
    part.need("sakssekvensnummer", case_file.number)
    part.need("saksdato", case_file.dated_on)
    part.need("administrativEnhet", case_file.unit)
    part.need("saksansvarlig", case_file.responsible)
    part.add("journalenhet", case_file.journal_unit)
    part.need("saksstatus", case_file.status)


def add_registration(part: Branch, registration: Registration) -> str:
    """All of a registration; the answer is its xsi:type. Raises Refused for one that is not archived."""
    add_common(part, registration)
    match registration:
        case JournalEntry():
            add_journal_fields(part, registration)
            return "journalpost"
        case ArchiveNote():
            add_dates(part, registration)
            return "arkivnotat"
        case _:
            raise Refused(f"registration {registration.id} is neither a journal entry nor an archive note")


def add_common(part: Branch, registration: Registration) -> None:
    """What all registrations have."""
    part.need("systemID", registration.id)
    part.need("opprettetDato", registration.created_at)
    part.need("opprettetAv", registration.created_by)
    part.need("arkivertDato", registration.archived_at)
    part.need("arkivertAv", registration.archived_by)
    part.add("referanseArkivdel", registration.series)
    add_disposal(part, registration.disposal)
    add_restriction(part, registration.restriction)
    add_documents(part, registration.documents)
    part.add("registreringsID", registration.registration_id)
    part.need("tittel", registration.title)
    part.need("offentligTittel", masking.public_title(registration))
    part.add("beskrivelse", registration.description)
    for keyword in registration.keywords:
        part.add("noekkelord", keyword)
    for author in registration.authors:
        part.add("forfatter", author)
    part.add("dokumentmedium", registration.medium)
    add_social_media(part, registration.social_media)
    add_remarks(part, registration.remarks)
    add_cross_references(part, registration.cross_references)
    for correspondent in registration.correspondents:
        add_correspondent(part, correspondent)


def add_journal_fields(part: Branch, entry: JournalEntry) -> None:
    """What a journalpost has more than a registrering."""
    if entry.status not in ENDED_ENTRIES:
        raise Refused(f"journal entry {entry.registration_id or entry.id} is “{entry.status.text}”")
    part.need("journalaar", entry.year)
    part.need("journalsekvensnummer", entry.sequence_number)
    part.need("journalpostnummer", entry.number)
    part.need("journalposttype", entry.kind)
    part.need("journalstatus", entry.status)
    part.need("journaldato", entry.journaled_on)
    add_dates(part, entry)
    part.add("journalenhet", entry.journal_unit)
    for follow_up in entry.follow_ups:
        add_follow_up(part, follow_up)


def add_dates(part: Branch, registration: Registration) -> None:
    """The dates of the document, which journal entries and archive notes share."""
    part.add("dokumentetsDato", registration.document_on)
    part.add("mottattDato", registration.received_at)
    part.add("sendtDato", registration.sent_at)
    part.add("forfallsdato", registration.due_on)
    part.add("offentlighetsvurdertDato", registration.access_assessed_on)
    part.add("antallVedlegg", registration.attachment_count)


def add_correspondent(registration: Branch, correspondent: Correspondent) -> None:
    """korrespondansepart"""
    part = registration.branch("korrespondansepart")
    part.need("korrespondanseparttype", correspondent.kind)
    part.need("korrespondansepartNavn", correspondent.name)
    part.add("epostadresse", correspondent.email)
    part.add("kontaktperson", correspondent.contact)
    part.add("administrativEnhet", correspondent.unit)
    part.add("saksbehandler", correspondent.case_handler)


def add_follow_up(entry: Branch, follow_up: FollowUp) -> None:
    """avskrivning, on the entry that was answered; the answer's own half says nothing more in a deposit."""
    if follow_up.answers is not None:
        return
    part = entry.branch("avskrivning")
    part.need("avskrivningsdato", follow_up.on)
    part.need("avskrevetAv", follow_up.by)
    part.need("avskrivningsmaate", follow_up.how)
    part.add("referanseAvskrivesAvJournalpost", id_of(follow_up.answered_by))
