"""Small office documents as programs write them, and programs that answer as LibreOffice and Ghostscript do."""

import io
import zipfile
from pathlib import Path

ODF = "urn:oasis:names:tc:opendocument:xmlns"
OOXML = "http://schemas.openxmlformats.org"
OFFICE_PART = "application/vnd.openxmlformats-officedocument"
RTF = rb"{\rtf1\ansi Hei p\'e5 deg}"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
# The beginnings of the old binary files, with the name of the stream that tells what they are.
OLE_FILES = {
    ".doc": OLE + "WordDocument".encode("utf-16-le"),
    ".xls": OLE + "Workbook".encode("utf-16-le"),
    ".ppt": OLE + "PowerPoint Document".encode("utf-16-le"),
}
# What LibreOffice and Ghostscript are asked with, as far as it must be right.
OFFICE_SAYS = """#!/bin/sh
[ "$1" = --version ] && echo "LibreOffice 24.2.1.2 420(Build:2)" && exit
env > "{log}"; echo "$@" >> "{log}"
for word in "$@"; do [ "$last" = --outdir ] && into=$word; last=$word; done
{then}
mkdir -p "$into" && cp "{gives}" "$into/in.pdf"
"""
GHOST_SAYS = """#!/bin/sh
[ "$1" = --version ] && echo 10.00.0 && exit
echo "$@" >> "{log}"
{then}
cp "{gives}" out.pdf
"""


def packed(**parts: str) -> bytes:
    """A ZIP of these parts, in this order; a double underscore stands for a slash."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/"), text)
    return kept.getvalue()


def word(text: str = "Klage på byggesak", part: str = "wordprocessingml.document") -> bytes:
    """A Word document; with another `part`, what only says that it is of another kind."""
    types = (
        f'<Types xmlns="{OOXML}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{OFFICE_PART}.{part}.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{OOXML}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{OOXML}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    document = f'<w:document xmlns:w="{OOXML}/wordprocessingml/2006/main">{body}</w:document>'
    return packed(**{"[Content_Types].xml": types, "_rels__.rels": relations, "word__document.xml": document})


def open_document(text: str = "Blåbær på tur", kind: str = "text") -> bytes:
    """An OpenDocument text; with another `kind`, what only says that it is of another."""
    kinds = f"application/vnd.oasis.opendocument.{kind}"
    entry = "<m:file-entry m:full-path='{}' m:version='1.2' m:media-type='{}'/>"
    manifest = (
        f'<m:manifest xmlns:m="{ODF}:manifest:1.0" m:version="1.2">'
        f"{entry.format('/', kinds)}{entry.format('content.xml', 'text/xml')}</m:manifest>"
    )
    body = f"<o:body><o:text><t:p>{text}</t:p></o:text></o:body>"
    content = (
        f'<o:document-content xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:text:1.0" o:version="1.2">'
        f"{body}</o:document-content>"
    )
    return packed(**{"mimetype": kinds, "META-INF__manifest.xml": manifest, "content.xml": content})


def program(folder: Path, says: str, gives: bytes, then: str = ":") -> tuple[str, Path]:
    """A program that gives these bytes, and the file it writes to how it was asked; `then` comes before it gives."""
    folder.mkdir(exist_ok=True)
    (folder / "gives").write_bytes(gives)
    path, log = folder / "program", folder / "log"
    path.write_text(says.format(log=log, gives=folder / "gives", then=then))
    path.chmod(0o755)
    return str(path), log
