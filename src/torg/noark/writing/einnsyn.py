"""Requests to eInnsyn, the state's portal of public journals: what the public may see of cases and entries.

eInnsyn takes two texts of each title and name: one to show, and one “with sensitive information” that can be searched
for a year, as the regulation on access allows for personal names (offentlegforskrifta § 6). The second has been seen
in answers to anyone, so what is withheld by law is masked in both.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from torg.noark.objects import CaseFile, Correspondent, DocumentDescription, DocumentObject, JournalEntry, Restriction
from torg.noark.values import AttachedAs, CorrespondentType, EntryType, HiddenMetadata, Variant
from torg.noark.writing import masking
from torg.noark.writing.text import legible
from torg.noark.writing.tree import Refused

Json = dict[str, object]

ENTRY_TYPES = {
    EntryType.INCOMING: "inngaaende_dokument",
    EntryType.OUTGOING: "utgaaende_dokument",
    EntryType.INTERNAL: "organinternt_dokument_uten_oppfoelging",
    EntryType.INTERNAL_FOLLOWED_UP: "organinternt_dokument_for_oppfoelging",
    EntryType.CASE_DRAFT: "saksframlegg",
}
CORRESPONDENT_TYPES = {
    CorrespondentType.SENDER: "avsender",
    CorrespondentType.RECIPIENT: "mottaker",
    CorrespondentType.COPY_RECIPIENT: "kopimottaker",
    CorrespondentType.GROUP_RECIPIENT: "gruppemottaker",
    CorrespondentType.INTERNAL_SENDER: "intern_avsender",
    CorrespondentType.INTERNAL_RECIPIENT: "intern_mottaker",
}
ATTACHED_AS = {AttachedAs.MAIN_DOCUMENT: "hoveddokument", AttachedAs.ATTACHMENT: "vedlegg"}


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call of the API: the path below its root, and the body as JSON in UTF-8, empty when there is none."""

    method: str
    path: str
    body: bytes = b""


def publish_case(case_file: CaseFile, *, series: str, accessible_after: datetime | None = None) -> Request:
    """Creates a case file in the series that eInnsyn knows by this id. Raises Refused for one without a number."""
    body = case_body(case_file) | embargo(accessible_after)
    return request("POST", f"/arkivdel/{series}/saksmappe", body)


def publish_entry(
    entry: JournalEntry,
    *,
    case: str,
    files: Mapping[UUID, str] | None = None,
    accessible_after: datetime | None = None,
) -> Request:
    """Creates a journal entry in the case file that eInnsyn knows by this id.

    `files` are the addresses of those document objects that someone has cleared for the public, by their id; no other
    file is mentioned. Raises Refused for an entry without a number.
    """
    body = entry_body(entry, files or {}) | embargo(accessible_after)
    return request("POST", f"/saksmappe/{case}/journalpost", body)


def correct_case(case_file: CaseFile, *, id: str) -> Request:
    """Says anew what a case file that eInnsyn has is."""
    return request("PATCH", f"/saksmappe/{id}", case_body(case_file))


def correct_entry(entry: JournalEntry, *, id: str) -> Request:
    """Says anew what a journal entry that eInnsyn has is; correspondents and documents have requests of their own."""
    body = entry_body(entry, {})
    return request("PATCH", f"/journalpost/{id}", {name: body[name] for name in body if name not in PARTS})


def withdraw_entry(*, id: str) -> Request:
    """Takes a journal entry out of eInnsyn; in our own journal it stays."""
    return Request(method="DELETE", path=f"/journalpost/{id}")


PARTS = ("korrespondansepart", "dokumentbeskrivelse")


def case_body(case_file: CaseFile) -> Json:
    """SaksmappeCreate"""
    if case_file.year is None or case_file.number is None:
        raise Refused(f"case file {case_file.id} has no number")
    shown = masking.public_case_title(case_file)
    kinds = (HiddenMetadata.CASE_TITLE_WORDS, HiddenMetadata.CASE_TITLE_BUT_FIRST_LINE, HiddenMetadata.PARTY_NAME)
    is_hidden = any(masking.hides(case_file.restriction, kind) for kind in kinds)
    return {
        "systemId": str(case_file.id),
        "saksaar": case_file.year,
        "sakssekvensnummer": case_file.number,
        "saksdato": case_file.dated_on.isoformat(),
        "offentligTittel": legible(shown),
        "offentligTittelSensitiv": legible(shown if is_hidden else case_file.title),
        "administrativEnhet": legible(case_file.unit),
    }


def entry_body(entry: JournalEntry, files: Mapping[UUID, str]) -> Json:
    """JournalpostCreate"""
    if entry.year is None or entry.sequence_number is None or entry.number is None:
        raise Refused(f"journal entry {entry.id} has no number")
    body: Json = {
        "systemId": str(entry.id),
        "journalaar": entry.year,
        "journalsekvensnummer": entry.sequence_number,
        "journalpostnummer": entry.number,
        "journalposttype": ENTRY_TYPES[entry.kind],
        "journaldato": entry.journaled_on.isoformat(),
        "offentligTittel": legible(shown_title(entry)),
        "offentligTittelSensitiv": legible(searchable_title(entry)),
        "korrespondansepart": [correspondent_body(one, entry.restriction) for one in entry.correspondents],
        "dokumentbeskrivelse": [document_body(one, entry, files) for one in entry.documents],
    }
    if entry.document_on:
        body["dokumentetsDato"] = entry.document_on.isoformat()
    if entry.restriction:
        body["skjerming"] = {
            "tilgangsrestriksjon": entry.restriction.access.text,
            "skjermingshjemmel": legible(entry.restriction.ground),
        }
    return body


def shown_title(entry: JournalEntry) -> str:
    """The public title, without the names of persons that it mentions and that this entry concerns."""
    persons = (one.name for one in entry.correspondents if one.is_person)
    return masking.without_names(masking.public_title(entry), persons)


def searchable_title(entry: JournalEntry) -> str:
    """The title with its names, unless something in it, or the name of anyone it concerns, is withheld."""
    kinds = (HiddenMetadata.ENTRY_TITLE_WORDS, HiddenMetadata.ENTRY_TITLE_BUT_FIRST_LINE)
    is_hidden = any(masking.hides(entry.restriction, kind) for kind in kinds)
    is_hidden |= any(masking.is_withheld(one, entry.restriction) for one in entry.correspondents)
    return masking.public_title(entry) if is_hidden else entry.title


def correspondent_body(correspondent: Correspondent, restriction: Restriction | None) -> Json:
    """KorrespondansepartCreateItem; a person's name is shown masked and can be searched for a year."""
    is_withheld = masking.is_withheld(correspondent, restriction)
    name = legible(correspondent.name)
    body: Json = {
        "korrespondanseparttype": CORRESPONDENT_TYPES[correspondent.kind],
        "korrespondansepartNavn": masking.MASK if is_withheld or correspondent.is_person else name,
        "korrespondansepartNavnSensitiv": masking.MASK if is_withheld else name,
        "erBehandlingsansvarlig": correspondent.is_responsible,
    }
    if correspondent.kind.is_internal and correspondent.unit:
        body["administrativEnhet"] = legible(correspondent.unit)
    return body


def document_body(document: DocumentDescription, entry: JournalEntry, files: Mapping[UUID, str]) -> Json:
    """Dokumentbeskrivelse; a main document is called what the entry is, since nobody masks titles of documents."""
    is_main = document.attached_as is AttachedAs.MAIN_DOCUMENT
    restriction = document.restriction or entry.restriction
    is_hidden = restriction is not None or any(masking.is_withheld(one, restriction) for one in entry.correspondents)
    title = masking.MASK if is_hidden else legible(document.title)
    shown = legible(shown_title(entry)) if is_main else title
    return {
        "systemId": str(document.id),
        "dokumentnummer": document.number,
        "tilknyttetRegistreringSom": ATTACHED_AS[document.attached_as],
        "dokumenttype": legible(document.kind.text or document.kind.code),
        "tittel": shown,
        "tittelSensitiv": legible(searchable_title(entry)) if is_main else title,
        "dokumentobjekt": [
            file_body(one, files[one.id])
            for one in document.objects
            if one.id in files and (document.restriction is None or one.variant is Variant.REDACTED)
        ],
    }


def file_body(file: DocumentObject, address: str) -> Json:
    """Dokumentobjekt"""
    return {
        "referanseDokumentfil": address,
        "format": file.puid_name or file.puid,
        "sjekksum": file.sha256,
        "sjekksumAlgoritme": "SHA-256",
    }


def embargo(until: datetime | None) -> Json:
    """Not for the public before then."""
    return {"accessibleAfter": until.isoformat()} if until else {}


def request(method: str, path: str, body: Json) -> Request:
    """With the body as bytes; keys keep their order, so the same thing said is the same bytes."""
    return Request(method=method, path=path, body=json.dumps(body, ensure_ascii=False).encode())
