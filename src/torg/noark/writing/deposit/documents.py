"""Documents of a deposit: their descriptions, and the path of each file in the package."""

from torg.noark import values
from torg.noark.objects import DocumentDescription, DocumentObject
from torg.noark.writing.deposit.parts import (
    add_deletion,
    add_disposal,
    add_executed_disposal,
    add_remarks,
    add_restriction,
)
from torg.noark.writing.formats import extension
from torg.noark.writing.tree import Branch, Refused

FOLDER = "DOKUMENT"


def path_of(file: DocumentObject) -> str:
    """Where a file lies in the package, relative to arkivstruktur.xml (M218).

    The name is the id: unique in all our deposits, and no name that a person chose can do harm. The folders keep
    each directory small.
    """
    name = str(file.id)
    return f"{FOLDER}/{name[:2]}/{name}.{extension(file.puid, file.file_name)}"


def add_documents(registration: Branch, documents: tuple[DocumentDescription, ...]) -> None:
    """dokumentbeskrivelse. Raises Refused for one that is not finished."""
    for document in documents:
        if document.status is not values.DocumentStatus.FINISHED:
            raise Refused(f"document {document.id} is not finished")
        part = registration.branch("dokumentbeskrivelse")
        add_description(part, document)
        add_remarks(part, document.remarks)
        add_disposal(part, document.disposal)
        add_executed_disposal(part, document.executed_disposal)
        add_deletion(part, document.deletion)
        add_restriction(part, document.restriction)
        for file in files_of(document):
            add_object(part, file)


def files_of(document: DocumentDescription) -> tuple[DocumentObject, ...]:
    """The files that go with a document: none when it was destroyed, whose metadata still stands (krav 6.4.27)."""
    return () if document.executed_disposal else document.objects


def add_description(part: Branch, document: DocumentDescription) -> None:
    """The document's own fields."""
    part.need("systemID", document.id)
    part.need("dokumenttype", document.kind.text or document.kind.code)
    part.need("dokumentstatus", document.status)
    part.need("tittel", document.title)
    part.add("beskrivelse", document.description)
    for author in document.authors:
        part.add("forfatter", author)
    part.need("opprettetDato", document.created_at)
    part.need("opprettetAv", document.created_by)
    part.add("dokumentmedium", document.medium)
    part.need("tilknyttetRegistreringSom", document.attached_as)
    part.need("dokumentnummer", document.number)
    part.need("tilknyttetDato", document.attached_at)
    part.need("tilknyttetAv", document.attached_by)


def add_object(document: Branch, file: DocumentObject) -> None:
    """dokumentobjekt"""
    part = document.branch("dokumentobjekt")
    part.need("systemID", file.id)
    part.need("versjonsnummer", file.version)
    part.need("variantformat", file.variant)
    part.need("format", file.puid)
    part.add("formatDetaljer", file.puid_name)
    part.need("opprettetDato", file.created_at)
    part.need("opprettetAv", file.created_by)
    part.need("referanseDokumentfil", path_of(file))
    part.need("sjekksum", file.sha256)
    part.need("sjekksumAlgoritme", "SHA256")
    part.need("filstoerrelse", file.size)
    for conversion in file.conversions:
        one = part.branch("konvertering")
        one.need("konvertertDato", conversion.at)
        one.need("konvertertAv", conversion.by)
        one.need("konvertertFraFormat", conversion.from_format)
        one.need("konvertertTilFormat", conversion.to_format)
        one.add("konverteringsverktoey", conversion.tool)
        one.add("konverteringskommentar", conversion.comment)
