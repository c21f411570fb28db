"""Decodes pictures; runs in the confined process, never in ours."""

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# A page is some 17 cm wide: 200 dots an inch are enough to read a photographed letter.
LONGEST_SIDE = 1400
# A telephone's 50 megapixels pass; what unpacks to more is refused.
LARGEST_PIXELS = 60_000_000
LARGEST_FRAMES = 500


def for_display(data: bytes) -> bytes:
    """The picture, upright and of moderate size: JPEG, or PNG where parts are transparent."""
    from PIL import ImageOps

    with _opened(data) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
    shown = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = io.BytesIO()
    shown.save(kept, "PNG") if shown.mode == "RGBA" else shown.save(kept, "JPEG", quality=90)
    return kept.getvalue()


def to_archive(data: bytes) -> bytes:
    """Every picture in the file, without loss: PNG of one, TIFF with a page each of several."""
    from PIL import ImageOps, ImageSequence

    kept = io.BytesIO()
    with _opened(data) as picture:
        if getattr(picture, "n_frames", 1) > LARGEST_FRAMES:
            raise ValueError("too many frames")
        frames = [_whole(ImageOps.exif_transpose(frame)) for frame in ImageSequence.Iterator(picture)]
    if sum(frame.width * frame.height for frame in frames) > LARGEST_PIXELS * 4:
        raise ValueError("too many pixels")
    first, *others = frames
    if others:
        first.save(kept, "TIFF", save_all=True, append_images=others, compression="tiff_lzw")
    else:
        first.save(kept, "PNG")
    return kept.getvalue()


def _whole(frame: "Image") -> "Image":
    return frame.convert("RGBA" if frame.has_transparency_data else "RGB")


def _opened(data: bytes) -> "Image":
    """Raises an error of Pillow for what is no picture, and for what would unpack to more than the limit."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    return Image.open(io.BytesIO(data))
