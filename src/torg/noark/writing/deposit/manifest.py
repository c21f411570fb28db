"""arkivuttrekk.xml: what the deposit is, what it holds, and the checksum of every file but the documents (ADDML)."""

from dataclasses import dataclass

from torg.noark.writing.deposit.agreement import Agreement
from torg.noark.writing.deposit.tally import Tally
from torg.noark.writing.tree import XSI, Branch, Value, document, serialised

NAMESPACE = "http://www.arkivverket.no/standarder/addml"
TITLE = "Noark 5-arkivuttrekk"
VERSION = "5.0"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One XML file of the deposit: the schemas it is checked with, the first its own, and how many of what it holds."""

    name: str
    main_schemas: tuple[str, ...]
    counts: dict[str, int]


def manifest(agreement: Agreement, tally: Tally, parts: tuple[Part, ...], checksums: dict[str, str]) -> bytes:
    """The file, by the template of the standard's appendix 5. `checksums` are SHA-256 in hex by file name."""
    addml = document("addml", NAMESPACE, xsi=XSI)
    addml.element.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} addml.xsd")
    addml.element.set("name", TITLE)
    dataset = addml.branch("dataset")
    dataset.need("description", TITLE)
    add_reference(dataset.branch("reference"), agreement)
    outer = dataset.branch("dataObjects").branch("dataObject")
    outer.element.set("name", TITLE)
    info = property_of(outer.branch("properties"), "info").branch("properties")
    add_info(info, agreement, tally)
    objects = outer.branch("dataObjects")
    for part in parts:
        add_part(objects.branch("dataObject"), part, checksums)
    return serialised(addml)


def add_reference(reference: Branch, agreement: Agreement) -> None:
    """Who made it, in which system, and for which period."""
    context = reference.branch("context").branch("additionalElements")
    creators = element_of(context, "recordCreators").branch("additionalElements")
    for creator in agreement.fonds.creators:
        element_of(creators, "recordCreator", creator.name)
    element_of(context, "systemType", "Sakarkiv (Noark-5)")
    element_of(context, "systemName", agreement.system)
    element_of(context, "archive", agreement.fonds.title)
    content = reference.branch("content").branch("additionalElements")
    period = element_of(content, "archivalPeriod").branch("properties")
    property_of(period, "startDate", agreement.starts_on)
    property_of(period, "endDate", agreement.ends_on)


def add_info(info: Branch, agreement: Agreement, tally: Tally) -> None:
    """What kinds of things there are, and how many files."""
    kind = property_of(info, "type", "Noark 5")
    property_of(kind.branch("properties"), "version", VERSION)
    more = property_of(info, "additionalInfo").branch("properties")
    period = property_of(more, "periode").branch("properties")
    property_of(period, "inngaaendeSkille", agreement.separation_before.value)
    property_of(period, "utgaaendeSkille", agreement.separation_after.value)
    flags = {
        "inneholderSkjermetInformasjon": tally.has_restricted,
        "omfatterDokumenterSomErKassert": tally.has_executed_disposals,
        "inneholderDokumenterSomSkalKasseres": tally.has_disposals,
        "inneholderVirksomhetsspesifikkeMetadata": tally.has_own_metadata,
    }
    for name, flag in flags.items():
        property_of(more, name, flag, of_type="boolean")
    property_of(more, "antallDokumentfiler", tally.files, of_type="integer")


def add_part(data_object: Branch, part: Part, checksums: dict[str, str]) -> None:
    """One file, its schemas, and its counts."""
    data_object.element.set("name", part.name)
    properties = data_object.branch("properties")
    add_file(properties, f"{part.name}.xml", checksums)
    for schema in part.main_schemas:
        add_schema(properties, schema, checksums, value="main")
    add_schema(properties, "metadatakatalog.xsd", checksums)
    info = property_of(properties, "info").branch("properties")
    for name, count in part.counts.items():
        occurrences = property_of(info, "numberOfOccurrences", name).branch("properties")
        property_of(occurrences, "elementPath", f"//{name}")
        property_of(occurrences, "value", count, of_type="integer")


def add_schema(properties: Branch, name: str, checksums: dict[str, str], *, value: Value = None) -> None:
    """A schema: “main” is to be loaded by itself, others are imported by it."""
    schema = property_of(properties, "schema", value).branch("properties")
    add_file(schema, name, checksums)
    kind = property_of(schema, "type", "XML Schema")
    property_of(kind.branch("properties"), "version", "1.0")


def add_file(properties: Branch, name: str, checksums: dict[str, str]) -> None:
    """A file by name, with its format and checksum."""
    file = property_of(properties, "file").branch("properties")
    property_of(file, "name", name)
    property_of(property_of(file, "format", "XML").branch("properties"), "version", "1.0")
    checksum = property_of(file, "checksum").branch("properties")
    property_of(checksum, "algorithm", "SHA-256")
    property_of(checksum, "value", checksums[name])


def property_of(properties: Branch, name: str, value: Value = None, *, of_type: str = "") -> Branch:
    """A property with a value, or one that will have properties of its own."""
    return _named(properties, "property", name, value, of_type)


def element_of(elements: Branch, name: str, value: Value = None) -> Branch:
    """The same, as an additional element."""
    return _named(elements, "additionalElement", name, value, "")


def _named(parent: Branch, tag: str, name: str, value: Value, of_type: str) -> Branch:
    child = parent.branch(tag)
    if of_type:
        child.element.set("dataType", of_type)
    child.element.set("name", name)
    child.add("value", value)
    return child
