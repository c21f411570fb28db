"""arkivering.arkivmelding.oppdater and dokumentobjekt.opprett: what changes after delivery."""

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from uuid import UUID

from torg.noark.objects import (
    CaseReference,
    Correspondent,
    DocumentObject,
    EntryReference,
    ExternalKey,
    Remark,
    Restriction,
)
from torg.noark.values import AttachedAs, CaseStatus, DocumentStatus, JournalStatus
from torg.noark.writing.arkivmelding.creating import add_object
from torg.noark.writing.arkivmelding.messages import CREATE, PROTOCOL, Attached, Message, Sender, message, payload
from torg.noark.writing.arkivmelding.parts import (
    add_case_reference,
    add_code,
    add_document_reference,
    add_entry_reference,
    add_named,
    add_restriction,
    fill_correspondent,
    fill_remark,
)
from torg.noark.writing.formats import extension
from torg.noark.writing.tree import Branch, Refused

UPDATE = f"{PROTOCOL}arkivmelding/oppdater/v1"
ADD_FILE = f"{PROTOCOL}dokumentobjekt/opprett/v1"


@dataclass(frozen=True, kw_only=True)
class CaseCorrection:
    """What of a case file is to be otherwise; what is None or empty stays. `lifts_restriction` takes it away."""

    title: str = ""
    public_title: str = ""
    description: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    remarks: tuple[Remark, ...] = ()
    restriction: Restriction | None = None
    lifts_restriction: bool = False
    unit: str = ""
    responsible: str = ""
    status: CaseStatus | None = None


@dataclass(frozen=True, kw_only=True)
class EntryCorrection:
    """What of a registration is to be otherwise; what is None or empty stays. `lifts_restriction` takes it away.

    `is_journaled` false for an archive note, which has no journal fields. `moves_to` another case file.
    """

    is_journaled: bool = True
    title: str = ""
    public_title: str = ""
    description: str = ""
    moves_to: CaseReference | None = None
    restriction: Restriction | None = None
    lifts_restriction: bool = False
    remarks: tuple[Remark, ...] = ()
    correspondents: tuple[Correspondent, ...] = ()
    status: JournalStatus | None = None
    journaled_on: date | None = None
    document_on: date | None = None
    received_at: datetime | None = None
    sent_at: datetime | None = None
    due_on: date | None = None
    access_assessed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentCorrection:
    """What of a document is to be otherwise; `attached_as` must always be said."""

    attached_as: AttachedAs
    title: str = ""
    description: str = ""
    status: DocumentStatus | None = None
    remarks: tuple[Remark, ...] = ()
    restriction: Restriction | None = None
    lifts_restriction: bool = False


Correction = CaseCorrection | EntryCorrection | DocumentCorrection


def update_case(reference: CaseReference, correction: CaseCorrection, *, sender: Sender) -> Message:
    """A message that asks the archive to correct a case file. Raises Refused when nothing is to change."""
    root, part = started("mappeOppdateringer", correction, kind="saksmappeOppdatering")
    add_case_reference(part, "referanseTilMappe", reference)
    part.add("tittel", correction.title)
    part.add("offentligTittel", correction.public_title)
    add_description(part, correction.description)
    part.add("avsluttetDato", correction.closed_at)
    part.add("avsluttetAv", correction.closed_by)
    add_remarks(part, correction.remarks, sender)
    add_changed_restriction(part, "skjermingOppdateringer", correction, sender)
    add_named(part, "administrativEnhet", correction.unit)
    add_named(part, "saksansvarlig", correction.responsible)
    add_code(part, "saksstatus", correction.status, sender)
    return updating(root)


def update_entry(reference: EntryReference, correction: EntryCorrection, *, sender: Sender) -> Message:
    """A message that asks the archive to correct a registration. Raises Refused when nothing is to change."""
    kind = "journalpostOppdatering" if correction.is_journaled else ""
    root, part = started("registreringOppdateringer", correction, kind=kind)
    add_entry_reference(part, "referanseTilRegistrering", reference)
    if correction.moves_to:
        add_case_reference(part, "referanseForelderMappe", correction.moves_to)
    add_changed_restriction(part, "skjermingOppdateringer", correction, sender)
    part.add("tittel", correction.title)
    part.add("offentligTittel", correction.public_title)
    add_description(part, correction.description)
    add_remarks(part, correction.remarks, sender)
    if correction.correspondents:
        people = part.branch("korrespondansepartOppdateringer")
        for one in correction.correspondents:
            fill_correspondent(people.branch("ny").within(CREATE), one, sender, restriction=correction.restriction)
    if correction.is_journaled:
        add_journal_fields(part, correction, sender)
    return updating(root)


def update_document(
    correction: DocumentCorrection, *, id: UUID | None = None, external_key: ExternalKey | None = None, sender: Sender
) -> Message:
    """A message that asks the archive to correct a document, named by its id there or by our key."""
    root, part = started("dokumentbeskrivelseOppdateringer", correction)
    add_document_reference(part, id=id, external_key=external_key)
    add_code(part, "dokumentstatus", correction.status, sender)
    part.add("tittel", correction.title)
    add_description(part, correction.description)
    add_code(part, "tilknyttetRegistreringSom", correction.attached_as, sender)
    add_remarks(part, correction.remarks, sender)
    add_changed_restriction(part, "skjerming", correction, sender)
    return updating(root)


def add_file(
    file: DocumentObject, *, id: UUID | None = None, external_key: ExternalKey | None = None, sender: Sender
) -> Message:
    """A message that adds a file to a document that is there, such as its redacted variant."""
    name = f"dokument-1.{extension(file.puid, file.file_name)}"
    root = payload("dokumentobjektOpprett", ADD_FILE, a=CREATE)
    add_document_reference(root, id=id, external_key=external_key)
    add_object(root.branch("dokumentobjekt").within(CREATE), file, sender, name)
    files = (Attached(name=name, file=file),)
    return message("arkivering.dokumentobjekt.opprett", "dokumentobjekt-opprett.xml", root, files)


def started(name: str, correction: Correction, *, kind: str = "") -> tuple[Branch, Branch]:
    """The message and its one part. Raises Refused for a correction that changes nothing."""
    optional = [one for one in fields(correction) if one.default is not MISSING and one.name != "is_journaled"]
    if all(getattr(correction, one.name) == one.default for one in optional):
        raise Refused("a correction that changes nothing")
    root = payload("arkivmeldingOppdatering", UPDATE, a=CREATE)
    return root, root.branch(name, kind=kind)


def updating(root: Branch) -> Message:
    """The finished message."""
    return message("arkivering.arkivmelding.oppdater", "arkivmelding.xml", root)


def add_description(part: Branch, description: str) -> None:
    """beskrivelse"""
    if description:
        part.branch("beskrivelse").need("oppdatering", description)


def add_remarks(part: Branch, remarks: tuple[Remark, ...], sender: Sender) -> None:
    """merknadOppdateringer: new ones only, what was noted stands"""
    if remarks:
        notes = part.branch("merknadOppdateringer")
        for remark in remarks:
            fill_remark(notes.branch("ny").within(CREATE), remark, sender)


def add_changed_restriction(part: Branch, name: str, correction: Correction, sender: Sender) -> None:
    """skjerming, taken away or set"""
    if correction.lifts_restriction:
        part.branch(name).need("slett", True)
    elif correction.restriction:
        add_restriction(part.branch(name), correction.restriction, sender, name="oppdatering")


def add_journal_fields(part: Branch, correction: EntryCorrection, sender: Sender) -> None:
    """What only a journal entry has."""
    add_code(part, "journalstatus", correction.status, sender)
    part.add("journaldato", correction.journaled_on)
    part.add("dokumentetsDato", correction.document_on)
    part.add("mottattDato", correction.received_at)
    part.add("sendtDato", correction.sent_at)
    part.add("forfallsdato", correction.due_on)
    part.add("offentlighetsvurdertDato", correction.access_assessed_on)
