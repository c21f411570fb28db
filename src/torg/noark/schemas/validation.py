"""Holding a file against a schema in one stream, without fetching anything and without building the whole tree."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from torg.noark.schemas import opening

_CHUNK = 1 << 16
_XSD = "http://www.w3.org/2001/XMLSchema"
_BASE = "package:/"


class BrokenSchema(Exception):
    """The schema itself cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a file breaks its schema; `line` counts from 1."""

    line: int
    text: str


class _Beside(etree.Resolver):
    """Answers an import with the file of that name that stands beside, and every other address with nothing.

    libxml2 expands the entities of an imported schema; one that declares any is therefore not handed over.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files
        self.problem = ""

    def resolve(self, system_url: str, public_id: str, *context: Any) -> Any:
        name = system_url.replace("\\", "/").rsplit("/", 1)[-1]
        try:
            content = self._files[name]
            attributes_of(name, content)
        except KeyError:
            self.problem = f"Skjemaet henviser til {name}, som ikke ligger ved siden av."
            raise
        except BrokenSchema as problem:
            self.problem = str(problem)
            raise
        return self.resolve_string(content, *context, base_url=_BASE + name)


def compiled(files: Mapping[str, bytes], main: str, also: Mapping[str, str] | None = None) -> etree.XMLSchema:
    """A schema ready for use.

    `files` are the bytes of it and of all that it may import, by file name; `also` are further schemas to know,
    file name by namespace (the archive's own metadata). Raises BrokenSchema.
    """
    namespace = attributes_of(main, files[main]).get("targetNamespace", "")
    content = together({namespace: main, **also}) if also else files[main]
    # Under a name of its own: a wrapper with the main schema's name would import itself.
    base = _BASE + ("_together_.xsd" if also else main)
    beside = _Beside(files)
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    reader.resolvers.add(beside)
    try:
        return etree.XMLSchema(etree.parse(io.BytesIO(content), reader, base_url=base))
    except etree.LxmlError as error:
        raise BrokenSchema(f"{main} kan ikke brukes som skjema: {beside.problem or error}") from error


def together(schemas: Mapping[str, str]) -> bytes:
    """A schema that imports several, file name by namespace, so that one pass knows them all."""
    wrapper = etree.Element(f"{{{_XSD}}}schema")
    for namespace, name in schemas.items():
        etree.SubElement(wrapper, f"{{{_XSD}}}import", namespace=namespace, schemaLocation=name)
    return etree.tostring(wrapper)


def attributes_of(name: str, schema: bytes) -> dict[str, str]:
    """What a schema says of itself (targetNamespace, version). Raises BrokenSchema."""
    try:
        return opening.root_of(io.BytesIO(schema)).attributes
    except opening.Unreadable as problem:
        raise BrokenSchema(f"{name}: {problem.text}") from problem


def faults(opened: Callable[[], BinaryIO], schema: etree.XMLSchema, *, most: int) -> list[Fault]:
    """Where a file breaks its schema, the first `most` of them. Raises opening.Unreadable and OSError.

    A file that is right is read once. One that is not is read again up to the faults, line by line, for libxml2
    does not tell the line of a fault in a stream.
    """
    with opened() as file:
        root = opening.well_formed(file)
    with opened() as file:
        right = pieces_that_are_right(file, _Stream(schema, root))
    if right is None:
        return []
    with opened() as file:
        return list(told(file, _Stream(schema, root), right, most))


def pieces_that_are_right(file: BinaryIO, stream: "_Stream") -> int | None:
    """How many pieces were read before the one with the first fault; None when there is no fault."""
    read = 0
    while chunk := file.read(_CHUNK):
        stream.feed(chunk)
        if stream.faults():
            return read
        read += 1
    stream.close()
    return max(read - 1, 0) if stream.faults() else None


def told(file: BinaryIO, stream: "_Stream", right: int, most: int) -> Iterator[Fault]:
    """The faults with their lines, looked for line by line after the pieces that are right."""
    line, seen = 1, 0
    for _ in range(right):
        chunk = file.read(_CHUNK)
        stream.feed(chunk)
        line += chunk.count(b"\n")
    for text in iter(lambda: file.readline(_CHUNK), b""):
        stream.feed(text)
        found = stream.faults()
        yield from (Fault(line, shortened(message)) for message in found[seen:most])
        seen = len(found)
        if seen >= most:
            return
        line += text.endswith(b"\n")
    stream.close()
    yield from (Fault(line, shortened(message)) for message in stream.faults()[seen:most])


def shortened(message: str) -> str:
    """libxml2's text without the namespaces that make it unreadable."""
    parts = message.split("{")
    return parts[0] + "".join(part.split("}", 1)[-1] for part in parts[1:])


class _Stream:
    """A pull parser with a schema, whose tree is cut down to the open elements after every piece."""

    def __init__(self, schema: etree.XMLSchema, root: opening.Root) -> None:
        # Only the root is asked for: an event for every element would cost more than the validation.
        tag = f"{{{root.namespace}}}{root.name}" if root.namespace else root.name
        self._parser = etree.XMLPullParser(
            events=("start",), tag=tag, schema=schema, resolve_entities=False, no_network=True, load_dtd=False
        )
        self._root: Any = None

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes. Raises opening.Unreadable."""
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            self._judge(error)
        self._forget()

    def close(self) -> None:
        """Say that there is no more. Raises opening.Unreadable when the file ended too early."""
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            self._judge(error)

    def faults(self) -> list[str]:
        """What the schema has found so far."""
        return [entry.message for entry in self._parser.feed_error_log]

    def _judge(self, error: etree.XMLSyntaxError) -> None:
        others = [entry for entry in self._parser.feed_error_log if entry.domain_name != "SCHEMASV"]
        if others or not self._parser.feed_error_log:
            text = others[0].message if others else error.msg
            raise opening.Unreadable(f"Filen kan ikke leses: {text}", others[0].line if others else 0) from error

    def _forget(self) -> None:
        for _event, element in self._parser.read_events():
            self._root = element if self._root is None else self._root
        element = self._root
        while element is not None and len(element):
            del element[:-1]
            element = element[-1]
