"""Writes the archive's form of a film or a sound from its streams; in the confined process only."""

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Protocol

import av
from av.filter import Graph

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# The same film gives the same bytes: no dates, and always two threads.
OPTIONS = {"fflags": "+bitexact"}
# Nobody can tell a frame from the original's by eye; slower settings only save room.
FILM = {"crf": "16", "preset": "veryfast", "threads": "2"}
FILM_SOUND_RATE, FILM_SOUND_BITS = 48_000, 192_000
# How telephones say which way up a film is, in degrees against the clock, and the filters that turn it.
TURNS = {90: ["cclock"], 180: ["clock", "clock"], -180: ["clock", "clock"], -90: ["clock"]}
# What is kept with 24 bits a sample; all else has 16, or was coded with loss.
FINE = frozenset({"pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_f64le", "alac"})


class Taker(Protocol):
    """What becomes of one stream: each packet, an empty one where the stream ends, and then what is left."""

    def take(self, packet: "Packet[Any]") -> None:
        """Write what the packet holds."""

    def finish(self) -> None:
        """Write what still waits."""


def wrapped(source: "InputContainer", films: "Sequence[VideoStream]", sounds: "Sequence[AudioStream]") -> bytes:
    """MPEG-4 with the same packets."""
    kept = io.BytesIO()
    with av.open(kept, "w", format="mp4", options=OPTIONS) as made:
        _pass_on(source, {stream: Packets(made, stream) for stream in (films[0], *sounds)})
    return kept.getvalue()


def encoded(source: "InputContainer", films: "Sequence[VideoStream]", sounds: "Sequence[AudioStream]") -> bytes:
    """MPEG-4 with H.264 and AAC."""
    kept = io.BytesIO()
    with av.open(kept, "w", format="mp4", options=OPTIONS) as made:
        takers: dict[Stream, Taker] = {films[0]: Pictures(made, films[0])}
        takers |= {stream: Sound(made, stream, "aac", rate=FILM_SOUND_RATE) for stream in sounds}
        _pass_on(source, takers)
    return kept.getvalue()


def sound(source: "InputContainer", films: "Sequence[VideoStream]", sounds: "Sequence[AudioStream]") -> bytes:
    """FLAC of the first sound, as it is decoded."""
    kept = io.BytesIO()
    with av.open(kept, "w", format="flac", options=OPTIONS) as made:
        _pass_on(source, {sounds[0]: Sound(made, sounds[0], "flac", rate=sounds[0].rate)})
    return kept.getvalue()


def _pass_on(source: "InputContainer", takers: "dict[Stream, Taker]") -> None:
    for packet in source.demux(list(takers)):
        takers[packet.stream].take(packet)
    for taker in takers.values():
        taker.finish()


class Packets:
    """A stream that is not decoded at all."""

    def __init__(self, made: "OutputContainer", stream: "Stream") -> None:
        self._made = made
        self._into = made.add_stream_from_template(stream)

    def take(self, packet: "Packet[Any]") -> None:
        """Hand it over as it is."""
        if packet.size:
            packet.stream = self._into
            self._made.mux(packet)

    def finish(self) -> None:
        """Nothing waits."""


class Pictures:
    """Moving pictures, upright, of one even size from the beginning to the end; smaller, where `lines` says so.

    `lines` is how long the shorter side becomes.
    """

    def __init__(
        self,
        made: "OutputContainer",
        stream: "VideoStream",
        *,
        lines: int | None = None,
        options: Mapping[str, str] = FILM,
    ) -> None:
        self._made = made
        sides = (stream.codec_context.width, stream.codec_context.height)
        scale = min(1.0, lines / min(sides)) if lines else 1.0
        self._size = tuple(max(2, round(side * scale) // 2 * 2) for side in sides)
        self._turn: Graph | None = None
        self._into: VideoStream = made.add_stream("libx264", rate=stream.average_rate or 25, options=dict(options))
        self._into.pix_fmt = "yuv420p"
        self._into.codec_context.time_base = stream.time_base or Fraction(1, 1000)

    def take(self, packet: "Packet[VideoStream]") -> None:
        """Encode each picture."""
        for frame in packet.decode():
            self._made.mux(self._into.encode(self._upright(frame)))

    def finish(self) -> None:
        """The encoder looks ahead, and holds some back."""
        self._made.mux(self._into.encode(None))

    def _upright(self, frame: "VideoFrame") -> "VideoFrame":
        rotation = frame.rotation
        even = frame.reformat(width=self._size[0], height=self._size[1], format="yuv420p")
        if rotation in TURNS:
            self._turn = self._turn or self._turning(even, TURNS[rotation])
            self._turn.push(even)
            even = self._turn.vpull()
        even.pict_type = 0
        if not self._into.codec_context.is_open:
            self._into.width, self._into.height = even.width, even.height
        return even

    def _turning(self, frame: "VideoFrame", how: list[str]) -> Graph:
        graph = Graph()
        source = graph.add_buffer(None, frame.width, frame.height, frame.format, time_base=frame.time_base)
        graph.link_nodes(source, *(graph.add("transpose", step) for step in how), graph.add("buffersink")).configure()
        return graph


class Sound:
    """Sound in another coding; the encoder samples it anew where it must."""

    def __init__(
        self,
        made: "OutputContainer",
        stream: "AudioStream",
        codec: Literal["aac", "flac"],
        *,
        rate: int,
        bits: int = FILM_SOUND_BITS,
    ) -> None:
        self._made = made
        # AVI has no times, and those that are guessed may stand still.
        self._is_timed = stream.container.format.name != "avi"
        self._into: AudioStream = made.add_stream(codec, rate=rate)
        is_film = codec == "aac"
        channels = stream.codec_context.layout.nb_channels
        self._into.layout = ("mono" if channels == 1 else "stereo") if is_film else stream.codec_context.layout
        if is_film:
            self._into.bit_rate = bits
        else:
            self._into.format = "s32" if stream.codec_context.name in FINE else "s16"

    def take(self, packet: "Packet[AudioStream]") -> None:
        """Encode its samples."""
        for frame in packet.decode():
            frame.pts = frame.pts if self._is_timed else None
            self._made.mux(self._into.encode(frame))

    def finish(self) -> None:
        """The last samples fill no whole frame."""
        self._made.mux(self._into.encode(None))
