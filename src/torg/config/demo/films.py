"""The demonstration's film: a slow look across the drawn square, with nothing to hear, made when it is asked for."""

import io

from PIL import Image

WIDTH, HEIGHT, A_SECOND, SECONDS = 640, 360, 12, 4
CAPTIONS = (
    "00:00.000 --> 00:02.000\n[Ingen lyd] Torget i Eksempelvik\n\n00:02.000 --> 00:04.000\nVelkommen på fredag!\n"
)


def walk(picture: bytes) -> bytes:
    """A WebM film that looks along the picture from left to right."""
    # FFmpeg is loaded by the demonstration only, and not by every process of the house.
    import av
    from av.video.frame import VideoFrame

    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    whole.thumbnail((WIDTH * 2, WIDTH * 2))
    seen = min(whole.height * WIDTH // HEIGHT, whole.width * 3 // 4)
    tall, frames = seen * HEIGHT // WIDTH, A_SECOND * SECONDS
    kept = io.BytesIO()
    with av.open(kept, "w", format="webm") as made:
        track = made.add_stream("libvpx", rate=A_SECOND, options={"deadline": "realtime", "cpu-used": "8"})
        track.width, track.height, track.pix_fmt, track.bit_rate = WIDTH, HEIGHT, "yuv420p", 400_000
        for number in range(frames):
            left, top = (whole.width - seen) * number // frames, (whole.height - tall) // 2
            view = whole.resize((WIDTH, HEIGHT), box=(left, top, left + seen, top + tall))
            frame = VideoFrame(WIDTH, HEIGHT, "rgb24")
            frame.planes[0].update(_rows(view, frame.planes[0].line_size))
            frame.pts = number
            made.mux(track.encode(frame))
        made.mux(track.encode(None))
    return kept.getvalue()


def _rows(picture: Image.Image, length: int) -> bytes:
    """The pixels, each row as long as the frame has it."""
    plain, row = picture.tobytes(), picture.width * 3
    return b"".join(plain[start : start + row].ljust(length, b"\0") for start in range(0, len(plain), row))
