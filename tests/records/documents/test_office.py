"""Office documents and PDF become PDF/A where the machine has programs for it; without, and on failure, they wait."""

import io
import shutil

import page as validator
import pikepdf
import pytest
from django.utils import translation

from tests.records.documents import office_samples, pdf_checker, samples
from tests.records.documents.office_samples import GHOST_SAYS, OFFICE_SAYS, OLE_FILES
from torg.records.documents import office, programs
from torg.records.documents.converting import to_archive_format
from torg.records.documents.formats import identify
from torg.records.documents.rendering import render
from torg.records.documents.types import Document

LIMITED = pytest.mark.skipif(shutil.which("prlimit") is None, reason="the machine has no prlimit")


def converted(data, name="søknad"):
    return to_archive_format(data, name=name, at=samples.AT)


def plain_pdf():
    kept = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        page.Contents, page.Resources = pdf.make_stream(b"9 9 99 99 re f"), pikepdf.Dictionary()
        pdf.save(kept)
    return kept.getvalue()


def unsound(data):
    """What the independent validator finds against PDF/A-2b, and qpdf where that miscounts."""
    report = validator.validate_pdf_bytes(data, profile=validator.ValidationProfile.PDF_A_2B)
    found = [failure.rule_id for failure in report.failures if not pdf_checker.MISTAKEN.search(failure.rule_id)]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*found, *pdf.check_pdf_syntax()]


@pytest.fixture(scope="module")
def archived():
    """A PDF/A."""
    return render(Document(samples.snapshot(samples.item(1, "Hei"))), language="nb", at=samples.AT)


@pytest.mark.parametrize(
    ("data", "puid", "ending"),
    [
        (office_samples.word(), "fmt/412", ".docx"),
        (office_samples.word(part="spreadsheetml.sheet"), "fmt/214", ".xlsx"),
        (office_samples.word(part="presentationml.presentation"), "fmt/215", ".pptx"),
        (office_samples.open_document(), "fmt/290", ".odt"),
        (office_samples.open_document(kind="spreadsheet"), "fmt/294", ".ods"),
        (office_samples.RTF, "fmt/45", ".rtf"),
        *((data, None, ending) for ending, data in OLE_FILES.items()),
    ],
)
def test_an_office_document_is_known_by_its_bytes_and_is_no_archive_format_alone(data, puid, ending):
    made = converted(data)

    assert puid in (None, made.format.puid)
    assert office.kind_of(data, made.format.puid).ending == ending
    assert (made.data, made.conversion, made.is_archive_format) == (data, None, False)


def test_a_zip_that_only_looks_like_an_office_document_stays_a_zip():
    strange = office_samples.packed(**{"[Content_Types].xml": "<Types/>"})

    assert identify(strange).puid == "x-fmt/263"
    assert identify(strange[:60]).puid != "fmt/412"


@LIMITED
def test_an_office_document_is_laid_out_and_the_record_says_by_what(settings, tmp_path, archived, monkeypatch):
    monkeypatch.setenv("TORG_CREDENTIAL_KEYS", "hemmelig")
    settings.SOFFICE, log = office_samples.program(tmp_path, OFFICE_SAYS, archived)

    made = converted(office_samples.word(), "søknad.docx")

    assert (made.data, made.name, made.format.puid) == (archived, "søknad.pdf", "fmt/476")
    told = made.conversion
    assert (told.tool, told.tool_version, told.source.puid) == ("LibreOffice", "24.2.1.2", "fmt/412")
    asked = log.read_text()
    assert '"SelectPdfVersion":{"type":"long","value":"2"}' in asked and "pdf:writer_pdf_Export" in asked
    assert "-env:UserInstallation=file:///" in asked and "hemmelig" not in asked


@LIMITED
@pytest.mark.parametrize("then", ["exit 0", "exit 1", "kill -9 $$", "sleep 60"])
def test_a_program_that_fails_leaves_the_document_to_a_person(settings, tmp_path, archived, then, monkeypatch):
    monkeypatch.setattr(programs, "SECONDS_A_DOCUMENT", 1.0)
    settings.SOFFICE, _log = office_samples.program(tmp_path, OFFICE_SAYS, archived, then)

    made = converted(office_samples.word())

    assert (made.conversion, made.is_archive_format) == (None, False)


@LIMITED
def test_what_is_made_is_judged_by_its_own_bytes(settings, tmp_path):
    settings.SOFFICE, _log = office_samples.program(tmp_path / "office", OFFICE_SAYS, plain_pdf())
    settings.GHOSTSCRIPT = "/nowhere/gs"

    assert not converted(office_samples.word()).is_archive_format
    assert not converted(plain_pdf()).is_archive_format


@LIMITED
@pytest.mark.parametrize(("then", "asked", "part"), [(":", 1, ""), ("case $* in *Policy=2*) exit 1;; esac", 2, "only")])
def test_a_pdf_becomes_pdf_a_whole_or_without_what_is_not_permitted(settings, tmp_path, archived, then, asked, part):
    settings.GHOSTSCRIPT, log = office_samples.program(tmp_path, GHOST_SAYS, archived, then)

    with translation.override("en"):
        made = converted(plain_pdf(), "kart.pdf")

    assert (made.data, made.is_archive_format, made.conversion.tool) == (archived, True, "Ghostscript")
    assert part in made.conversion.comment
    assert log.read_text().count("-dSAFER") == asked
    assert "-dPDFA=2" in log.read_text()


def test_which_programs_are_absent_is_told(settings):
    settings.SOFFICE = "/usr/bin/soffice"

    assert programs.missing() == ["Ghostscript"]


@LIMITED
@pytest.mark.skipif(shutil.which("soffice") is None, reason="the machine has no LibreOffice")
@pytest.mark.parametrize(
    ("data", "text"),
    [(office_samples.word(), "Klage på byggesak"), (office_samples.RTF, "Hei på deg")],
)
def test_libreoffice_itself_makes_a_sound_pdf_a(settings, data, text):
    settings.SOFFICE = shutil.which("soffice")

    made = converted(data)

    assert made.format.puid == "fmt/477"
    assert text in pdf_checker.text_of(made.data)
    assert unsound(made.data) == []


@LIMITED
@pytest.mark.skipif(shutil.which("gs") is None, reason="the machine has no Ghostscript")
def test_ghostscript_itself_makes_a_sound_pdf_a_and_mends_nothing(settings):
    settings.GHOSTSCRIPT = shutil.which("gs")
    data = plain_pdf()

    made = converted(data)

    assert made.format.puid == "fmt/477"
    assert unsound(made.data) == []
    for broken in (data[:-20], data[:15] + b"rubbish %%EOF"):
        assert not converted(broken).is_archive_format
