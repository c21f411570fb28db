"""The smaller parts of messages. Their order is that of the schemas; codes stand in the catalogue's namespace."""

from uuid import UUID

from torg.noark.objects import (
    CaseReference,
    Correspondent,
    CrossReference,
    EntryReference,
    ExternalKey,
    FollowUp,
    Remark,
    Restriction,
)
from torg.noark.values import Coded, Listed
from torg.noark.writing import masking
from torg.noark.writing.arkivmelding.messages import CATALOGUE, Sender
from torg.noark.writing.tree import Branch, Refused


def add_code(parent: Branch, name: str, value: Listed | Coded | None, sender: Sender) -> None:
    """A code with what it stands for; nothing when there is none."""
    if value is None:
        return
    coded = sender.coded(value)
    part = parent.branch(name).within(CATALOGUE)
    part.need("kode", coded.code)
    part.add("beskrivelse", coded.text)


def add_named(parent: Branch, name: str, who: str) -> None:
    """A unit or a person by name; nothing when there is none."""
    if who:
        parent.branch(name).within(CATALOGUE).need("navn", who)


def add_key(parent: Branch, key: ExternalKey | None) -> None:
    """referanseEksternNoekkel"""
    if key is None:
        return
    part = parent.branch("referanseEksternNoekkel").within(CATALOGUE)
    part.need("fagsystem", key.system)
    part.need("noekkel", key.key)


def add_case_reference(parent: Branch, name: str, reference: CaseReference) -> None:
    """referanseTilMappe, by all that is known. Raises Refused when nothing is."""
    part = parent.branch(name).within(CATALOGUE)
    part.add("systemID", reference.id)
    if reference.number:
        number = part.branch("saksnummer")
        number.need("saksaar", reference.number[0])
        number.need("sakssekvensnummer", reference.number[1])
    add_key(part, reference.external_key)
    require_known(part, reference.id, reference.number, reference.external_key)


def add_entry_reference(parent: Branch, name: str, reference: EntryReference) -> None:
    """referanseTilRegistrering or referanseTilJournalpost, by all that is known. Raises Refused when nothing is."""
    part = parent.branch(name).within(CATALOGUE)
    part.add("systemID", reference.id)
    if reference.number:
        number = part.branch("journalnummer")
        number.need("journalaar", reference.number[0])
        number.need("journalsekvensnummer", reference.number[1])
    add_key(part, reference.external_key)
    require_known(part, reference.id, reference.number, reference.external_key)


def add_document_reference(parent: Branch, *, id: UUID | None, external_key: ExternalKey | None) -> None:
    """referanseTilDokumentbeskrivelse, by all that is known. Raises Refused when nothing is."""
    part = parent.branch("referanseTilDokumentbeskrivelse").within(CATALOGUE)
    part.add("systemID", id)
    add_key(part, external_key)
    require_known(part, id, external_key)


def require_known(part: Branch, *keys: object) -> None:
    """A reference must say something."""
    if not any(keys):
        raise Refused(f"{part.described()} refers to nothing: no id, no number, no key")


def add_restriction(parent: Branch, restriction: Restriction | None, sender: Sender, name: str = "skjerming") -> None:
    """skjerming; Fiks Arkiv has no list of what it hides, the marks stand on each part instead."""
    if restriction is None:
        return
    part = parent.branch(name)
    add_code(part, "tilgangsrestriksjon", restriction.access, sender)
    part.need("skjermingshjemmel", restriction.ground)
    part.add("skjermingOpphoererDato", restriction.ends_on)
    add_code(part, "skjermingOpphoererAksjon", restriction.when_it_ends, sender)


def fill_remark(part: Branch, remark: Remark, sender: Sender) -> None:
    """merknad"""
    part.need("merknadstekst", remark.text)
    add_code(part, "merknadstype", remark.kind, sender)
    part.need("merknadsdato", remark.at)
    part.need("merknadRegistrertAv", remark.by)
    part.need("erSkjermet", remark.is_restricted)


def add_cross_references(parent: Branch, references: tuple[CrossReference, ...]) -> None:
    """kryssreferanse; messages have none to classes."""
    for reference in references:
        part = parent.branch("kryssreferanse")
        if reference.to_case:
            add_case_reference(part, "referanseTilMappe", reference.to_case)
        if reference.to_entry:
            add_entry_reference(part, "referanseTilRegistrering", reference.to_entry)
        require_known(part, reference.to_case, reference.to_entry)


def fill_correspondent(
    part: Branch,
    correspondent: Correspondent,
    sender: Sender,
    *,
    restriction: Restriction | None,
    follow_ups: tuple[FollowUp, ...] = (),
) -> None:
    """korrespondansepart; in messages a follow-up stands on the one who had to answer."""
    add_code(part, "korrespondanseparttype", correspondent.kind, sender)
    part.need("erBehandlingsansvarlig", correspondent.is_responsible)
    part.need("korrespondansepartNavn", correspondent.name)
    part.add("organisasjonid", correspondent.organisation_number)
    part.add("epostadresse", correspondent.email)
    part.add("kontaktperson", correspondent.contact)
    add_named(part, "administrativEnhet", correspondent.unit)
    add_named(part, "saksbehandler", correspondent.case_handler)
    part.need("erSkjermet", masking.is_withheld(correspondent, restriction))
    part.need("erPersonnavn", correspondent.is_person)
    add_code(part, "forsendelsesmaate", correspondent.sent_by, sender)
    for follow_up in follow_ups:
        fill_follow_up(part.branch("avskrivning"), follow_up, sender)


def fill_follow_up(part: Branch, follow_up: FollowUp, sender: Sender) -> None:
    """avskrivning"""
    part.need("avskrivningsdato", follow_up.on)
    add_named(part, "avskrevetAv", follow_up.by)
    add_code(part, "avskrivningsmaate", follow_up.how, sender)
    if follow_up.answered_by:
        add_entry_reference(part, "referanseAvskrivesAvJournalpost", follow_up.answered_by)
    if follow_up.answers:
        add_entry_reference(part, "referanseAvskriverJournalpost", follow_up.answers)
