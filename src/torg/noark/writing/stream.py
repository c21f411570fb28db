"""A large document written piece by piece: only the piece at hand is in memory."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, BinaryIO

from lxml import etree

from torg.noark.writing.tree import TYPE, XSI, Branch

NONE: Mapping[str, str] = MappingProxyType({})
LOCATION = f"{{{XSI}}}schemaLocation"


class Stream:
    """Frames are written at once; pieces are built without a namespace and so take that of the frame around them.

    With a namespace of their own, each piece would declare it again.
    """

    def __init__(self, xml: Any, namespace: str) -> None:
        self._xml = xml
        self._prefix = f"{{{namespace}}}"

    @contextmanager
    def frame(self, name: str, *, kind: str = "", attributes: Mapping[str, str] = NONE) -> Iterator[None]:
        """An element that stays open while others are written into it; `kind` is its xsi:type."""
        with self._xml.element(self._prefix + name, {**attributes, TYPE: kind} if kind else attributes):
            self._xml.write("\n")
            yield
        self._xml.write("\n")

    def empty(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element that says all in its attributes."""
        with self._xml.element(self._prefix + name, attributes):
            pass
        self._xml.write("\n")

    def write(self, piece: Branch) -> None:
        """The children of the piece, into the open frame."""
        for child in piece.element:
            self._xml.write(child, pretty_print=True)


def piece(name: str = "piece") -> Branch:
    """An empty one, to be filled and written."""
    return Branch(etree.Element(name))


@contextmanager
def streamed(
    out: BinaryIO,
    name: str,
    namespace: str,
    *,
    schemas: str,
    attributes: Mapping[str, str] = NONE,
    prefixes: Mapping[str, str] = NONE,
) -> Iterator[Stream]:
    """A document whose outermost element names the schemas it belongs to, as pairs of namespace and file."""
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        spaces: dict[str | None, str] = {None: namespace, "xsi": XSI}
        spaces.update(prefixes.items())
        with xml.element(f"{{{namespace}}}{name}", {**attributes, LOCATION: schemas}, nsmap=spaces):
            xml.write("\n")
            yield Stream(xml, namespace)
