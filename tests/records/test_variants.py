"""The PDFs and converted attachments of an entry are made by a job, once."""

import io

import pytest
from PIL import Image

from torg.core.actors import Rule
from torg.files import commands as files
from torg.records import commands, variants
from torg.records.codes import Variant
from torg.records.models import DocumentObject
from torg.records.types import RestrictionWanted

MAKER = Rule("records.maker", "1")


def make(archive, entry) -> list[DocumentObject]:
    """What the job does."""
    kept = [
        commands.keep_variant(entry_id=entry.public_id, made=made, by=MAKER, at=archive.at)
        for made in variants.missing(entry, at=archive.at)
    ]
    return [each for each in kept if each is not None]


@pytest.fixture
def picture(at):
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(drawn, "GIF")
    return files.store(data=drawn.getvalue(), claimed_type=None, at=at).sha256


def test_an_entry_gets_its_pdf_and_its_picture_in_an_archive_format_once(archive, picture):
    (entry,) = archive.journaled(picture=picture)

    pdf, converted = make(archive, entry)

    assert files.read(pdf.sha256).startswith(b"%PDF")
    assert (pdf.variant, pdf.puid, pdf.is_archival) == (Variant.ARCHIVE, "fmt/476", True)
    assert (converted.converted_from_sha256, converted.is_archival) == (picture, True)
    assert make(archive, entry) == []


@pytest.mark.strategy("D6")
def test_a_restricted_name_is_gone_from_the_redacted_copy_only(archive):
    (entry,) = archive.journaled()
    sender = entry.correspondents.get(role="EA")
    wanted = RestrictionWanted("CORRESPONDENT", "offentleglova-13-1", correspondent=sender.public_id)
    commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)

    kept = make(archive, entry)

    assert [each.variant for each in kept] == [Variant.ARCHIVE, Variant.REDACTED]
    assert kept[0].sha256 != kept[1].sha256


def test_what_is_restricted_as_a_whole_has_no_redacted_copy(archive):
    (entry,) = archive.journaled()
    wanted = RestrictionWanted("ENTRY", "offentleglova-13-1")
    commands.restrict(entry_id=entry.public_id, wanted=wanted, by=archive.archivist, at=archive.at)

    assert [each.variant for each in make(archive, entry)] == [Variant.ARCHIVE]
