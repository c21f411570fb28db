"""The first element of an XML file, read without trusting the file: no DTD, no entities, nothing fetched."""

from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from xml.parsers import expat

CHUNK = 1 << 16
# A tag or value that is not complete after this many bytes is no archive content but an attack on memory.
LONGEST_TOKEN = 1 << 24


class Unreadable(Exception):
    """A file that is not well-formed XML, or that may not be read; `line` counts from 1, 0 when unknown."""

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.line = line


@dataclass(frozen=True, slots=True)
class Root:
    """A document's first element."""

    namespace: str
    name: str
    attributes: dict[str, str]


class _Found(Exception):
    """The first element has been read; there is no need to go on."""


def parser(*, namespaces: bool) -> expat.XMLParserType:
    """An expat parser that refuses every document type declaration, and with it all entities."""
    made = expat.ParserCreate(namespace_separator=" " if namespaces else None)
    made.buffer_text = True

    def refuse(*_about: object) -> None:
        raise Unreadable("Filen har en dokumenttypedeklarasjon (DOCTYPE); den leses ikke.", made.CurrentLineNumber)

    made.StartDoctypeDeclHandler = refuse
    return made


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        ...


def feed(reading: expat.XMLParserType, file: Readable) -> None:
    """Parse a whole file in pieces. Raises Unreadable for what is not well-formed, OSError when reading fails."""
    fed = 0
    while chunk := file.read(CHUNK):
        step(reading, chunk)
        fed += len(chunk)
        if fed - reading.CurrentByteIndex > LONGEST_TOKEN:
            raise Unreadable("Filen har en verdi uten rimelig slutt; den leses ikke videre.", reading.CurrentLineNumber)
    step(reading, b"", last=True)


def step(reading: expat.XMLParserType, chunk: bytes, *, last: bool = False) -> None:
    """Parse one piece. Raises Unreadable."""
    try:
        reading.Parse(chunk, last)
    except expat.ExpatError as error:
        raise Unreadable(f"Filen er ikke velformet XML: {expat.ErrorString(error.code)}.", error.lineno) from error
    except (LookupError, ValueError) as error:
        raise Unreadable("Filen oppgir et tegnsett som ikke kan leses.", reading.CurrentLineNumber) from error


def root_of(file: BinaryIO) -> Root:
    """The file's first element, and no more is read. Raises Unreadable when there is none, OSError."""
    reading, found = _root_reader(stop=True)
    with suppress(_Found):
        feed(reading, file)
    return found[0]


def well_formed(file: BinaryIO) -> Root:
    """Read the whole file. Returns its first element; raises Unreadable for what is not well-formed, OSError."""
    reading, found = _root_reader(stop=False)
    feed(reading, file)
    return found[0]


def _root_reader(*, stop: bool) -> tuple[expat.XMLParserType, list[Root]]:
    reading = parser(namespaces=True)
    found: list[Root] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        found.append(Root(namespace, local, attributes))
        reading.StartElementHandler = None
        if stop:
            raise _Found

    reading.StartElementHandler = start
    return reading, found
