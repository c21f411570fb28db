"""loependeJournal.xml and offentligJournal.xml: the same entries, as the archive and as the public may read them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from lxml import etree

from torg.noark.objects import CaseFile, Class, Correspondent, Creator, FollowUp, JournalEntry, Restriction
from torg.noark.values import HiddenMetadata
from torg.noark.writing import masking
from torg.noark.writing.deposit.parts import id_of
from torg.noark.writing.stream import piece, streamed
from torg.noark.writing.tree import Branch, Refused

NAMESPACES = "http://www.arkivverket.no/standarder/noark5/"

CASE_PARTS = (HiddenMetadata.CASE_TITLE_WORDS, HiddenMetadata.CASE_TITLE_BUT_FIRST_LINE)
ENTRY_PARTS = (HiddenMetadata.ENTRY_TITLE_WORDS, HiddenMetadata.ENTRY_TITLE_BUT_FIRST_LINE, HiddenMetadata.TEMPORARY)


def write(out: BinaryIO, name: str, entries: Iterable[bytes], head: Branch) -> None:
    """One journal, from the entries that `running` or `public` made, in the order given."""
    namespace = NAMESPACES + name
    with streamed(out, name, namespace, schemas=f"{namespace} {name}.xsd") as stream:
        stream.write(head)
        for entry in entries:
            with stream.frame("journalregistrering"):
                stream.write(Branch(etree.fromstring(entry)))


def head(creators: Iterable[Creator], *, starts_on: date, ends_on: date, count: int) -> Branch:
    """journalhode"""
    outer = piece()
    part = outer.branch("journalhode")
    part.need("journalStartDato", starts_on)
    part.need("journalSluttDato", ends_on)
    part.need("antallJournalposter", count)
    for creator in creators:
        one = part.branch("arkivskaper")
        one.need("arkivskaperID", creator.id)
        one.need("arkivskaperNavn", creator.name)
        one.add("beskrivelse", creator.description)
    return outer


def running(one: Class, case_file: CaseFile, entry: JournalEntry) -> bytes:
    """An entry with all that the archive knows, and marks on what is withheld."""
    row = piece("journalregistrering")
    klasse = row.branch("klasse")
    klasse.need("klasseID", one.class_id)
    klasse.need("tittel", one.title)
    for hidden in hidden_of(one.restriction, (HiddenMetadata.CLASS_ID, HiddenMetadata.CLASS_TITLE)):
        klasse.add("skjermingMetadata", hidden)
    add_case(row, case_file)
    add_entry(row, entry)
    return etree.tostring(row.element, encoding="utf-8")


def public(one: Class, case_file: CaseFile, entry: JournalEntry) -> bytes:
    """The same entry, without what is withheld (krav 5.2.6, 5.2.9)."""
    row = piece("journalregistrering")
    if not masking.hides(one.restriction, HiddenMetadata.CLASS_ID):
        klasse = row.branch("klasse")
        klasse.need("klasseID", one.class_id)
        is_hidden = masking.hides(one.restriction, HiddenMetadata.CLASS_TITLE)
        klasse.need("tittel", masking.MASK if is_hidden else one.title)
    add_public_case(row, case_file)
    add_public_entry(row, entry)
    return etree.tostring(row.element, encoding="utf-8")


def add_case(row: Branch, case_file: CaseFile) -> None:
    """saksmappe of the running journal"""
    part = row.branch("saksmappe")
    part.need("mappeID", case_file.file_id)
    part.need("saksaar", case_file.year)
    part.need("sakssekvensnummer", case_file.number)
    part.need("tittel", case_file.title)
    part.need("offentligTittel", masking.public_case_title(case_file))
    part.add("skjermingMetadata", next(hidden_of(case_file.restriction, CASE_PARTS), None))
    part.need("administrativEnhet", case_file.unit)
    part.need("saksansvarlig", case_file.responsible)
    part.add("referanseArkivdel", case_file.series)


def add_entry(row: Branch, entry: JournalEntry) -> None:
    """journalpost of the running journal"""
    part = row.branch("journalpost")
    add_numbers(part, entry)
    part.need("tittel", entry.title)
    part.need("offentligTittel", masking.public_title(entry))
    part.add("offentlighetsvurdertDato", entry.access_assessed_on)
    part.add("skjermingMetadata", next(hidden_of(entry.restriction, ENTRY_PARTS), None))
    part.need("journaldato", entry.journaled_on)
    part.add("dokumentetsDato", entry.document_on)
    part.need("antallVedlegg", entry.attachment_count)
    follow_up = add_follow_up(part, entry)
    add_handler(part, entry)
    part.add("journalenhet", entry.journal_unit)
    part.add("referanseAvskrivesAvJournalpost", id_of(follow_up.answered_by) if follow_up else None)
    add_ground(part, entry.restriction)
    for correspondent in correspondents_of(entry):
        person = part.branch("korrespondansepart")
        person.need("korrespondanseparttype", correspondent.kind)
        person.need("korrespondansepartNavn", correspondent.name)
        if masking.is_withheld(correspondent, entry.restriction):
            person.add("skjermingMetadata", masking.name_kind(correspondent))


def add_public_case(row: Branch, case_file: CaseFile) -> None:
    """saksmappe of the public journal"""
    part = row.branch("saksmappe")
    part.need("mappeID", case_file.file_id)
    part.need("saksaar", case_file.year)
    part.need("sakssekvensnummer", case_file.number)
    part.need("offentligTittel", masking.public_case_title(case_file))
    part.need("administrativEnhet", case_file.unit)
    part.need("saksansvarlig", case_file.responsible)
    if case_file.restriction:
        part.need("tilgangsrestriksjon", case_file.restriction.access)
        part.need("skjermingshjemmel", case_file.restriction.ground)


def add_public_entry(row: Branch, entry: JournalEntry) -> None:
    """journalpost of the public journal"""
    part = row.branch("journalpost")
    add_numbers(part, entry)
    part.need("offentligTittel", masking.public_title(entry))
    part.add("skjermingMetadata", next(hidden_of(entry.restriction, ENTRY_PARTS), None))
    part.need("journaldato", entry.journaled_on)
    part.add("dokumentetsDato", entry.document_on)
    follow_up = add_follow_up(part, entry)
    add_handler(part, entry)
    part.add("referanseAvskrivesAvJournalpost", id_of(follow_up.answered_by) if follow_up else None)
    add_ground(part, entry.restriction)
    for correspondent in correspondents_of(entry):
        person = part.branch("korrespondansepart")
        person.need("korrespondanseparttype", correspondent.kind)
        person.need("korrespondansepartNavn", masking.public_name(correspondent, entry.restriction))


def add_numbers(part: Branch, entry: JournalEntry) -> None:
    """What names the entry."""
    part.need("systemID", entry.id)
    part.add("registreringsID", entry.registration_id)
    part.need("journalaar", entry.year)
    part.need("journalsekvensnummer", entry.sequence_number)
    part.need("journalpostnummer", entry.number)


def add_follow_up(part: Branch, entry: JournalEntry) -> FollowUp | None:
    """The first follow-up: the journals have room for one."""
    follow_up = next((one for one in entry.follow_ups if one.answers is None), None)
    if follow_up:
        part.need("avskrivningsdato", follow_up.on)
        part.need("avskrivningsmaate", follow_up.how)
    return follow_up


def add_handler(part: Branch, entry: JournalEntry) -> None:
    """Who in the municipality has it."""
    internal = next((one for one in entry.correspondents if one.kind.is_internal), None)
    if internal:
        part.add("administrativEnhet", internal.unit)
        part.add("saksbehandler", internal.case_handler)


def add_ground(part: Branch, restriction: Restriction | None) -> None:
    """Why something is withheld."""
    if restriction:
        part.need("tilgangsrestriksjon", restriction.access)
        part.need("skjermingshjemmel", restriction.ground)


def correspondents_of(entry: JournalEntry) -> tuple[Correspondent, ...]:
    """All of them. Raises Refused when there is none: the journals demand one (krav 2.6.3)."""
    if not entry.correspondents:
        raise Refused(f"journal entry {entry.registration_id or entry.id} has no correspondent")
    return entry.correspondents


def hidden_of(restriction: Restriction | None, kinds: tuple[HiddenMetadata, ...]) -> Iterator[HiddenMetadata]:
    """What is withheld of these kinds."""
    return (one for one in (restriction.hides if restriction else ()) if one in kinds)
