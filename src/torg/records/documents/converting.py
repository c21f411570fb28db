"""Brings attachments into archive formats, and records how."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.utils.translation import gettext, gettext_lazy

from torg.records.documents import confined, films, formats, office, pictures, programs
from torg.records.documents.archive_formats import is_archive_format
from torg.records.documents.confined import ConfinedFailure
from torg.records.documents.types import Archived, Conversion, Format
from torg.records.documents.wording import LOCAL

# JPEG as cameras write it: the picture is the same, only the first segment is missing.
EXIF_JPEG = frozenset({"fmt/645", "x-fmt/390", "x-fmt/391", "x-fmt/398", "fmt/1507"})
START_OF_IMAGE = b"\xff\xd8"
JFIF_SEGMENT = bytes.fromhex("ffe0 0010 4a46494600 0101 00 0001 0001 00 00")
PICTURES = frozenset(
    {
        "fmt/3", "fmt/4",  # GIF
        "fmt/566", "fmt/567", "fmt/568",  # WebP
        "fmt/114", "fmt/115", "fmt/116", "fmt/117", "fmt/118", "fmt/119",  # BMP
        "fmt/1101",  # HEIF
    }
)  # fmt: skip
ENDINGS = {
    "fmt/476": ".pdf",
    "fmt/477": ".pdf",
    "fmt/478": ".pdf",
    "fmt/353": ".tif",
    "fmt/43": ".jpg",
    "fmt/199": ".mp4",
    "fmt/279": ".flac",
}
FILM_SECONDS = 900.0
DONE_TO_FILMS = {
    films.WRAPPED: gettext_lazy("Wrapped as MPEG-4; pictures and sound are unchanged"),
    films.ENCODED: gettext_lazy("Coded anew as MPEG-4 with H.264 and AAC; the eye sees no difference"),
    films.SOUND: gettext_lazy("The decoded sound as FLAC, without further loss"),
}

log = structlog.get_logger(__name__)


def to_archive_format(data: bytes, *, name: str, at: datetime) -> Archived:
    """The attachment as the archive takes it; the original is never changed, and belongs beside what is made here.

    Pictures become PNG, several in one file TIFF; a camera's JPEG gets the segment that makes it JFIF. Films become
    MPEG-4 with H.264, and sound becomes FLAC. Office documents become PDF/A where LibreOffice is, other PDF where
    Ghostscript is. What cannot be converted is returned as it is, and marked when it is in no archive format. So is
    what breaks, takes too long, or would unpack to more than the limits.

    Args:
        data: the original bytes.
        name: its name, for what it may tell of its format and for the new name.
        at: now; the list of archive formats of that day counts.
    """
    source = formats.identify(data, name)
    is_good = is_archive_format(source.puid, on=at.astimezone(LOCAL).date())
    unchanged = Archived(data, name, source, is_good)
    if source.puid in films.READERS:
        return _film(unchanged, source.puid, at)
    if is_good:
        return unchanged
    if source.puid in EXIF_JPEG and data.startswith(START_OF_IMAGE):
        made = START_OF_IMAGE + JFIF_SEGMENT + data[len(START_OF_IMAGE) :]
        return _converted(unchanged, made, _tool("torg"), gettext("JFIF segment added; the picture is unchanged"), at)
    if source.puid in PICTURES or source == formats.AVIF:
        try:
            made = confined.call(pictures.to_archive, data)
        except ConfinedFailure as reason:
            log.info("documents.not_converted", puid=source.puid, reason=str(reason)[:60])
            return unchanged
        return _converted(
            unchanged, made, _tool("pillow"), gettext("Every picture of the file, without loss of pixels"), at
        )
    return _laid_out(unchanged, at)


def is_coded_for_archive(data: bytes, puid: str | None) -> bool:
    """Whether what is inside a film or sound is coded as the archive wants it; all else is, by its format alone."""
    try:
        return puid not in films.READERS or _judged(data, puid or "")["how"] == films.RIGHT
    except ConfinedFailure:
        return False


def _judged(data: bytes, puid: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(confined.films.call(films.judge, data, puid))
    return told


def _film(unchanged: Archived, puid: str, at: datetime) -> Archived:
    """MPEG-4 is on the list of formats, but only with H.264 in it; what cannot be read keeps what its bytes say."""
    try:
        told = _judged(unchanged.data, puid)
    except ConfinedFailure as reason:
        log.info("documents.film_not_read", puid=puid, reason=str(reason)[:60])
        return unchanged
    if told["how"] == films.RIGHT:
        return unchanged
    try:
        made = confined.films.call(films.to_archive, unchanged.data, puid, seconds=FILM_SECONDS)
    except ConfinedFailure as reason:
        log.info("documents.not_converted", puid=puid, reason=str(reason)[:60])
        return replace(unchanged, is_archive_format=False)
    comment = f"{DONE_TO_FILMS[told['how']]} (FFmpeg {told['ffmpeg']})"
    if told["left_out"]:
        comment += ". " + gettext("Tracks left out: %(number)d") % {"number": told["left_out"]}
    return _converted(unchanged, made, _tool("av"), comment, at)


def _laid_out(unchanged: Archived, at: datetime) -> Archived:
    """Office documents and PDF as PDF/A; what comes out is believed by its own bytes only."""
    kind = office.kind_of(unchanged.data, unchanged.format.puid)
    if kind is None and not office.is_whole_pdf(unchanged.data):
        return unchanged
    try:
        made = programs.of_office(unchanged.data, kind) if kind else programs.of_pdf(unchanged.data)
    except programs.NotLaidOut as reason:
        log.info("documents.not_converted", puid=unchanged.format.puid, reason=str(reason)[:60])
        return unchanged
    comment = gettext("Laid out as pages; formulas, notes and earlier versions are in the original only")
    if kind is None:
        comment = (
            gettext("Written anew as PDF/A")
            if made.is_whole
            else gettext("Written anew as PDF/A without what PDF/A does not permit; that is in the original only")
        )
    converted = _converted(unchanged, made.data, (made.tool, made.version), comment, at)
    return converted if converted.is_archive_format else unchanged


def _tool(package: str) -> tuple[str, str]:
    return package, version(package)


def _converted(original: Archived, made: bytes, tool: tuple[str, str], comment: str, at: datetime) -> Archived:
    target = formats.identify(made)
    conversion = Conversion(
        source=original.format,
        target=target,
        tool=tool[0],
        tool_version=tool[1],
        at=at,
        sha256_before=hashlib.sha256(original.data).hexdigest(),
        sha256_after=hashlib.sha256(made).hexdigest(),
        comment=comment,
    )
    is_good = is_archive_format(target.puid, on=at.astimezone(LOCAL).date())
    return Archived(made, _renamed(original.name, target), target, is_good, conversion)


def _renamed(name: str, target: Format) -> str:
    return str(PurePosixPath(name or "file").with_suffix(ENDINGS.get(target.puid or "", ".png")))
