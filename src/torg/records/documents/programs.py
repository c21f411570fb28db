"""Runs LibreOffice and Ghostscript, where the machine has them, over other people's documents, and confines them.

Each run has a folder and a profile of its own; `settings.PROGRAM_RUNNER` starts and limits it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.module_loading import import_string
from PIL import ImageCms

from torg.records.documents.office import SHEET, Kind

SECONDS_A_DOCUMENT = 180.0
SECONDS_TO_ANSWER = 30.0
# No macros, nothing fetched that a document points to, and a proxy that leads nowhere.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
PDF_A_2 = '"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"}'
WHOLE_SHEETS = ',"SinglePageSheets":{"type":"boolean","value":"true"}'
# Ghostscript mends a broken file without a word, and loses parts of it, unless it is told to stop.
CAREFUL = ("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONERROR")
# What every PDF/A must say of its colours, in the language of Ghostscript.
COLOURS = """%!
[/_objdef {icc} /type /stream /OBJ pdfmark
[{icc} << /N 3 >> /PUT pdfmark
[{icc} (colours.icc) (r) file /PUT pdfmark
[/_objdef {intent} /type /dict /OBJ pdfmark
[{intent} << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) >> /PUT pdfmark
[{intent} << /DestOutputProfile {icc} >> /PUT pdfmark
[{Catalog} << /OutputIntents [ {intent} ] >> /PUT pdfmark
"""
# What Ghostscript does about what PDF/A does not permit.
STOPS, LEAVES_OUT = 2, 1
NUMBER = re.compile(rb"\d+(?:\.\d+)+")


class NotLaidOut(Exception):
    """There is no such program here, it refused, broke, or took too long; the text is for operators."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The PDF/A, which program made it in which version, and whether something of the original was left out."""

    data: bytes = field(repr=False)
    tool: str
    version: str
    is_whole: bool = True


def of_office(data: bytes, kind: Kind) -> LaidOut:
    """An office document as PDF/A-2b, by LibreOffice. Raises NotLaidOut."""
    program = _program(settings.SOFFICE)
    options = PDF_A_2 + (WHOLE_SHEETS if kind.writer == SHEET else "")
    with TemporaryDirectory(prefix="torg-office-") as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE)
        (folder / f"in{kind.ending}").write_bytes(data)
        _run(
            [
                *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"),
                *("--nolockcheck", "--nodefault", "--convert-to", f"pdf:{kind.writer}:{{{options}}}"),
                *("--outdir", str(folder / "out"), str(folder / f"in{kind.ending}")),
            ],
            folder,
            seconds=SECONDS_A_DOCUMENT,
        )
        return LaidOut(_made(folder / "out" / "in.pdf"), "LibreOffice", version_of(program))


def of_pdf(data: bytes) -> LaidOut:
    """A PDF as PDF/A-2b, by Ghostscript; whole if it can be, else without what PDF/A does not permit.

    Raises NotLaidOut.
    """
    program = _program(settings.GHOSTSCRIPT)
    for policy in (STOPS, LEAVES_OUT):
        try:
            made = _by_ghostscript(program, data, policy)
        except NotLaidOut:
            if policy == LEAVES_OUT:
                raise
        else:
            break
    return LaidOut(made, "Ghostscript", version_of(program), is_whole=policy == STOPS)


def missing() -> list[str]:
    """The programs that are not here, by the names people know them by."""
    known = {"LibreOffice": settings.SOFFICE, "Ghostscript": settings.GHOSTSCRIPT}
    return [name for name, path in known.items() if not path]


@cache
def version_of(program: str) -> str:
    """The number that the program answers with; empty when it does not answer."""
    with TemporaryDirectory(prefix="torg-office-") as name:
        try:
            said = _run([program, "--version"], Path(name), seconds=SECONDS_TO_ANSWER)
        except NotLaidOut:
            return ""
    found = NUMBER.search(said)
    return found[0].decode() if found else ""


def _by_ghostscript(program: str, data: bytes, policy: int) -> bytes:
    with TemporaryDirectory(prefix="torg-office-") as name:
        folder = Path(name)
        (folder / "in.pdf").write_bytes(data)
        (folder / "colours.ps").write_text(COLOURS)
        (folder / "colours.icc").write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        _run(
            [
                *(program, *CAREFUL, "-dPDFA=2", f"-dPDFACompatibilityPolicy={policy}"),
                *("-sDEVICE=pdfwrite", "-sColorConversionStrategy=RGB", "--permit-file-read=colours.icc"),
                *("-sOutputFile=out.pdf", "colours.ps", "in.pdf"),
            ],
            folder,
            seconds=SECONDS_A_DOCUMENT,
        )
        return _made(folder / "out.pdf")


def _program(path: str) -> str:
    if not path:
        raise NotLaidOut("no such program here")
    return path


def _made(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotLaidOut(f"nothing was made: {type(error).__name__}") from error


def _run(words: Sequence[str], folder: Path, *, seconds: float) -> bytes:
    """What the program said, at its end. Raises NotLaidOut when that does not come or is no good one."""
    run = import_string(settings.PROGRAM_RUNNER)
    try:
        said: bytes = run(words, folder=folder, seconds=seconds)
    except OSError as error:
        raise NotLaidOut(f"{type(error).__name__}: {error}") from error
    return said
