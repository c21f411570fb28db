"""Files for the tests, made here: pictures with what cameras hide in them, a small film, captions."""

import io
import struct

from PIL import Image, PngImagePlugin

POSITION = b"59 degrees"
SECRET = "Telefonen til Kari"


def jpeg(width: int = 60, height: int = 40, *, orientation: int = 1, position: bool = True) -> bytes:
    """Left half red, right half blue; with a camera's notes and the place in them."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, SECRET
    if position:
        exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 23.0, 45.0), 3: "E", 4: (11.0, 17.0, 5.0)})
    kept = io.BytesIO()
    halves(width, height).save(kept, "JPEG", exif=exif, comment=SECRET, quality=90)
    return kept.getvalue()


def png(**text: str) -> bytes:
    """Black on white, with text chunks."""
    notes = PngImagePlugin.PngInfo()
    for name, said in {"Author": SECRET, **text}.items():
        notes.add_text(name, said)
        notes.add_itxt(f"{name}-i", said)
    kept = io.BytesIO()
    halves(40, 30, (255, 255, 255), (0, 0, 0)).save(kept, "PNG", pnginfo=notes)
    return kept.getvalue()


def webp() -> bytes:
    kept = io.BytesIO()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    halves(40, 30).save(kept, "WEBP", xmp=xmp, lossless=True)
    return kept.getvalue()


def pale_poster() -> bytes:
    """Light grey on white: nobody can read that."""
    kept = io.BytesIO()
    halves(40, 30, (255, 255, 255), (205, 205, 205)).save(kept, "PNG")
    return kept.getvalue()


def bomb() -> bytes:
    """Some kilobytes that unpack to 144 million pixels."""
    kept = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(kept, "PNG")
    return kept.getvalue()


def halves(width, height, left=(200, 20, 20), right=(20, 20, 200)) -> Image.Image:
    picture = Image.new("RGB", (width, height), left)
    picture.paste(right, (width // 2, 0, width, height))
    return picture


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def film(*, kind: bytes = b"vide", brand: bytes = b"isom") -> bytes:
    """An MP4 of boxes only, which tells of a place, a telephone and a time; its pictures are four bytes."""
    made_at = struct.pack(">II", 3_900_000_000, 3_900_000_001)
    track = box(b"tkhd", bytes(4) + made_at + bytes(60)) + box(
        b"mdia",
        box(b"mdhd", bytes(4) + made_at + bytes(12)) + box(b"hdlr", bytes(8) + kind + bytes(12) + SECRET.encode()),
    )
    telling = box(b"udta", box(b"\xa9xyz", POSITION)) + box(b"meta", SECRET.encode())
    whole = box(b"mvhd", bytes(4) + made_at + bytes(88)) + box(b"trak", track) + telling
    return box(b"ftyp", brand + bytes(4)) + box(b"moov", whole) + box(b"mdat", b"FILM") + box(b"uuid", POSITION)
