"""Says what a file is, by PRONOM's signatures and without the network."""

import json
from functools import cache
from typing import TYPE_CHECKING

from torg.records.documents import confined, containers
from torg.records.documents.confined import ConfinedFailure
from torg.records.documents.types import Format

if TYPE_CHECKING:
    from fido.fido import Fido

# The signatures look at the two ends of a file.
END = 131_072
SIGNATURES = ["formats-v109.xml", "format_extensions.xml"]
SECONDS = 20.0

UNKNOWN = Format(None)
JSON = Format("fmt/817", "JSON Data Interchange Format")
TEXT = Format("x-fmt/111", "Plain Text File")
# Known by their brand, newer than the signatures that we have; so without an identifier.
AVIF = Format(None, "AV1 Image File Format")
AVIF_BRANDS = (b"ftypavif", b"ftypavis")
# ISO base media without a brand of its own in the signatures.
MP4 = Format("fmt/199", "MPEG-4 Media File")
MP4_BRANDS = (b"ftypisom", b"ftypiso2", b"ftypmp41", b"ftypmp42", b"ftypavc1")
# The beginning of a PDF that no signature knew: a broken one, however readable.
CUT_OFF = b"%PDF-"
# PRONOM's plain signatures see the container only.
CONTAINERS = frozenset({"x-fmt/263", "fmt/189"})
CONTROL = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f")


def identify(data: bytes, name: str = "") -> Format:
    """The file's format by its bytes; `name` says nothing here but which of two alike it is meant to be.

    Text and JSON have no signature: they are what can be read as such. `Format(None)` where nobody can say.
    """
    if data[4:12] in AVIF_BRANDS:
        return AVIF
    if found := _by_signature(data):
        return _in_container(data, found) if found.puid in CONTAINERS else found
    if data[4:12] in MP4_BRANDS:
        return MP4
    return _by_reading(data, name)


def _by_signature(data: bytes) -> Format | None:
    try:
        answer = confined.call(match, data[:END], data[-END:], seconds=SECONDS)
    except ConfinedFailure:
        return None
    found = json.loads(answer)
    # Two that fit equally well are no answer.
    return Format(*found[0]) if len({puid for puid, _name, _version in found}) == 1 else None


def _in_container(data: bytes, outside: Format) -> Format:
    try:
        puid = confined.call(containers.contained, data, seconds=SECONDS).decode()
    except ConfinedFailure:
        return outside
    return Format(puid, containers.NAMES[puid]) if puid else outside


def match(start: bytes, end: bytes) -> bytes:
    """PRONOM's matches of a file's two ends, as JSON; in the confined process, for the patterns can be slow."""
    found = _signatures().match_formats(start, end)
    told = [[each.findtext(field) or "" for field in ("puid", "name", "version")] for each, _signature in found]
    return json.dumps(told).encode()


@cache
def _signatures() -> "Fido":
    from fido.fido import Fido

    return Fido(quiet=True, nocontainer=True, format_files=SIGNATURES)


def _by_reading(data: bytes, name: str) -> Format:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return UNKNOWN
    if not data or data.startswith(CUT_OFF) or not CONTROL.isdisjoint(text):
        return UNKNOWN
    return JSON if _is_json(text, name) else TEXT


def _is_json(text: str, name: str) -> bool:
    if not name.lower().endswith(".json") and not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
