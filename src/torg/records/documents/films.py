"""Brings films and sound into archive formats; runs in a confined process of its own, never in ours.

A film becomes MPEG-4 with H.264 (fmt/199), sound alone becomes FLAC (fmt/279). What is H.264 already is only wrapped
anew, packet by packet.
"""

import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

# The one reader for each of PRONOM's formats: a playlist that calls itself a film would have other files fetched.
READERS = {
    "fmt/199": "mov", "x-fmt/384": "mov", "fmt/357": "mov", "fmt/596": "mov",
    "fmt/569": "matroska", "fmt/573": "matroska",
    "fmt/5": "avi", "fmt/131": "asf", "fmt/132": "asf", "fmt/133": "asf",
    "x-fmt/382": "flv", "x-fmt/385": "mpeg", "x-fmt/386": "mpeg", "fmt/585": "mpegts",
    "fmt/203": "ogg", "fmt/944": "ogg", "fmt/945": "ogg", "fmt/946": "ogg",
    "fmt/414": "aiff", "x-fmt/135": "aiff", "x-fmt/136": "aiff",
    "fmt/356": "amr", "fmt/954": "amr",
    "fmt/6": "wav", "fmt/141": "wav", "fmt/142": "wav",
}  # fmt: skip
MPEG4, MATROSKA = "fmt/199", "fmt/569"
# These have a time on each packet, which wrapping anew needs.
TIMED = frozenset({"mov", "matroska", "flv", "mpegts"})
FILM_SOUND = frozenset({"aac", "mp3"})
# 4K of the cinemas; what says that it is larger is refused before it is decoded.
LARGEST_PIXELS = 4096 * 2304
MOST_STREAMS = 8
RIGHT, WRAPPED, ENCODED, SOUND = "RIGHT", "WRAPPED", "ENCODED", "SOUND"


def judge(data: bytes, puid: str) -> bytes:
    """What must be done with it, as JSON: `how`, how many streams would be `left_out`, and by which `ffmpeg`.

    Raises ValueError for what is neither film nor sound or is too large, and av's errors for what cannot be read.
    """
    import av

    with _opened(data, puid) as source:
        films, sounds = _streams(source)
        left_out = len(source.streams) - min(len(films), 1) - (len(sounds) if films else 1)
        told = {"how": _how(films, sounds, puid), "left_out": left_out, "ffmpeg": av.ffmpeg_version_info}
    return json.dumps(told).encode()


def to_archive(data: bytes, puid: str) -> bytes:
    """The archive's form of it. Raises ValueError for what is right already, and as `judge` does."""
    from torg.records.documents import film_making

    with _opened(data, puid) as source:
        films, sounds = _streams(source)
        how = _how(films, sounds, puid)
        if how == RIGHT:
            raise ValueError("nothing to convert")
        making = {WRAPPED: film_making.wrapped, ENCODED: film_making.encoded, SOUND: film_making.sound}[how]
        return making(source, films, sounds)


def _opened(data: bytes, puid: str) -> "InputContainer":
    """Nothing but the bytes at hand is read: no other file, and no network."""
    import av

    av.logging.set_level(av.logging.PANIC)
    return av.open(io.BytesIO(data), "r", format=READERS[puid], options={"protocol_whitelist": "none"})


def _streams(source: "InputContainer") -> tuple["list[VideoStream]", "list[AudioStream]"]:
    """The moving pictures and the sounds, ready to be decoded; the cover of a piece of music is neither."""
    from av.stream import Disposition

    if len(source.streams) > MOST_STREAMS:
        raise ValueError("too many streams")
    films = [one for one in source.streams.video if not one.disposition & Disposition.attached_pic]
    sounds = list(source.streams.audio)
    if not films and not sounds:
        raise ValueError("neither film nor sound")
    for film in films:
        if film.codec_context.width * film.codec_context.height > LARGEST_PIXELS:
            raise ValueError("too many pixels")
        film.codec_context.options = {"max_pixels": str(LARGEST_PIXELS)}
    for stream in (*films, *sounds):
        stream.codec_context.thread_count = 2
    return films, sounds


def _how(films: "list[VideoStream]", sounds: "list[AudioStream]", puid: str) -> str:
    """What must be done: the list of formats names the wrapping, the regulation the coding inside it too."""
    film, heard = (films[0].codec_context.name if films else ""), {one.codec_context.name for one in sounds}
    is_right = {
        MPEG4: film in ("h264", "") and heard <= FILM_SOUND,
        MATROSKA: film == "ffv1",
        "fmt/6": all(name.startswith("pcm_") for name in heard),
    }
    if is_right.get("fmt/6" if READERS[puid] == "wav" else puid, False):
        return RIGHT
    if not films:
        return SOUND
    return WRAPPED if film == "h264" and heard <= FILM_SOUND and READERS[puid] in TIMED else ENCODED
