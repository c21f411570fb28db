"""Brings attachments into archive formats where that loses nothing, and records how."""

import hashlib
from datetime import datetime
from importlib.metadata import version
from pathlib import PurePosixPath

import structlog

from torg.records.documents import confined, formats, pictures
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
ENDINGS = {"fmt/353": ".tif", "fmt/43": ".jpg"}

log = structlog.get_logger(__name__)


def to_archive_format(data: bytes, *, name: str, at: datetime) -> Archived:
    """The attachment as the archive takes it; the original is never changed, and belongs beside what is made here.

    Pictures become PNG, several in one file TIFF; a camera's JPEG gets the segment that makes it JFIF. What cannot be
    converted without loss (a PDF that is no PDF/A, films, sound, the unknown) is returned as it is, and marked when it
    is in no archive format. So is a picture that breaks, or would unpack to more than the limit.

    Args:
        data: the original bytes.
        name: its name, for what it may tell of its format and for the new name.
        at: now; the list of archive formats of that day counts.
    """
    source = formats.identify(data, name)
    is_good = is_archive_format(source.puid, on=at.astimezone(LOCAL).date())
    unchanged = Archived(data, name, source, is_good)
    if is_good:
        return unchanged
    if source.puid in EXIF_JPEG and data.startswith(START_OF_IMAGE):
        made = START_OF_IMAGE + JFIF_SEGMENT + data[len(START_OF_IMAGE) :]
        return _converted(unchanged, made, "torg", "JFIF segment added, picture data unchanged", at)
    if source.puid in PICTURES or source == formats.AVIF:
        try:
            made = confined.call(pictures.to_archive, data)
        except ConfinedFailure as reason:
            log.info("documents.not_converted", puid=source.puid, reason=str(reason)[:60])
            return unchanged
        return _converted(unchanged, made, "pillow", "every picture of the file, without loss of pixels", at)
    return unchanged


def _converted(original: Archived, made: bytes, tool: str, comment: str, at: datetime) -> Archived:
    target = formats.identify(made)
    conversion = Conversion(
        source=original.format,
        target=target,
        tool=tool,
        tool_version=version(tool),
        at=at,
        sha256_before=hashlib.sha256(original.data).hexdigest(),
        sha256_after=hashlib.sha256(made).hexdigest(),
        comment=comment,
    )
    is_good = is_archive_format(target.puid, on=at.astimezone(LOCAL).date())
    return Archived(made, _renamed(original.name, target), target, is_good, conversion)


def _renamed(name: str, target: Format) -> str:
    return str(PurePosixPath(name or "picture").with_suffix(ENDINGS.get(target.puid or "", ".png")))
