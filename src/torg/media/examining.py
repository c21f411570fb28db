"""What an upload is and holds, found out before it is kept."""

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.media import contrast, decoding, filming, kinds, stripping
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


def examine(data: bytes, *, is_graphic: bool) -> Examined:
    """Look into an upload; raises Invalid for what the library does not take, or cannot open."""
    media_type = kinds.media_type_of(data)
    kind = kinds.kind_of(media_type, is_graphic=is_graphic)
    if kind in PICTURES:
        return _picture(data, media_type, kind)
    return _film_or_sound(data, media_type, kind)


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


def _film_or_sound(data: bytes, media_type: str, kind: Kind) -> Examined:
    """It is kept whatever it is; what cannot be looked into is treated as a film with speech and no picture of it."""
    try:
        head, _line, poster = confined.call(filming.examined, data, media_type).partition(b"\n")
    except confined.ConfinedFailure:
        return Examined(media_type, kind, can_be_stripped=_can_be_stripped(data, media_type))
    return Examined(
        media_type=media_type,
        kind=kind,
        can_be_stripped=_can_be_stripped(data, media_type),
        thumbnail=poster,
        **json.loads(head),
    )


def _can_be_stripped(data: bytes, media_type: str) -> bool:
    try:
        stripping.stripped(data, media_type)
    except stripping.NotStripped:
        return False
    return True
