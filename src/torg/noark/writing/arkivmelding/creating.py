"""arkivering.arkivmelding.opprett: one registration, in a new case file or in one that is there."""

from itertools import count

from torg.noark.objects import (
    CaseFile,
    CaseReference,
    DocumentDescription,
    DocumentObject,
    JournalEntry,
    Registration,
)
from torg.noark.values import Coded
from torg.noark.writing import masking
from torg.noark.writing.arkivmelding.messages import CREATE, Attached, Message, Sender, message, payload
from torg.noark.writing.arkivmelding.parts import (
    add_case_reference,
    add_code,
    add_cross_references,
    add_key,
    add_named,
    add_restriction,
    fill_correspondent,
    fill_remark,
)
from torg.noark.writing.formats import extension
from torg.noark.writing.own import add_social_media
from torg.noark.writing.text import safe_file_name
from torg.noark.writing.tree import Branch, Refused


def create(registration: Registration, *, case: CaseFile | CaseReference, sender: Sender) -> Message:
    """A message that asks the archive to create the registration, and its case file when `case` is one.

    Ids and numbers are the archive's to give, and come back in the receipt; ours are the external keys, by which the
    archive knows a message that is sent again. Raises Refused when the registration or a new case file has no key.
    """
    if registration.external_key is None:
        raise Refused(f"registration {registration.id} has no external key, so a repeat would be filed twice")
    files = attached(registration.documents)
    root = payload("arkivmelding", CREATE)
    root.need("system", sender.system)
    root.need("antallFiler", len(files))
    if isinstance(case, CaseFile):
        if case.external_key is None:
            raise Refused(f"case file {case.id} has no external key, so the registration could not name it")
        add_case(root, case, sender)
        case = CaseReference(external_key=case.external_key)
    add_registration(root, registration, case, sender, {one.file.id: one.name for one in files})
    return message("arkivering.arkivmelding.opprett", "arkivmelding.xml", root, files)


def attached(documents: tuple[DocumentDescription, ...]) -> tuple[Attached, ...]:
    """The files of these documents, under names that are unique and safe within the message."""
    numbers = count(1)
    return tuple(
        Attached(name=f"dokument-{next(numbers)}.{extension(file.puid, file.file_name)}", file=file)
        for document in documents
        for file in document.objects
    )


def add_case(root: Branch, case: CaseFile, sender: Sender) -> None:
    """mappe, as a saksmappe"""
    part = root.branch("mappe", kind="saksmappe")
    part.need("tittel", case.title)
    part.need("offentligTittel", masking.public_case_title(case))
    part.add("beskrivelse", case.description)
    for keyword in case.keywords:
        part.add("noekkelord", keyword)
    add_code(part, "dokumentmedium", case.medium, sender)
    part.need("opprettetDato", case.created_at)
    part.need("opprettetAv", case.created_by)
    add_code(part, "arkivdel", sender.series, sender)
    add_cross_references(part, case.cross_references)
    for remark in case.remarks:
        fill_remark(part.branch("merknad"), remark, sender)
    add_restriction(part, case.restriction, sender)
    if case.class_id:
        klasse = part.branch("klassifikasjon")
        klasse.add("klassifikasjonssystemID", case.classification)
        klasse.need("klasseID", case.class_id)
    add_key(part, case.external_key)
    part.need("saksdato", case.dated_on)
    add_named(part, "administrativEnhet", case.unit)
    add_named(part, "saksansvarlig", case.responsible)
    part.add("journalenhet", case.journal_unit)
    add_code(part, "saksstatus", case.status, sender)


def add_registration(
    root: Branch, registration: Registration, case: CaseReference, sender: Sender, names: dict[object, str]
) -> None:
    """registrering, as a journalpost or an arkivnotat"""
    kind = "journalpost" if isinstance(registration, JournalEntry) else "arkivnotat"
    part = root.branch("registrering", kind=kind)
    part.need("opprettetDato", registration.created_at)
    part.need("opprettetAv", registration.created_by)
    add_case_reference(part, "referanseForelderMappe", case)
    add_restriction(part, registration.restriction, sender)
    for document in registration.documents:
        add_document(part, document, sender, names)
    part.need("tittel", registration.title)
    part.need("offentligTittel", masking.public_title(registration))
    part.add("beskrivelse", registration.description)
    for keyword in registration.keywords:
        part.add("noekkelord", keyword)
    for author in registration.authors:
        part.add("forfatter", author)
    add_code(part, "dokumentmedium", registration.medium, sender)
    add_social_media(part, registration.social_media)
    for remark in registration.remarks:
        fill_remark(part.branch("merknad"), remark, sender)
    add_cross_references(part, registration.cross_references)
    add_correspondents(part, registration, sender)
    add_key(part, registration.external_key)
    if isinstance(registration, JournalEntry):
        add_code(part, "journalposttype", registration.kind, sender)
        add_code(part, "journalstatus", registration.status, sender)
        part.need("journaldato", registration.journaled_on)
    part.add("dokumentetsDato", registration.document_on)
    part.add("mottattDato", registration.received_at)
    part.add("sendtDato", registration.sent_at)
    part.add("forfallsdato", registration.due_on)
    part.add("offentlighetsvurdertDato", registration.access_assessed_on)
    part.need("antallVedlegg", registration.attachment_count)
    if isinstance(registration, JournalEntry):
        part.add("journalenhet", registration.journal_unit)


def add_correspondents(part: Branch, registration: Registration, sender: Sender) -> None:
    """All of them, with the follow-ups on the one in the municipality who had to answer.

    Raises Refused when there is a follow-up and nobody to put it on.
    """
    follow_ups = registration.follow_ups if isinstance(registration, JournalEntry) else ()
    people = registration.correspondents
    answerable = next((one for one in people if one.kind.is_internal), people[0] if people else None)
    if follow_ups and answerable is None:
        raise Refused(f"registration {registration.id} is followed up but has no correspondent")
    for one in people:
        fill_correspondent(
            part.branch("korrespondansepart"),
            one,
            sender,
            restriction=registration.restriction,
            follow_ups=follow_ups if one is answerable else (),
        )


def add_document(parent: Branch, document: DocumentDescription, sender: Sender, names: dict[object, str]) -> None:
    """dokumentbeskrivelse"""
    part = parent.branch("dokumentbeskrivelse")
    add_code(part, "dokumenttype", document.kind, sender)
    add_code(part, "dokumentstatus", document.status, sender)
    part.need("tittel", document.title)
    part.add("beskrivelse", document.description)
    for author in document.authors:
        part.add("forfatter", author)
    part.need("opprettetDato", document.created_at)
    part.need("opprettetAv", document.created_by)
    add_code(part, "dokumentmedium", document.medium, sender)
    add_code(part, "tilknyttetRegistreringSom", document.attached_as, sender)
    part.need("dokumentnummer", document.number)
    part.need("tilknyttetDato", document.attached_at)
    part.need("tilknyttetAv", document.attached_by)
    for remark in document.remarks:
        fill_remark(part.branch("merknad"), remark, sender)
    add_restriction(part, document.restriction, sender)
    for file in document.objects:
        add_object(part.branch("dokumentobjekt"), file, sender, names[file.id])
    add_key(part, document.external_key)


def add_object(part: Branch, file: DocumentObject, sender: Sender, name: str) -> None:
    """dokumentobjekt; messages have no room for its conversions, which stand in the deposit."""
    part.need("versjonsnummer", file.version)
    add_code(part, "variantformat", file.variant, sender)
    add_code(part, "format", Coded(file.puid, file.puid_name), sender)
    part.add("mimeType", file.mime_type)
    part.need("opprettetDato", file.created_at)
    part.need("opprettetAv", file.created_by)
    part.need("filnavn", safe_file_name(file.file_name))
    part.need("referanseDokumentfil", name)
    part.need("sjekksum", file.sha256)
    part.need("sjekksumAlgoritme", "SHA256")
    part.need("filstoerrelse", file.size)
