"""Just enough of DER to write, and of BER to read, one kind of CMS message."""

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05
_CONSTRUCTED, _HIGH_TAG, _INDEFINITE = 0x20, 0x1F, 0x80
_MOST_DEPTH = 40


class NotBer(ValueError):
    """The bytes are no BER that we read."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag, and its content as bytes; that of a constructed one is its children's encoding."""

    tag: int
    content: bytes

    def children(self) -> list["Element"]:
        """The elements inside."""
        return list(_elements(self.content))

    def octets(self) -> bytes:
        """The bytes of an octet string, in one piece or several."""
        if not self.tag & _CONSTRUCTED:
            return self.content
        return b"".join(child.octets() for child in self.children())


def encode(tag: int, *contents: bytes) -> bytes:
    """One element in DER."""
    content = b"".join(contents)
    return header(tag, len(content)) + content


def header(tag: int, length: int) -> bytes:
    """Tag and length of an element whose content follows."""
    if length < 0x80:
        return bytes((tag, length))
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size


def integer(value: int) -> bytes:
    """A number that is not negative."""
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    encoded = bytearray()
    for arc in (first * 40 + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | (arc & 0x7F))
        encoded += bytes(reversed(groups))
    return encode(OID, bytes(encoded))


def decode(data: bytes) -> Element:
    """The one element that these bytes are; raises NotBer."""
    return next(_elements(data))


def _elements(data: bytes) -> Iterator[Element]:
    position = 0
    while position < len(data):
        element, position = _element(data, position, _MOST_DEPTH)
        yield element
    if position == 0:
        raise NotBer("an element is missing")


def _element(data: bytes, position: int, depth: int) -> tuple[Element, int]:
    tag, length, start = _start(data, position)
    if length is not None:
        if start + length > len(data):
            raise NotBer("an element is longer than its message")
        return Element(tag, data[start : start + length]), start + length
    # Length unknown (Bouncy Castle writes streams so): the children tell, until two zero bytes.
    end = start
    while data[end : end + 2] != b"\x00\x00":
        if depth == 0:
            raise NotBer("elements lie too deep")
        _, end = _element(data, end, depth - 1)
    return Element(tag, data[start:end]), end + 2


def _start(data: bytes, position: int) -> tuple[int, int | None, int]:
    try:
        tag, first = data[position], data[position + 1]
        if tag & _HIGH_TAG == _HIGH_TAG:
            raise NotBer("a tag is of a kind that is not used here")
        if first < _INDEFINITE:
            return tag, first, position + 2
        if first == _INDEFINITE:
            return tag, None, position + 2
    except IndexError as error:
        raise NotBer("an element is cut off") from error
    count = first & 0x7F
    return tag, int.from_bytes(data[position + 2 : position + 2 + count], "big"), position + 2 + count
