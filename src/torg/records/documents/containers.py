"""Says what a ZIP container is: Office and OpenDocument files are ZIPs to PRONOM's plain signatures."""

import io
import zipfile

# What [Content_Types].xml calls the main part, and PRONOM the whole.
OFFICE_PARTS = {
    b"wordprocessingml.document.main+xml": "fmt/412",
    b"spreadsheetml.sheet.main+xml": "fmt/214",
    b"presentationml.presentation.main+xml": "fmt/215",
    b"ms-word.document.macroEnabled.main+xml": "fmt/523",
    b"ms-excel.sheet.macroEnabled.main+xml": "fmt/445",
    b"ms-powerpoint.presentation.macroEnabled.main+xml": "fmt/487",
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "fmt/291",
    b"application/vnd.oasis.opendocument.spreadsheet": "fmt/295",
    b"application/vnd.oasis.opendocument.presentation": "fmt/293",
}
NAMES = {
    "fmt/412": "Microsoft Word for Windows",
    "fmt/214": "Microsoft Excel for Windows",
    "fmt/215": "Microsoft Powerpoint for Windows",
    "fmt/523": "Macro-Enabled Microsoft Word Document",
    "fmt/445": "Macro-Enabled Microsoft Excel",
    "fmt/487": "Macro-Enabled Microsoft Powerpoint",
    "fmt/291": "OpenDocument Text",
    "fmt/295": "OpenDocument Spreadsheet",
    "fmt/293": "OpenDocument Presentation",
}
MOST_READ = 1_000_000


def contained(data: bytes) -> bytes:
    """PRONOM's identifier of what the ZIP is, empty for a plain one; in the confined process.

    Raises as zipfile does.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        names = set(held.namelist())
        if "mimetype" in names:
            return OPEN_DOCUMENTS.get(_read(held, "mimetype").strip(), "").encode()
        if "[Content_Types].xml" in names:
            types = _read(held, "[Content_Types].xml")
            return next((puid for part, puid in OFFICE_PARTS.items() if part in types), "").encode()
    return b""


def _read(held: zipfile.ZipFile, name: str) -> bytes:
    with held.open(name) as part:
        return part.read(MOST_READ)
