"""Looks into films and sound; runs in the confined process, and knows neither Django nor our rows."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from torg.media import decoding
from torg.media.remuxing import ALONE

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
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
# Where a picture of it is looked for: films begin and end in the dark. People choose among these.
PLACES = (0.05, 0.15, 0.28, 0.4, 0.52, 0.65, 0.78, 0.9)
POSTER, SMALL = 1280, 240
# From the nearest picture that stands alone, so many are read on to the place that was asked for.
READ_ON = 60
# Nobody uploads more than a day; what says so is damaged, or lies.
LONGEST = 86_400
MICROSECONDS = 1_000_000


def examined(place: str, media_type: str) -> bytes:
    """Size, length in seconds and whether there is sound, as JSON on the first line; then pictures of a film as JPEG.

    The first picture is the one with the most in it; the others are small ones of the whole film. `pictures` says at
    which millisecond each was taken and how many bytes it has.

    Raises KeyError for a form that we do not read, an error of PyAV or Pillow for what is damaged or too large.
    """
    import av

    with Path(place).open("rb") as file, av.open(file, "r", format=READERS[media_type], options=ALONE) as found:
        seconds = round((found.duration or 0) / MICROSECONDS)
        told = {"has_sound": bool(found.streams.audio), "seconds": seconds if 0 <= seconds <= LONGEST else None}
        shown = list(_frames(found, PLACES)) if found.streams.video and media_type.startswith("video/") else []
    if not shown:
        return json.dumps({**told, "pictures": []}).encode() + b"\n"
    best = max(shown, key=lambda one: _interest(one[1]))
    size = {"width": best[1].width, "height": best[1].height}
    kept = [(best[0], _jpeg(best[1], POSTER)), *((at, _jpeg(frame, SMALL)) for at, frame in shown)]
    pictures = [(at, len(jpeg)) for at, jpeg in kept]
    return json.dumps({**told, **size, "pictures": pictures}).encode() + b"\n" + b"".join(jpeg for _at, jpeg in kept)


def frame(place: str, media_type: str, milliseconds: int) -> bytes:
    """The picture at this time, as JPEG; raises as `examined` does, and ValueError when there is none."""
    import av

    with Path(place).open("rb") as file, av.open(file, "r", format=READERS[media_type], options=ALONE) as found:
        whole = (found.duration or 0) / 1000
        for _at, picture in _frames(found, (milliseconds / whole if whole else 0,)):
            return _jpeg(picture, POSTER)
    raise ValueError("no picture")


def _jpeg(picture: "Image", largest: int) -> bytes:
    small = picture.copy()
    small.thumbnail((largest, largest))
    return decoding.encoded(small, "image/jpeg")


def _interest(picture: "Image") -> float:
    from PIL import ImageStat

    return float(ImageStat.Stat(picture.convert("L")).stddev[0])


def _frames(found: "InputContainer", places: Sequence[float]) -> "Iterator[tuple[int, Image]]":
    """A picture at each place, upright, with its time in milliseconds; those that are the same once."""
    track = found.streams.video[0]
    track.thread_type = "NONE"
    if track.width * track.height > decoding.LARGEST_PIXELS:
        raise ValueError("too many pixels")
    seen = set()
    for place in places:
        wanted = int((found.duration or 0) * place)
        found.seek(wanted)
        read = None
        for number, read in enumerate(found.decode(track)):
            if number >= READ_ON or (read.time or 0) * MICROSECONDS >= wanted:
                break
        if read is not None and read.pts not in seen:
            seen.add(read.pts)
            yield max(0, round((read.time or 0) * 1000)), _picture(read)


def _picture(frame: "VideoFrame") -> "Image":
    """The frame as a picture; telephones say which way up it is in degrees against the clock."""
    from PIL import Image

    plain = frame.reformat(format="rgb24")
    # Rows of a frame may be longer than the picture.
    size, rows = (plain.width, plain.height), plain.planes[0]
    drawn = Image.frombytes("RGB", size, bytes(rows), "raw", "RGB", rows.line_size)
    return drawn.rotate(frame.rotation, expand=True) if frame.rotation else drawn
