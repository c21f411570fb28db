"""What arkivuttrekk.xml (ADDML) says about the deposit: its files and checksums, numbers and flags."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from torg.noark.schemas import opening

_LARGEST = 1 << 25
_DEEPEST = 30


@dataclass(slots=True)
class Property:
    """A property of ADDML with its own properties."""

    name: str
    value: str
    properties: list["Property"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Property"]:
        """The direct properties of that name."""
        return (one for one in self.properties if one.name == name)

    def first(self, name: str) -> "Property | None":
        """The first direct property of that name."""
        return next(self.all(name), None)

    def everywhere(self) -> Iterator["Property"]:
        """This property and all inside it."""
        yield self
        for one in self.properties:
            yield from one.everywhere()


@dataclass(frozen=True, slots=True)
class StatedFile:
    """A file that arkivuttrekk.xml names. An absent checksum, algorithm or value is None."""

    name: str
    of_object: str
    is_schema: bool
    is_main_schema: bool
    has_checksum: bool
    algorithm: str | None
    checksum: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """arkivuttrekk.xml, understood."""

    properties: tuple[Property, ...]
    objects: tuple[Property, ...]

    def value(self, name: str) -> str | None:
        """The value of the first property of that name about the whole deposit; None when it is absent."""
        for top in self.properties:
            for one in top.everywhere():
                if one.name == name:
                    return one.value
        return None

    def flag(self, name: str) -> bool:
        """A yes or no about the whole deposit; what is not said is no, as Arkade takes it."""
        return (self.value(name) or "").lower() in {"true", "1", "ja"}

    def occurrences(self, of_file: str, element: str) -> str | None:
        """The stated number of an element in an XML file, as written; None when it is not stated."""
        for about in self.objects:
            info = about.first("info")
            if info is None or of_file not in (f"{about.name}.xml", *names_of(about)):
                continue
            for one in info.all("numberOfOccurrences"):
                if one.value == element:
                    number = one.first("value")
                    return number.value if number else None
        return None

    def files(self) -> Iterator[StatedFile]:
        """Every file that is named, the XML files and their schemas."""
        for about in self.objects:
            for one in about.all("file"):
                yield stated_file(one, about.name, is_schema=False, is_main=False)
            for schema in about.all("schema"):
                for one in schema.all("file"):
                    yield stated_file(one, about.name, is_schema=True, is_main=schema.value == "main")

    @property
    def version(self) -> str:
        """The version of Noark 5 (“5.0”); empty when it is not stated."""
        for top in self.properties:
            for one in top.everywhere():
                if one.name == "type" and (version := one.first("version")):
                    return version.value
        return ""

    @property
    def is_sharp(self) -> bool:
        """Whether the period is separated sharply at both ends (skarpt periodeskille)."""
        both = (self.value("inngaaendeSkille") or "", self.value("utgaaendeSkille") or "")
        return all(one.lower().startswith("skarp") for one in both)


def names_of(about: Property) -> Iterator[str]:
    """The names of the XML files that a data object is about."""
    for file in about.all("file"):
        if name := file.first("name"):
            yield name.value


def stated_file(about: Property, of_object: str, *, is_schema: bool, is_main: bool) -> StatedFile:
    """One `file` property, understood."""
    name, checksum = about.first("name"), about.first("checksum")
    algorithm = checksum.first("algorithm") if checksum else None
    value = checksum.first("value") if checksum else None
    return StatedFile(
        name=name.value if name else "",
        of_object=of_object,
        is_schema=is_schema,
        is_main_schema=is_main,
        has_checksum=checksum is not None,
        algorithm=algorithm.value if algorithm else None,
        checksum=value.value if value else None,
    )


def read(file: BinaryIO, size: int) -> Stated:
    """Understand arkivuttrekk.xml. Raises opening.Unreadable and OSError."""
    if size > _LARGEST:
        raise opening.Unreadable("Filen er urimelig stor; den leses ikke.")
    opening.well_formed(file)
    file.seek(0)
    try:
        tree = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise opening.Unreadable(f"Filen kan ikke leses: {error.msg}", error.lineno or 0) from error
    inner: list[etree._Element] = []
    outer: list[etree._Element] = []
    for one in tree.iter("{*}dataObject"):
        (inner if next(one.iterancestors("{*}dataObject"), None) is not None else outer).append(one)
    return Stated(
        tuple(one for top in outer for one in properties(top)),
        tuple(Property(one.get("name", ""), "", properties(one)) for one in inner),
    )


def properties(element: etree._Element, depth: int = 0) -> list[Property]:
    """The properties directly about an element, with theirs; deeper than any template goes, nothing is looked at."""
    found: list[Property] = []
    if depth > _DEEPEST:
        return found
    for group in element.iterchildren("{*}properties"):
        for one in group.iterchildren("{*}property"):
            value = one.find("{*}value")
            text = (value.text or "").strip() if value is not None else ""
            found.append(Property(one.get("name", ""), text, properties(one, depth + 1)))
    return found
