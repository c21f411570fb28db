"""Small films and sounds of every form that the library takes, made here, with what makers hide in them."""

import io
from functools import cache

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

SECRET = "Kari Hemmelig"
POSITION = "+59.9139+010.7522/"
APE_TAG = b"APETAGEX" + bytes(24) + SECRET.encode() + b"APETAGEX" + bytes(24)
RATE, FRAMES, WIDTH, HEIGHT = 48_000, 8, 64, 48
SOUNDS = {
    "audio/mpeg": ("mp3", "libmp3lame"),
    "audio/wav": ("wav", "pcm_s16le"),
    "audio/ogg": ("ogg", "libopus"),
    "audio/flac": ("flac", "flac"),
}


@cache
def film(
    form: str = "webm", codec: str = "libvpx", sound: str = "libopus", size: tuple[int, int] = (WIDTH, HEIGHT)
) -> bytes:
    """A second of film that grows lighter; without `sound` a silent one."""
    kept = io.BytesIO()
    with av.open(kept, "w", format=form) as made:
        _tell(made)
        track = made.add_stream(codec, rate=FRAMES)
        track.width, track.height, track.pix_fmt = *size, "yuv420p"
        heard = made.add_stream(sound, rate=RATE) if sound else None
        for number in range(FRAMES):
            frame = VideoFrame(*size, "yuv420p")
            frame.pts = number
            for plane in frame.planes:
                plane.update(bytes([min(255, number * 30)]) * plane.buffer_size)
            made.mux(track.encode(frame))
        made.mux(track.encode(None))
        if heard is not None:
            _hum(made, heard)
    return kept.getvalue()


@cache
def sound(media_type: str) -> bytes:
    """A moment of silence in a form of sound."""
    form, codec = SOUNDS[media_type]
    kept = io.BytesIO()
    with av.open(kept, "w", format=form) as made:
        _tell(made)
        _hum(made, made.add_stream(codec, rate=RATE))
    return kept.getvalue()


def packets(data: bytes) -> list[bytes]:
    """The coded picture and sound, piece by piece."""
    with av.open(io.BytesIO(data)) as found:
        return sorted(bytes(packet) for packet in found.demux() if packet.size and packet.stream.type != "data")


def _tell(made) -> None:
    for name in ("title", "artist", "comment"):
        made.metadata[name] = SECRET
    made.metadata["location"] = POSITION


def _hum(made, track) -> None:
    context = track.codec_context
    samples = context.frame_size or 960
    for number in range(10):
        frame = AudioFrame(format=context.format.name, layout=context.layout.name, samples=samples)
        frame.sample_rate, frame.pts = RATE, number * samples
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        made.mux(track.encode(frame))
    made.mux(track.encode(None))
