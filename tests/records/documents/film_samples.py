"""Films and sounds of half a second, made here: the left half white, the right half black; a tone."""

import io
import math
import struct
from fractions import Fraction

import av

SIZE = (64, 48)
PICTURES, A_SECOND = 5, 10
UPRIGHT = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
A_QUARTER_CLOCKWISE = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)


def film(container, picture="", sound="", size=SIZE):
    """A file in one of ffmpeg's formats with these codings."""
    kept = io.BytesIO()
    with av.open(kept, "w", format=container) as made:
        shown = made.add_stream(picture, rate=A_SECOND) if picture else None
        heard = made.add_stream(sound, rate=8000 if "amr" in sound else 48000) if sound else None
        if shown:
            shown.width, shown.height = size
            shown.pix_fmt = "yuv420p"
        if heard:
            heard.layout = "mono"
        for stream, frames in ((shown, pictures), (heard, tone)):
            if stream:
                for frame in (*frames(stream), None):
                    made.mux(stream.encode(frame))
    return kept.getvalue()


def pictures(stream):
    row = bytes([235] * (stream.width // 2) + [16] * (stream.width // 2))
    for number in range(PICTURES):
        frame = av.VideoFrame(stream.width, stream.height, "gray")
        frame.planes[0].update(row.ljust(frame.planes[0].line_size, b"\0") * stream.height)
        frame.pts, frame.time_base = number, Fraction(1, A_SECOND)
        yield frame


def tone(stream):
    samples = stream.rate // 2
    frame = av.AudioFrame("s16", "mono", samples)
    frame.rate, frame.pts = stream.rate, 0
    frame.planes[0].update(struct.pack(f"<{samples}h", *(int(8000 * math.sin(at / 20)) for at in range(samples))))
    yield frame


def held_sideways(data):
    """The same MPEG-4 or QuickTime file, which says that it is to be shown a quarter turn clockwise."""
    place = data.index(UPRIGHT, data.index(b"tkhd"))
    return data[:place] + A_QUARTER_CLOCKWISE + data[place + len(UPRIGHT) :]


def contents(data):
    """The codings, and how many seconds it lasts."""
    with av.open(io.BytesIO(data)) as source:
        return [stream.codec_context.name for stream in source.streams], source.duration / av.time_base


def corners(data):
    """Whether the first picture, as it is to be shown, is bright: top left, top right, bottom left, bottom right."""
    with av.open(io.BytesIO(data)) as source:
        frame = next(source.decode(video=0))
        plane = frame.reformat(format="gray").planes[0]
        row, last = plane.line_size, frame.height - 3
        places = (2, frame.width - 3, last * row + 2, last * row + frame.width - 3)
        assert frame.rotation == 0
        return [bytes(plane)[place] > 128 for place in places]


def samples_of(data):
    """The samples of a sound, 16 bits each."""
    with av.open(io.BytesIO(data)) as source:
        resampler = av.AudioResampler("s16", "mono", source.streams.audio[0].rate)
        frames = [made for frame in source.decode(audio=0) for made in resampler.resample(frame)]
        return b"".join(bytes(frame.planes[0])[: frame.samples * 2] for frame in frames)
