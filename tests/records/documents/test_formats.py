"""Formats are said by the bytes, and by nobody when the bytes do not say."""

from datetime import date

import pytest

from tests.records.documents import samples
from torg.records.documents.archive_formats import is_archive_format
from torg.records.documents.formats import Format, identify
from torg.records.documents.rendering import render
from torg.records.documents.types import Document


@pytest.mark.parametrize(
    ("data", "puid"),
    [
        (samples.picture("PNG"), "fmt/11"),
        (samples.picture("JPEG"), "fmt/43"),
        (samples.picture("GIF"), "fmt/3"),
        (samples.picture("WEBP"), "fmt/566"),
        (samples.picture("TIFF"), "fmt/353"),
        (b'{"a": [1]}', "fmt/817"),
        (b'<?xml version="1.0" encoding="UTF-8"?><a/>', "fmt/101"),
        (b"Hei p\xc3\xa5 deg", "x-fmt/111"),
        (b"{ikke JSON", "x-fmt/111"),
        (b"[" * 100_000, "x-fmt/111"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(60), "fmt/199"),
    ],
)
def test_a_format_is_told_by_its_bytes(data, puid):
    assert identify(data, "a.exe").puid == puid


@pytest.mark.parametrize("data", [b"", b"\0\1\2\3", b"Hei \xe5", b"PK\3\4", b"%PDF-", bytes(300_000)])
def test_what_nobody_can_tell_has_no_identifier(data):
    assert identify(data, "a.pdf") == Format(None)


def test_our_own_document_is_recognised_as_an_archive_format():
    made = render(Document(samples.snapshot(samples.item(0, "Hei"))), language="nb", at=samples.AT)

    assert identify(made).puid == "fmt/476"
    assert is_archive_format("fmt/476", on=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("puid", "on", "taken"),
    [
        ("fmt/11", date(2026, 1, 1), True),
        ("fmt/11", date(2017, 12, 31), False),
        ("fmt/276", date(2026, 1, 1), False),
        ("fmt/276", date(2008, 12, 31), True),
        ("fmt/566", date(2026, 1, 1), False),
        (None, date(2026, 1, 1), False),
    ],
)
def test_what_the_archive_takes_depends_on_the_day(puid, on, taken):
    assert is_archive_format(puid, on=on) is taken
