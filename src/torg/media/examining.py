"""What an upload is and holds, found out before it is kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.media import contrast, decoding, filming, keeping, kinds, stripping
from torg.media.types import PICTURES, Kind
from torg.records.documents import confined


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: a picture has a size and a thumbnail, a graphic an estimate of its contrast.

    Of film and sound `seconds` and `has_sound` are None where nobody could look into them.
    """

    media_type: str
    kind: Kind
    can_be_stripped: bool
    width: int | None = None
    height: int | None = None
    hidden: list[str] = field(default_factory=list)
    contrast: float | None = None
    thumbnail: bytes = field(default=b"", repr=False)
    seconds: int | None = None
    has_sound: bool | None = None
    # Of a film: small pictures of it, and at which millisecond each was taken.
    frames: Sequence[tuple[int, bytes]] = ()
    poster_at: int | None = None


# The first bytes tell what it is.
HEAD = 4096
# Pictures are unpacked, and sound packed anew, in memory.
LARGEST_IN_MEMORY = 20 * 1024 * 1024


def examine(data: bytes | Path, *, is_graphic: bool) -> Examined:
    """Look into an upload, or a file on disk; raises Invalid for what the library does not take, or cannot open."""
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    media_type = kinds.media_type_of(_head(data))
    kind = kinds.kind_of(media_type, is_graphic=is_graphic)
    if kind == Kind.FILM:
        with keeping.on_disk(data) as place:
            return _film(place, media_type)
    if size > LARGEST_IN_MEMORY:
        raise Invalid(_("Pictures and sound may be at most 20 MB. Save it smaller."), field="file")
    whole = data if isinstance(data, bytes) else data.read_bytes()
    return _picture(whole, media_type, kind) if kind in PICTURES else _sound(whole, media_type)


def _head(data: bytes | Path) -> bytes:
    if isinstance(data, bytes):
        return data
    with data.open("rb") as file:
        return file.read(HEAD)


def _picture(data: bytes, media_type: str, kind: Kind) -> Examined:
    try:
        answer = confined.call(decoding.examined, data)
    except confined.ConfinedFailure as failure:
        raise Invalid(
            _("The picture cannot be opened: it is damaged, or too large when unpacked. Save it anew, and smaller."),
            field="file",
        ) from failure
    head, _line, thumbnail = answer.partition(b"\n")
    told = json.loads(head)
    return Examined(
        media_type=media_type,
        kind=kind,
        can_be_stripped=True,
        width=told["width"],
        height=told["height"],
        hidden=told["hidden"],
        contrast=_contrast(told["colours"]) if kind == Kind.GRAPHIC else None,
        thumbnail=thumbnail,
    )


def _contrast(colours: list[list[int]]) -> float | None:
    whole = sum(count for *_colour, count in colours) or 1
    return contrast.estimate([contrast.Area((red, green, blue), count / whole) for red, green, blue, count in colours])


def _film(place: Path, media_type: str) -> Examined:
    """It is kept whatever it is; one that cannot be looked into is taken for one with speech, and has no picture.

    What is published of it is coded anew, and so tells nothing besides picture and sound.
    """
    try:
        head, _line, shown = confined.call(filming.examined, str(place), media_type).partition(b"\n")
    except confined.ConfinedFailure:
        return Examined(media_type, Kind.FILM, can_be_stripped=True)
    told = json.loads(head)
    pictures, start = [], 0
    for at, length in told.pop("pictures"):
        pictures.append((at, shown[start : start + length]))
        start += length
    poster_at, poster = pictures[0] if pictures else (None, b"")
    return Examined(
        media_type, Kind.FILM, can_be_stripped=True, thumbnail=poster, poster_at=poster_at, frames=pictures[1:], **told
    )


def _sound(data: bytes, media_type: str) -> Examined:
    with keeping.on_disk(data) as place:
        try:
            told = json.loads(confined.call(filming.examined, str(place), media_type))
        except confined.ConfinedFailure:
            told = {}
    told.pop("pictures", None)
    return Examined(media_type, Kind.SOUND, can_be_stripped=_can_be_stripped(data, media_type), **told)


def _can_be_stripped(data: bytes, media_type: str) -> bool:
    try:
        stripping.stripped(data, media_type)
    except stripping.NotStripped:
        return False
    return True
