"""The copies that are published: cut to shape round the focus, with no metadata, the same bytes every time."""

import hashlib

from django.utils.translation import gettext as _

from torg.core.errors import Invalid, Unavailable
from torg.files import queries as files
from torg.media import decoding, kinds, stripping
from torg.media.models import FilmSize, Medium
from torg.media.shapes import Box, box_of, size_of
from torg.media.types import Copy, Kind, ObstacleCode, Shape, SizeState
from torg.records.documents import confined


def published_copy(medium: Medium, *, shape: Shape) -> Copy:
    """The copy of a picture for `shape`, or of a sound. Whether it may be published is not asked here.

    It takes up to seconds: not inside a transaction. Raises NotFound when the original is gone, Invalid when hidden
    data cannot be removed from it, Unavailable when it cannot be opened now.
    """
    data = files.read(medium.sha256)
    if not medium.is_picture:
        return _of_sound(medium, data)
    box = box_in(medium, shape)
    size = size_of(box, shape)
    media_type = shape.media_type or _suiting(medium)
    corners = (box.left, box.top, box.left + box.width, box.top + box.height)
    try:
        made = confined.call(decoding.cut, data, corners, size, media_type)
    except confined.ConfinedFailure as failure:
        raise Unavailable(_("The copy could not be made now. Try again in a little while.")) from failure
    return Copy(made, kinds.media_type_of(made), *size, hashlib.sha256(made).hexdigest())


def film_sizes(medium: Medium) -> list[FilmSize]:
    """The sizes in which a film is ready, the largest last; its bytes stay in the files room, by their SHA-256."""
    return sorted((one for one in medium.sizes.all() if one.state == SizeState.READY), key=lambda one: one.lines)


def box_in(medium: Medium, shape: Shape) -> Box:
    """Which part of the picture the shape shows."""
    return box_of(medium.width or 1, medium.height or 1, shape, focus_for(medium, shape))


def focus_for(medium: Medium, shape: Shape) -> tuple[int, int]:
    """The point that the shape keeps: its own where somebody chose one, else the picture's."""
    own = {row.shape: (row.x, row.y) for row in medium.shape_focuses.all()}
    return own.get(shape.name, (medium.focus_x, medium.focus_y))


def _of_sound(medium: Medium, data: bytes) -> Copy:
    try:
        made = stripping.stripped(data, medium.media_type)
    except stripping.NotStripped as error:
        raise Invalid(str(ObstacleCode.NOT_STRIPPED.label)) from error
    return Copy(made, medium.media_type, None, None, hashlib.sha256(made).hexdigest())


def _suiting(medium: Medium) -> str:
    """Graphics keep their sharp edges; of photographs it is decided by whether something shows through."""
    return "image/png" if medium.kind == Kind.GRAPHIC else ""
