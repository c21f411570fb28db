"""MP4 files (films, and sound as M4A) without what they tell besides picture and sound, by ISO/IEC 14496-12.

Boxes are blanked in place and become free space, so that no offset in the file changes and nothing is coded anew.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

# Boxes that hold boxes, on the way to what is blanked.
CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf", b"mvex"})
# Places, names, cameras and dates: user data, metadata, makers' own boxes.
TELLING = frozenset({b"udta", b"meta", b"uuid", b"gps ", b"skip", b"free", b"wide"})
HEADERS = frozenset({b"mvhd", b"tkhd", b"mdhd"})
# Picture, sound, subtitles; any other track may be a trail of positions.
PLAIN_TRACKS = frozenset({b"vide", b"soun", b"sbtl", b"text", b"subt", b"clcp"})
DEEPEST = 12
EPOCH_BYTES = {0: 8, 1: 16}


class NotStripped(Exception):
    """The file is not built as we know it, or holds a track that we cannot judge."""


class Box(NamedTuple):
    """One box: its type, where its content begins, and where it ends."""

    name: bytes
    start: int
    content: int
    end: int


def stripped(data: bytes) -> bytes:
    """The same film or sound with user data, metadata and times blanked; raises NotStripped."""
    kept = bytearray(data)
    tops = list(_boxes(data, 0, len(data)))
    if not tops or tops[0].name != b"ftyp" or b"moov" not in {box.name for box in tops}:
        raise NotStripped("no MP4 file")
    _blank(kept, tops, depth=0)
    return bytes(kept)


def _blank(kept: bytearray, boxes: list[Box], *, depth: int) -> None:
    if depth > DEEPEST:
        raise NotStripped("boxes lie too deep")
    for box in boxes:
        if box.name in TELLING:
            kept[box.start + 4 : box.start + 8] = b"free"
            kept[box.content : box.end] = bytes(box.end - box.content)
        elif box.name in HEADERS:
            _blank_times(kept, box)
        elif box.name == b"hdlr":
            _blank_name(kept, box)
        elif box.name in CONTAINERS:
            _blank(kept, list(_boxes(kept, box.content, box.end)), depth=depth + 1)


def _blank_times(kept: bytearray, box: Box) -> None:
    """When it was made and changed."""
    length = EPOCH_BYTES.get(kept[box.content]) if box.content < box.end else None
    if length is None or box.content + 4 + length > box.end:
        raise NotStripped("a header of an unknown form")
    kept[box.content + 4 : box.content + 4 + length] = bytes(length)


def _blank_name(kept: bytearray, box: Box) -> None:
    """What the maker calls the track; its kind decides whether we know what is in it."""
    if box.content + 24 > box.end:
        raise NotStripped("a track without a kind")
    kind = bytes(kept[box.content + 8 : box.content + 12])
    if kind not in PLAIN_TRACKS and not (kind in {b"dhlr", b"url ", b"alis"} or _is_data_handler(kept, box)):
        raise NotStripped("a track that is neither picture, sound nor text")
    kept[box.content + 24 : box.end] = bytes(box.end - box.content - 24)


def _is_data_handler(kept: bytearray, box: Box) -> bool:
    """QuickTime has a second handler in each track, which says where its data lies."""
    return bytes(kept[box.content + 4 : box.content + 8]) == b"dhlr"


def _boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    while start < end:
        if end - start < 8:
            raise NotStripped("a box is cut off")
        size, name = struct.unpack_from(">I4s", data, start)
        content = start + 8
        if size == 1:
            if end - start < 16:
                raise NotStripped("a box is cut off")
            (size,) = struct.unpack_from(">Q", data, content)
            content += 8
        if size == 0:
            size = end - start
        if size < content - start or start + size > end:
            raise NotStripped("a box reaches outside the file")
        yield Box(name, start, content, start + size)
        start += size
