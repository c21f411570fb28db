"""Whether a stated format and a file's ending agree."""

import pytest

from torg.noark.checking.checks.formats import agree


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("fmt/477", "dokumenter/brev.pdf"),
        ("fmt/477", "BREV.PDF"),
        ("pdf", "brev.pdf"),
        ("PDF/A", "brev.pdf"),
        ("PDF/A - ISO 19005-1:2005", "brev.pdf"),
        ("RA-PDF", "brev.pdf"),
        ("fmt/44", "bilde.jpeg"),
        ("TIFF", "bilde.tif"),
        ("fmt/289", "side.warc.gz"),
        ("x-fmt/111", "brev.txt"),
        ("fmt/99999", "brev.ukjent"),
        ("abc", "brev.abc"),
    ],
)
def test_they_agree(stated, name):
    assert agree(stated, name)


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("fmt/477", "brev.docx"),
        ("pdf", "brev.docx"),
        ("doc", "brev.pdf"),
        ("docx", "brev.doc"),
        ("PDF/A", "bilde.tif"),
        ("fmt/18", "brev"),
        ("abc", "brev.pdf"),
    ],
)
def test_they_disagree(stated, name):
    assert not agree(stated, name)
