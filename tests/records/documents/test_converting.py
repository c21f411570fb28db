"""Attachments reach archive formats without loss, with a record of how; what cannot, is left and marked."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops

from tests.records.documents import samples
from torg.records.documents.converting import to_archive_format


def converted(data, name="bilde"):
    return to_archive_format(data, name=name, at=samples.AT)


def bomb():
    """A PNG of a few bytes that says it is 100,000 by 100,000."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("form", "saving"), [("WEBP", {"lossless": True}), ("GIF", {}), ("BMP", {}), ("AVIF", {}), ("HEIF", {})]
)
def test_a_picture_becomes_png_with_the_same_pixels(form, saving):
    pytest.importorskip("pillow_heif").register_heif_opener()
    data = samples.picture(form, **saving)

    made = converted(data, "hall.webp")

    assert (made.format.puid, made.name, made.is_archive_format) == ("fmt/11", "hall.png", True)
    before, after = (Image.open(io.BytesIO(each)).convert("RGB") for each in (data, made.data))
    assert ImageChops.difference(before, after).getbbox() is None


def test_the_conversion_is_recorded():
    data = samples.picture("GIF")

    made = converted(data)

    assert made.conversion.source.puid == "fmt/3"
    assert made.conversion.target.puid == "fmt/11"
    assert (made.conversion.tool, made.conversion.at) == ("pillow", samples.AT)
    assert made.conversion.sha256_before == hashlib.sha256(data).hexdigest()
    assert made.conversion.sha256_after == hashlib.sha256(made.data).hexdigest()


def test_several_pictures_in_one_file_are_all_kept():
    other = Image.new("RGB", (60, 40), "red")

    made = converted(samples.picture("GIF", save_all=True, append_images=[other]), "film.gif")

    assert (made.format.puid, made.name) == ("fmt/353", "film.tif")
    assert Image.open(io.BytesIO(made.data)).n_frames == 2


def test_a_cameras_picture_keeps_its_data():
    exif = Image.Exif()
    exif[0x0110] = "Kamera"
    plain = samples.picture("JPEG", exif=exif)
    data = plain[:2] + plain[plain.index(b"\xff\xe1") :].replace(b"Exif\0\0", b"Exif\0\0", 1)

    made = converted(data, "bilde.jpg")

    assert made.is_archive_format
    assert made.data.endswith(data[2:])


@pytest.mark.parametrize("data", [samples.picture("PNG"), samples.picture("JPEG"), b"Hei", b'{"a": 1}'])
def test_what_is_in_an_archive_format_goes_as_it_is(data):
    made = converted(data)

    assert made.data == data
    assert made.conversion is None
    assert made.is_archive_format


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n%%EOF", bytes.fromhex("1a45dfa3") + b"\x42\x82\x84webm" + bytes(99), b"\0\1", b"GIF89a" + b"\0"],
)
def test_what_cannot_be_converted_is_left_and_marked(data):
    made = converted(data)

    assert made.data == data
    assert not made.is_archive_format
    assert made.conversion is None


def test_a_picture_that_unpacks_to_too_much_is_not_unpacked():
    from torg.records.documents import confined, pictures

    with pytest.raises(confined.ConfinedFailure):
        confined.call(pictures.for_display, bomb())
