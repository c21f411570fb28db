"""Reading what an archive core answers. It comes from outside: no entities, no network, nothing taken for granted."""

from collections.abc import Iterator
from enum import Enum
from typing import assert_never
from uuid import UUID

from lxml import etree

from torg.noark.objects import ExternalKey
from torg.noark.values import Coded
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
from torg.noark.writing.arkivmelding.messages import PROTOCOL


class Shape(Enum):
    """The outermost element of each answer, with its namespace."""

    RECEIPT = "arkivmelding/opprett/kvittering/v1", "arkivmeldingKvittering"
    FILE_RECEIPT = "dokumentobjekt/opprett/kvittering/v1", "dokumentobjektOpprettKvittering"
    CODES = "kodeliste/hent/resultat/v1", "KodeListe"
    KEYS = "sokeresultat/noekler/v1", "sokeresultatNoekler"
    MINIMUM = "sokeresultat/minimum/v1", "sokeresultatMinimum"
    ALL = "sokeresultat/utvidet/v1", "sokeresultat"
    ENTRY = "registrering/hent/resultat/v1", "registreringHentResultat"
    CASE = "mappe/hent/resultat/v1", "mappeHentResultat"
    INVALID = "feil/ugyldigforespoersel/v1", "ugyldigforespoersel"
    SERVER = "feil/serverfeil/v1", "serverfeil"
    NOT_FOUND = "feil/ikkefunnet/v1", "ikkefunnet"


def read(content: bytes) -> Answer:
    """The answer in the bytes of a payload. Raises Unreadable."""
    root = parsed(content)
    try:
        shape = next(one for one in Shape if etree.QName(PROTOCOL + one.value[0], one.value[1]).text == root.tag)
        return understood(shape, root)
    except StopIteration as unknown:
        raise Unreadable(f"“{etree.QName(root).localname}” is no answer of Fiks Arkiv v1") from unknown
    except ValueError as wrong:
        raise Unreadable(str(wrong)) from wrong


def parsed(content: bytes) -> etree._Element:
    """The tree, of a document that declares no entities. Raises Unreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as wrong:
        raise Unreadable(str(wrong)) from wrong
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("a document type declaration has no place in a message")
    return root


def understood(shape: Shape, root: etree._Element) -> Answer:
    """The answer that has this shape."""
    match shape:
        case Shape.RECEIPT:
            return receipt(root)
        case Shape.FILE_RECEIPT:
            return FileReceipt(id=UUID(text(root, "systemID")))
        case Shape.CODES:
            listed = (Coded(text(one, "kode"), text(one, "beskrivelse")) for one in children(root, "liste"))
            return CodeList(codes=tuple(listed))
        case Shape.KEYS | Shape.MINIMUM | Shape.ALL:
            found = [thing for hits in children(root, "resultatListe") for hit in hits for thing in hit]
            return found_in(found, total=int(text(root, "count")))
        case Shape.ENTRY | Shape.CASE:
            return found_in(list(root), total=len(root))
        case Shape.INVALID | Shape.SERVER | Shape.NOT_FOUND:
            return Failure(cause=Cause(etree.QName(root).localname), problem=problem(root))
        case _:
            assert_never(shape)


def receipt(root: etree._Element) -> Receipt:
    """arkivmeldingKvittering"""
    case, entry = child(root, "mappeKvittering"), child(root, "registreringKvittering")
    case_failed, entry_failed = child(root, "mappeFeilet"), child(root, "registreringFeilet")
    return Receipt(
        case=None if case is None else case_receipt(case),
        case_problem=None if case_failed is None else problem(case_failed),
        entry=None if entry is None else entry_receipt(entry),
        entry_problem=None if entry_failed is None else problem(entry_failed),
    )


def case_receipt(part: etree._Element) -> CaseReceipt:
    """mappeKvittering"""
    return CaseReceipt(
        id=UUID(text(part, "systemID")),
        is_new=is_new(part),
        year=number(part, "saksaar"),
        number=number(part, "sakssekvensnummer"),
        file_id=text(part, "mappeID"),
        external_key=key(part),
    )


def entry_receipt(part: etree._Element) -> EntryReceipt:
    """registreringKvittering"""
    documents = (
        (number(one, "dokumentnummer"), UUID(text(one, "systemID")))
        for one in children(part, "dokumentbeskrivelseKvittering")
    )
    return EntryReceipt(
        id=UUID(text(part, "systemID")),
        is_new=is_new(part),
        year=number(part, "journalaar"),
        sequence_number=number(part, "journalsekvensnummer"),
        number=number(part, "journalpostnummer"),
        registration_id=text(part, "registreringsID"),
        external_key=key(part),
        documents=tuple((place, one) for place, one in documents if place is not None),
    )


def problem(part: etree._Element) -> Problem:
    """feilmeldingBase"""
    return Problem(reference=text(part, "feilId"), text=text(part, "feilmelding"))


def found_in(things: list[etree._Element], *, total: int) -> Found:
    """What there is of case files and registrations."""
    cases = [one for one in things if etree.QName(one).localname in ("mappe", "saksmappe")]
    kinds = ("registrering", "journalpost", "journalpostMedSaksmappe")
    entries = [one for one in things if etree.QName(one).localname in kinds]
    return Found(total=total, cases=tuple(map(found_case, cases)), entries=tuple(map(found_entry, entries)))


def found_case(part: etree._Element) -> FoundCase:
    """mappe, saksmappe; a search for keys puts the number in an element of its own"""
    numbered = child(part, "saksnummer")
    status = child(part, "saksstatus")
    return FoundCase(
        id=identity(part),
        title=text(part, "tittel"),
        year=number(part if numbered is None else numbered, "saksaar"),
        number=number(part if numbered is None else numbered, "sakssekvensnummer"),
        status="" if status is None else text(status, "kode"),
        external_key=key(part),
    )


def found_entry(part: etree._Element) -> FoundEntry:
    """registrering, journalpost"""
    people = children(part, "korrespondansepart")
    return FoundEntry(
        id=identity(part),
        title=text(part, "tittel"),
        year=number(part, "journalaar"),
        sequence_number=number(part, "journalsekvensnummer"),
        number=number(part, "journalpostnummer"),
        external_key=key(part),
        correspondents=tuple(
            (text(one, "korrespondansepartID"), text(one, "korrespondansepartNavn")) for one in people
        ),
    )


def is_new(part: etree._Element) -> bool:
    """opprettetEllerEksisterende"""
    return text(part, "opprettetEllerEksisterende") == "Opprettet"


def identity(part: etree._Element) -> UUID | None:
    """systemID"""
    said = text(part, "systemID")
    return UUID(said) if said else None


def key(part: etree._Element) -> ExternalKey | None:
    """referanseEksternNoekkel"""
    found = child(part, "referanseEksternNoekkel")
    return None if found is None else ExternalKey(system=text(found, "fagsystem"), key=text(found, "noekkel"))


def number(part: etree._Element, name: str) -> int | None:
    """A whole number, or none."""
    said = text(part, name)
    return int(said) if said else None


def text(part: etree._Element, name: str) -> str:
    """The text of a child, empty when there is none."""
    found = child(part, name)
    return "" if found is None else (found.text or "").strip()


def child(part: etree._Element, name: str) -> etree._Element | None:
    """The first child of this name: parts of one answer stand in three namespaces, and no name is in two."""
    return next(children(part, name), None)


def children(part: etree._Element, name: str) -> Iterator[etree._Element]:
    """All children of this name."""
    return part.iterchildren(f"{{*}}{name}")
