"""Looks into films and sound; runs in the confined process, and knows neither Django nor our rows."""

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from torg.media import decoding
from torg.media.remuxing import ALONE

if TYPE_CHECKING:
    from av.container import InputContainer
    from PIL.Image import Image

READERS = {
    "video/mp4": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
    "audio/wav": "wav",
}
# Where in the film a picture of it is looked for: films begin and end in the dark.
PLACES = (0.1, 0.25, 0.4, 0.6)
POSTER = 960
# Nobody uploads more than a day; what says so is damaged, or lies.
LONGEST = 86_400


def examined(data: bytes, media_type: str) -> bytes:
    """Size, length in seconds and whether there is sound, as JSON on the first line; then a picture of a film as JPEG.

    Raises KeyError for a form that we do not read, an error of PyAV or Pillow for what is damaged or too large.
    """
    import av

    with av.open(io.BytesIO(data), "r", format=READERS[media_type], options=ALONE) as found:
        seconds = round((found.duration or 0) / 1_000_000)
        told = {"has_sound": bool(found.streams.audio), "seconds": seconds if 0 <= seconds <= LONGEST else None}
        poster = _poster(found) if found.streams.video and media_type.startswith("video/") else None
    if poster is None:
        return json.dumps(told).encode() + b"\n"
    told |= {"width": poster.width, "height": poster.height}
    poster.thumbnail((POSTER, POSTER))
    return json.dumps(told).encode() + b"\n" + decoding.encoded(poster, "image/jpeg")


def _poster(found: "InputContainer") -> "Image":
    """The frame with the most in it, of a few; the first one where the film cannot be leafed through."""
    from PIL import ImageStat

    return max(_frames(found), key=lambda frame: float(ImageStat.Stat(frame.convert("L")).stddev[0]))


def _frames(found: "InputContainer") -> "Iterator[Image]":
    from PIL import Image

    track = found.streams.video[0]
    track.thread_type = "NONE"
    if track.width * track.height > decoding.LARGEST_PIXELS:
        raise ValueError("too many pixels")
    for place in (0, *PLACES):
        found.seek(int((found.duration or 0) * place))
        for frame in found.decode(track):
            plain = frame.reformat(format="rgb24")
            # Rows of a frame may be longer than the picture.
            size, rows = (plain.width, plain.height), plain.planes[0]
            yield Image.frombytes("RGB", size, bytes(rows), "raw", "RGB", rows.line_size)
            break
