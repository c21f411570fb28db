"""Codes films anew for the web, in several sizes; runs in a confined process, and knows neither Django nor our rows.

H.264 with AAC in MP4 plays everywhere. Nothing that the original told besides picture and sound comes along.
"""

import json
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torg.media import decoding
from torg.media.filming import READERS
from torg.media.remuxing import ALONE, PLAINLY

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

# How long the shorter side is: a telephone on a poor line, a telephone, a wide screen.
LINES = (360, 720, 1080)
# A size that is nearly that of the film itself helps nobody.
CLEARLY_SMALLER = 0.8
# How sharp it is (lower is sharper), and how many kilobits a second at most, so that it does not stop to load.
SHARPNESS = {360: ("26", 700), 720: ("24", 2500), 1080: ("23", 5000)}
SOUND_RATE, SOUND_BITS = 48_000, 128_000
# The index stands first, so that it plays before the whole has come.
PLAYING_AT_ONCE = {**PLAINLY, "movflags": "+faststart"}
MOST_STREAMS = 12


def lines_for(width: int | None, height: int | None) -> list[int]:
    """The sizes to make of a film, the smallest first; never larger than it is, unless it is very small."""
    if not width or not height:
        return [LINES[0]]
    own = max(2, min(width, height, LINES[-1]) // 2 * 2)
    return sorted({lines for lines in LINES if lines <= own * CLEARLY_SMALLER} | {own})


def coded(source: str, target: str, media_type: str, lines: int) -> Generator[bytes, None, bytes]:
    """Write the film at `source` to `target` in this size; tells how many per cent it has come, then width and height.

    Raises KeyError for a form that we do not read, ValueError and errors of PyAV for what is no film or too large.
    """
    import av

    from torg.records.documents import film_making

    av.logging.set_level(av.logging.PANIC)
    with (
        Path(source).open("rb") as file,
        av.open(file, "r", format=READERS[media_type], options=ALONE) as found,
        av.open(target, "w", format="mp4", options=PLAYING_AT_ONCE) as made,
    ):
        film, sound = _tracks(found)
        takers: dict[int, film_making.Taker] = {
            film.index: film_making.Pictures(made, film, lines=lines, options=_how(lines))
        }
        if sound is not None:
            takers[sound.index] = film_making.Sound(made, sound, "aac", rate=SOUND_RATE, bits=SOUND_BITS)
        for packet in _counted(found, sorted(takers)):
            if isinstance(packet, bytes):
                yield packet
            else:
                takers[packet.stream.index].take(packet)
        for taker in takers.values():
            taker.finish()
        size = {"width": made.streams.video[0].width, "height": made.streams.video[0].height}
    return json.dumps(size).encode()


def _tracks(found: "InputContainer") -> "tuple[VideoStream, AudioStream | None]":
    """The moving picture and its first sound; covers, subtitles and trails of positions stay behind."""
    from av.stream import Disposition

    films = [one for one in found.streams.video if not one.disposition & Disposition.attached_pic]
    if not films or len(found.streams) > MOST_STREAMS:
        raise ValueError("no film")
    if films[0].codec_context.width * films[0].codec_context.height > decoding.LARGEST_PIXELS:
        raise ValueError("too many pixels")
    films[0].codec_context.options = {"max_pixels": str(decoding.LARGEST_PIXELS)}
    films[0].codec_context.thread_count = 2
    return films[0], next(iter(found.streams.audio), None)


def _how(lines: int) -> dict[str, str]:
    sharpness, most = SHARPNESS[min(SHARPNESS, key=lambda known: abs(known - lines))]
    rate = {"maxrate": f"{most}k", "bufsize": f"{2 * most}k"}
    return {"crf": sharpness, "preset": "veryfast", "threads": "2", "g": "120", **rate}


def _counted(found: "InputContainer", tracks: list[int]) -> "Iterator[Packet[Any] | bytes]":
    """Each packet, and each time that another hundredth of the film is done, which one."""
    whole, told = (found.duration or 0) / 1_000_000, 0
    for packet in found.demux(*(found.streams[index] for index in tracks)):
        yield packet
        if packet.pts is not None and packet.time_base is not None and whole > 0:
            done = min(99, int(100 * float(packet.pts * packet.time_base) / whole))
            if done > told:
                told = done
                yield str(told).encode()
