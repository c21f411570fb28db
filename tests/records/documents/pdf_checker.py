"""Asks an independent validator about PDF/A-2a and PDF/UA-1, and looks for what it lets by."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import page as validator
import pikepdf
import pypdfium2
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
FORBIDDEN = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia", "/Movie", "/Sound", "/AA", "/OpenAction"}
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
PROFILES = (validator.ValidationProfile.PDF_A_2A, validator.ValidationProfile.PDF_UA_1)
# It leaves out the matrix of the whole font in one whose letters come in groups (CID); `_widths` measures those. And it
# takes a stream whose last byte is a carriage return for one byte too long; qpdf's syntax check sees whether it is.
MISTAKEN = re.compile("GLYPH-WIDTH.* CIDFontType0C |STREAM-LENGTH")
# The bookmarks of a long thread are a chain of references.
LIMITS = validator.SafetyLimits(max_reference_depth=10_000)


def problems(data: bytes) -> list[str]:
    """What is missing or forbidden; empty for a sound file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        ours = [
            *pdf.check_pdf_syntax(),
            *_identity(pdf),
            *_catalogue(pdf),
            *_structure(pdf),
            *_fonts(pdf),
            *_widths(pdf),
            *_objects(pdf),
        ]
    return [*ours, *_validated(data)]


def _validated(data: bytes) -> Iterator[str]:
    for profile in PROFILES:
        report = validator.validate_pdf_bytes(data, profile=profile, limits=LIMITS)
        failures = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
        yield from (failure for failure in failures if not MISTAKEN.search(failure))
        if not report.is_compliant and not failures:
            yield f"not {profile.name}"


def _identity(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as xmp:
        said = {name: xmp.get(name) for name in (f"{PDFA}part", f"{PDFA}conformance", f"{PDFUA}part")}
        if said != {f"{PDFA}part": "2", f"{PDFA}conformance": "A", f"{PDFUA}part": "1"}:
            yield f"identification {said}"
        if not xmp.get("dc:title"):
            yield "no title"
    if "/ID" not in pdf.trailer:
        yield "no file identifier"
    if pdf.is_encrypted:
        yield "encrypted"


def _catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    intents = [intent.get("/S") for intent in root.get("/OutputIntents", [])]
    if "/GTS_PDFA1" not in intents:
        yield "no output intent"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not marked"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "title not displayed"


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    roles = list(structure(pdf))
    if not roles:
        yield "no structure"
    if "/H1" not in roles:
        yield "no first heading"
    levels = [int(role[2:]) for role in roles if role[:2] == "/H" and role[2:].isdigit()]
    if any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield "heading level skipped"
    for page in pdf.pages:
        if page.get("/Tabs", "/S") != "/S":
            yield "tab order"


def structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The roles of the structure tree, in reading order; a figure without a description has “!” behind."""
    waiting = [pdf.Root.get("/StructTreeRoot")]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(reversed(list(element)))
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                lacks = element.S == "/Figure" and not str(element.get("/Alt", ""))
                yield f"{element.S}{'!' if lacks else ''}"
            waiting.append(element.get("/K"))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
            for font in thing.get("/DescendantFonts", [thing]):
                descriptor = font.get("/FontDescriptor", {})
                if not any(name in descriptor for name in FONT_FILES):
                    yield f"font not embedded: {thing.get('/BaseFont')}"
            if "/ToUnicode" not in thing and thing.get("/Subtype") == "/Type0":
                yield f"font without Unicode: {thing.get('/BaseFont')}"


def _widths(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Letters whose width in a CID font's own program is another than what the page counts with."""
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/CIDFontType0":
            own, told = _own_widths(font.FontDescriptor.FontFile3.read_bytes()), _told_widths(font)
            yield from (f"width of {glyph}: {own[glyph]}" for glyph in told if abs(own[glyph] - told[glyph]) > 1)


def _own_widths(program: bytes) -> dict[int, float]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    font = fonts[0]
    widths = {}
    for glyph, name in enumerate(font.charset):
        letter = font.CharStrings[name]
        letter.draw(NullPen())
        group = font.FDArray[font.FDSelect.gidArray[glyph]]
        widths[glyph] = letter.width * font.FontMatrix[0] * group.rawDict["FontMatrix"][0] * 1000
    return widths


def _told_widths(font: pikepdf.Dictionary) -> dict[int, float]:
    """The page's widths, which the typesetter writes as first, last, width."""
    told: dict[int, float] = {}
    rest = list(font.W)
    while rest:
        first, last, width, *rest = rest
        told |= dict.fromkeys(range(int(first), int(last) + 1), float(width))
    return told


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            yield from (f"forbidden {key}" for key in thing.keys() & FORBIDDEN)
    yield from ("figure without description" for role in structure(pdf) if role == "/Figure!")


def text_of(data: bytes) -> str:
    """What a reader would copy out of it, pages after each other, without line ends."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()
    return "".join("".join(pages).split("\r\n"))


def everything_in(data: bytes) -> bytes:
    """Every stream unpacked, every string, every dictionary: where withheld words could hide."""
    parts = [data]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                parts.append(thing.read_bytes() if "/DCTDecode" not in str(thing.get("/Filter")) else b"")
            parts.append(thing.unparse(resolved=True) if not isinstance(thing, pikepdf.Stream) else b"")
    return b"\n".join(parts)


def furthest_right(data: bytes) -> float:
    """Where the last letter to the right ends, as a part of its page's width."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return max(_right_end(page) / page.get_width() for page in pdf)
    finally:
        pdf.close()


def _right_end(page: pypdfium2.PdfPage) -> float:
    text = page.get_textpage()
    return max((text.get_charbox(place)[2] for place in range(text.count_chars())), default=0.0)
