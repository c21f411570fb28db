"""Takes pictures apart; runs in the confined process, never in ours, so it knows neither Django nor our rows."""

import io
import json
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

# A telephone's 50 megapixels pass; what unpacks to more is refused.
LARGEST_PIXELS = 60_000_000
LARGEST_FRAMES = 500
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "MPO")
# Shown in the library: fits a telephone's width, so that a click on it is never on a scaled picture.
THUMBNAIL = 272
COLOURS = 8
SAMPLE = 200
GPS_IFD = 0x8825
# JPEG's own technical notes tell of nobody.
HARMLESS = frozenset(
    {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression", "gamma", "interlace"}
    | {"transparency", "background", "duration", "loop", "version", "extension", "srgb", "chromaticity", "timestamp"}
    | {"default_image", "blend", "disposal", "primary", "bit_depth", "thumbnails", "depth_images", "mp", "mpoffset"}
    | {"adobe", "adobe_transform", "chroma", "tiling", "stride", "aux", "icc_profile_type", "heif"}
)


def examined(data: bytes) -> bytes:
    """What the picture is, as JSON on the first line, and then a small PNG or JPEG of it without metadata."""
    with _opened(data) as picture:
        told: dict[str, Any] = {"format": picture.format, "hidden": _hidden(picture)}
        upright = _upright(picture)
    told["width"], told["height"] = upright.size
    small = upright.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    told["colours"] = _colours(small)
    return json.dumps(told).encode() + b"\n" + encoded(small, "image/png" if _is_clear(small) else "image/jpeg")


def cut(data: bytes, box: tuple[int, int, int, int], size: tuple[int, int], media_type: str) -> bytes:
    """The part `box` (left, top, right, bottom) of the upright picture in `size`, as new pixels and nothing else."""
    from PIL import Image

    with _opened(data) as picture:
        upright = _upright(picture)
    wanted = media_type or ("image/png" if _is_clear(upright) else "image/jpeg")
    return encoded(upright.resize(size, Image.Resampling.LANCZOS, box=box), wanted)


def _opened(data: bytes) -> "Image":
    """Raises an error of Pillow for what is no picture, and for what would unpack to more than the limit."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    picture = Image.open(io.BytesIO(data), formats=FORMATS)
    if getattr(picture, "n_frames", 1) > LARGEST_FRAMES:
        raise ValueError("too many frames")
    return picture


def _upright(picture: "Image") -> "Image":
    """The first frame, turned as the camera meant it, in the colours of the web, with nothing but pixels."""
    from PIL import Image, ImageOps

    picture.load()
    turned = ImageOps.exif_transpose(picture)
    plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    plain = _in_web_colours(plain, picture.info.get("icc_profile"))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _in_web_colours(picture: "Image", profile: bytes | None) -> "Image":
    """As sRGB: a copy without its colour profile would look wrong. A profile that cannot be read is left aside."""
    if not profile:
        return picture
    from PIL import ImageCms

    try:
        turned = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=picture.mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return turned or picture


def _is_clear(picture: "Image") -> bool:
    """Whether anything shows through it."""
    if picture.mode != "RGBA":
        return False
    return picture.getchannel("A").tobytes().strip(b"\xff") != b""


def encoded(picture: "Image", media_type: str) -> bytes:
    """As a file of this type; the same pixels give the same bytes."""
    from PIL import Image

    kept = io.BytesIO()
    if media_type == "image/png":
        picture.save(kept, "PNG", optimize=True)
        return kept.getvalue()
    if media_type == "image/webp":
        picture.save(kept, "WEBP", quality=80, method=4)
        return kept.getvalue()
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, (255, 255, 255))
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    picture.save(kept, "JPEG", quality=85, optimize=True, progressive=True)
    return kept.getvalue()


def _hidden(picture: "Image") -> list[str]:
    """What the file tells besides its pixels, as codes: POSITION, CAMERA, TEXT, PROFILE."""
    found = set()
    exif = picture.getexif()
    if exif.get_ifd(GPS_IFD):
        found.add("POSITION")
    if len(exif):
        found.add("CAMERA")
    names = {str(name).lower() for name, value in picture.info.items() if value not in (None, b"", "", [], {})}
    if names & {"xmp", "comment", "photoshop", "metadata"} or _has_texts(picture):
        found.add("TEXT")
    if "icc_profile" in names:
        found.add("PROFILE")
    if names - HARMLESS - {"exif", "xmp", "comment", "photoshop", "metadata", "icc_profile"}:
        found.add("TEXT")
    return sorted(found)


def _has_texts(picture: "Image") -> bool:
    return bool(getattr(picture, "text", None)) if picture.format == "PNG" else False


def _colours(picture: "Image") -> list[list[int]]:
    """The main colours, each as red, green, blue and how many pixels have it."""
    sample = picture.convert("RGB")
    sample.thumbnail((SAMPLE, SAMPLE))
    few = sample.quantize(COLOURS)
    palette = few.getpalette() or []
    counts = few.histogram()[:COLOURS]
    return [[*palette[index * 3 : index * 3 + 3], count] for index, count in enumerate(counts) if count]
