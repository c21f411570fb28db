"""Which program lays out a document as PDF/A, by what its bytes say and not by its name."""

from dataclasses import dataclass

# Within so many bytes of its end a PDF says that it ends.
END_OF_PDF = 1024
# The old binary files name their streams so; PRONOM's plain signatures do not tell all of them apart.
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of office document: the ending LibreOffice reads it by, and the filter that writes it as PDF."""

    ending: str
    writer: str


TEXT, SHEET, SLIDES = "writer_pdf_Export", "calc_pdf_Export", "impress_pdf_Export"
KINDS = {
    "fmt/412": Kind(".docx", TEXT), "fmt/523": Kind(".docm", TEXT),
    "fmt/214": Kind(".xlsx", SHEET), "fmt/445": Kind(".xlsm", SHEET),
    "fmt/215": Kind(".pptx", SLIDES), "fmt/487": Kind(".pptm", SLIDES),
    "fmt/136": Kind(".odt", TEXT), "fmt/290": Kind(".odt", TEXT),
    "fmt/291": Kind(".odt", TEXT), "fmt/1756": Kind(".odt", TEXT),
    "fmt/137": Kind(".ods", SHEET), "fmt/294": Kind(".ods", SHEET),
    "fmt/295": Kind(".ods", SHEET), "fmt/1755": Kind(".ods", SHEET),
    "fmt/138": Kind(".odp", SLIDES), "fmt/292": Kind(".odp", SLIDES),
    "fmt/293": Kind(".odp", SLIDES), "fmt/1754": Kind(".odp", SLIDES),
    "fmt/45": Kind(".rtf", TEXT), "fmt/50": Kind(".rtf", TEXT), "fmt/51": Kind(".rtf", TEXT),
    "fmt/52": Kind(".rtf", TEXT), "fmt/53": Kind(".rtf", TEXT), "fmt/355": Kind(".rtf", TEXT),
}  # fmt: skip
OLE_STREAMS = {
    "WordDocument": Kind(".doc", TEXT),
    "PowerPoint Document": Kind(".ppt", SLIDES),
    "Workbook": Kind(".xls", SHEET),
}


def kind_of(data: bytes, puid: str | None) -> Kind | None:
    """The kind of office document that this is; None for all else."""
    if not data.startswith(OLE):
        return KINDS.get(puid or "")
    return next((kind for stream, kind in OLE_STREAMS.items() if stream.encode("utf-16-le") in data), None)


def is_whole_pdf(data: bytes) -> bool:
    """Whether it begins and ends as a PDF does: Ghostscript mends one that is cut off, and says nothing of it."""
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-END_OF_PDF:]
