"""The forms in which channels want pictures, and which part of a picture each takes."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torg.media.types import Shape

# https://developers.facebook.com/docs/sharing/webmasters/images (1200 × 630), Instagram's own help (1080 wide, from
# 4:5 to 1.91:1; stories 9:16), X cards 16:9.
SHAPES: dict[str, tuple[Shape, str | Promise]] = {
    "website": (Shape("website", 1200), _("Website, whole picture")),
    "website-wide": (Shape("website-wide", 1200, 675), _("Website, on top of an article")),
    "shared-link": (Shape("shared-link", 1200, 630), _("Shared link (Open Graph), Facebook")),
    "square": (Shape("square", 1080, 1080), _("Instagram, square")),
    "portrait": (Shape("portrait", 1080, 1350), _("Instagram, portrait")),
    "story": (Shape("story", 1080, 1920), _("Story, tall")),
    "wide": (Shape("wide", 1600, 900), _("X, Mastodon and Bluesky")),
}
# What stands in the place of a film, where a picture of the library does.
POSTER = Shape("poster", 1280, media_type="image/jpeg")
WHOLE = 1000


class Box(NamedTuple):
    """A part of a picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int


def box_of(width: int, height: int, shape: Shape, focus: tuple[int, int]) -> Box:
    """The largest part in the proportions of `shape` that has the focus as near its middle as the edges allow.

    Args:
        width, height: of the whole picture, in pixels.
        shape: what is wanted.
        focus: the point to keep, in thousandths from the left and from the top.
    """
    if shape.height is None:
        return Box(0, 0, width, height)
    kept_width = min(width, max(1, round(height * shape.width / shape.height)))
    kept_height = min(height, max(1, round(width * shape.height / shape.width)))
    return Box(_start(width, kept_width, focus[0]), _start(height, kept_height, focus[1]), kept_width, kept_height)


def size_of(box: Box, shape: Shape) -> tuple[int, int]:
    """How large the copy becomes: never larger than what there is to show."""
    scale = min(1.0, shape.width / box.width)
    return max(1, round(box.width * scale)), max(1, round(box.height * scale))


def _start(whole: int, kept: int, focus: int) -> int:
    wanted = round(whole * focus / WHOLE - kept / 2)
    return min(max(wanted, 0), whole - kept)
