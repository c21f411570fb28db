"""What an uploaded file is, by its first bytes; its name and what the browser calls it decide nothing."""

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.files import sniffing
from torg.media.types import Kind

HEIF_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif"}
SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "image/avif"})
SOUNDS = {
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"OggS": "audio/ogg",
    b"fLaC": "audio/flac",
}
WEBM = b"\x1a\x45\xdf\xa3"


def media_type_of(data: bytes) -> str:
    """The media type of a picture, film or sound; anything else as the files room knows it."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return HEIF_BRANDS.get(brand) or ("audio/mp4" if brand in SOUND_BRANDS else "video/mp4")
    if data.startswith(WEBM):
        return "video/webm"
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "audio/wav"
    for signature, name in SOUNDS.items():
        if data.startswith(signature):
            return name
    return sniffing.media_type(data)


def kind_of(media_type: str, *, is_graphic: bool) -> Kind:
    """What it is in the library; raises Invalid, which says what to do instead, for what the library does not take."""
    if media_type in PICTURE_TYPES:
        return Kind.GRAPHIC if is_graphic else Kind.PICTURE
    if media_type.startswith("video/"):
        return Kind.FILM
    if media_type.startswith("audio/"):
        return Kind.SOUND
    raise Invalid(_refusal(media_type), field="file")


def _refusal(media_type: str) -> str:
    if media_type == "image/svg+xml":
        return _("An SVG file can hold programs, so we do not take it. Save it as PNG.")
    if media_type == "application/pdf":
        return _("A PDF file is no picture. Save the page as PNG, or publish the text as an article.")
    return _("We take pictures (JPEG, PNG, WebP, GIF, HEIC, AVIF), films (MP4, WebM) and sound (MP3, M4A, WAV, Ogg).")
