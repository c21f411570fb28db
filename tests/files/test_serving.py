"""What a file is, and how it is handed to a browser."""

import pytest

from torg.files import sniffing
from torg.files.models import StoredFile
from torg.files.serving import headers_for

SAMPLES = [
    (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n" + bytes(20), "image/png"),
    (b"GIF89a" + bytes(20), "image/gif"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"%PDF-1.7\n", "application/pdf"),
    (b"\x00\x00\x00\x18ftypmp42" + bytes(20), "video/mp4"),
    ("Hei på deg".encode(), "text/plain"),
    (b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
    (b"   \n<ScRiPt>alert(1)</script>", "text/html"),
    (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "image/svg+xml"),
    (b'<?xml version="1.0"?><arkivmelding/>', "application/xml"),
    (b"\x00\x01\x02\x03 nothing known", "application/octet-stream"),
    (b"\xff\xfe<\x00h\x00t\x00m\x00l\x00", "application/octet-stream"),
]


@pytest.mark.parametrize(
    ("data", "expected"), SAMPLES, ids=[f"{number}-{name}" for number, (_, name) in enumerate(SAMPLES)]
)
def test_the_bytes_decide_the_type(data, expected):
    assert sniffing.media_type(data) == expected


def served(media_type, **changes):
    return headers_for(StoredFile(sha256="0" * 64, size=3, media_type=media_type), **{"name": "fil", **changes})


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/pdf", "application/xml"])
def test_what_is_no_picture_is_always_a_download_and_never_runs(media_type):
    headers = served(media_type, in_place=True)

    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] not in {"text/html", "image/svg+xml", "application/xml"}


def test_a_picture_is_shown_in_place_only_when_asked_for():
    assert served("image/png")["Content-Disposition"].startswith("attachment")
    assert served("image/png", in_place=True)["Content-Disposition"].startswith("inline")


def test_a_hostile_name_stays_inside_its_header():
    disposition = served("image/png", name='å"; x=y\r\nSet-Cookie: a=b.png')["Content-Disposition"]

    assert "\r" not in disposition and "\n" not in disposition
    assert disposition.count('"') == 2
