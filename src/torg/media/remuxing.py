"""Sound in other containers than MP4, packed anew without what it told; runs in the confined process.

The sound is copied, never coded anew. It knows neither Django nor our rows, and loads FFmpeg over there only.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream


class Form(NamedTuple):
    """How FFmpeg reads and writes a media type, which codecs may be in it, and how its tags are switched off."""

    reading: str
    writing: str
    codecs: frozenset[str]
    without_tags: Mapping[str, str] = {}


FORMS = {
    "audio/mpeg": Form("mp3", "mp3", frozenset({"mp3", "mp2"}), {"id3v2_version": "0", "write_id3v1": "0"}),
    "audio/ogg": Form("ogg", "ogg", frozenset({"opus", "vorbis", "flac"})),
    "audio/flac": Form("flac", "flac", frozenset({"flac"})),
    "audio/wav": Form("wav", "wav", frozenset({"pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_u8", "pcm_f32le"})),
}
# No identity, no date and no version of the program: the same bytes every time.
PLAINLY = {"fflags": "+bitexact"}
# The bytes at hand, and no other file or address that they may name.
ALONE = {"protocol_whitelist": "none"}
# No maker, no comments, and the bit that ends the header (Vorbis I specification, 5.2.1).
EMPTY_COMMENT = b"\x03vorbis" + bytes(8) + b"\x01"


def remuxed(data: bytes, media_type: str) -> bytes:
    """The same sound with no tags, chapters, attached files, cover pictures or other tracks.

    Raises KeyError or ValueError for a form or a codec that we do not know, an error of PyAV for what cannot be read.
    """
    import av

    form = FORMS[media_type]
    kept = io.BytesIO()
    with (
        av.open(io.BytesIO(data), "r", format=form.reading, options=ALONE) as found,
        av.open(kept, "w", format=form.writing, options={**PLAINLY, **form.without_tags}) as made,
    ):
        copies = {}
        for stream in _plain(found, form.codecs):
            copy = made.add_stream_from_template(stream)
            copy.metadata.clear()
            if stream.codec_context.codec.canonical_name == "vorbis":
                copy.codec_context.extradata = without_comment(stream.codec_context.extradata or b"")
            copies[stream.index] = copy
        for packet in _bare(found.demux(*(found.streams[index] for index in copies)), media_type):
            packet.stream = copies[packet.stream.index]
            made.mux(packet)
    return kept.getvalue()


def without_comment(headers: bytes) -> bytes:
    """The three headers of Vorbis, laced as containers hold them, with an empty comment in the middle."""
    if headers[:1] != b"\x02":
        raise ValueError("headers of Vorbis in another form")
    first, place = _laced(headers, 1)
    comment, place = _laced(headers, place)
    about, setup = headers[place : place + first], headers[place + first + comment :]
    if not (about.startswith(b"\x01vorbis") and setup.startswith(b"\x05vorbis")):
        raise ValueError("headers of Vorbis in another order")
    return b"\x02" + _lacing(first) + _lacing(len(EMPTY_COMMENT)) + about + EMPTY_COMMENT + setup


def _laced(data: bytes, place: int) -> tuple[int, int]:
    """A length as Xiph writes it, 255 at a time, and where it ends."""
    length = 0
    while data[place] == 255:
        length, place = length + 255, place + 1
    return length + data[place], place + 1


def _lacing(length: int) -> bytes:
    return b"\xff" * (length // 255) + bytes([length % 255])


def _plain(found: "InputContainer", codecs: frozenset[str]) -> "list[Stream]":
    """The tracks of sound; covers, subtitles and attached files stay behind. Raises ValueError."""
    kept: list[Stream] = [*found.streams.audio]
    names = {track.codec_context.codec.canonical_name for track in kept}
    if not kept or names - codecs:
        raise ValueError(f"holds {', '.join(sorted(names)) or 'nothing'}")
    return kept


def _bare(packets: "Iterable[Packet[Stream]]", media_type: str) -> "Iterator[Packet[Stream]]":
    """The packets without what may hang on them; between the frames of MP3 tags may stand, which are left out."""
    from av.packet import Packet

    for packet in packets:
        held = bytes(packet)
        if packet.dts is None or (media_type == "audio/mpeg" and not _is_frame(held)):
            continue
        bare = Packet(held)
        bare.stream, bare.time_base = packet.stream, packet.time_base
        bare.pts, bare.dts, bare.duration = packet.pts, packet.dts, _signed(packet.duration or 0)
        bare.is_keyframe = packet.is_keyframe
        yield bare


def _signed(duration: int) -> int:
    """The last packet of Ogg may be cut short by its end, which is told as a length below zero."""
    return duration - (1 << 32) if duration >= 1 << 31 else duration


def _is_frame(data: bytes) -> bool:
    return len(data) > 3 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0
