"""Where a package's files lie, and packages that are not whole."""

import shutil
import tarfile
import unicodedata

import pytest

from tests.noark.checking.building import Deposit, identity
from tests.noark.checking.testing import answers, checked, counts, failed, not_run, result
from torg.noark.checking.package import NoPackage, opened


def test_the_root_of_a_dias_package_is_taken_for_its_content(tmp_path):
    Deposit().write(tmp_path / "pakke" / "content")

    assert failed(checked(tmp_path / "pakke")) == set()
    assert failed(checked(tmp_path / "pakke" / "content")) == set()
    assert counts(checked(tmp_path / "pakke"), "N5.16")["total"] == 2


def test_the_statement_may_lie_among_the_administrative_metadata(tmp_path):
    content = Deposit().write(tmp_path / "pakke" / "content")
    (tmp_path / "pakke" / "administrative_metadata").mkdir()
    shutil.move(content / "arkivuttrekk.xml", tmp_path / "pakke" / "administrative_metadata" / "addml.xml")

    report = checked(tmp_path / "pakke")

    assert failed(report) == set()
    assert not_run(report) == {"N5.03"}


def test_a_dias_tar_is_read_where_it_lies(tmp_path):
    content = Deposit().write(tmp_path / "pakke" / "content")
    (tmp_path / "pakke" / "administrative_metadata").mkdir()
    shutil.move(content / "arkivuttrekk.xml", tmp_path / "pakke" / "administrative_metadata" / "addml.xml")
    with tarfile.open(tmp_path / "pakke.tar", "w") as archive:
        archive.add(tmp_path / "pakke", "3f0c6a1e")

    report = checked(tmp_path / "pakke.tar")

    assert failed(report) == set()
    assert not_run(report) == {"N5.03"}


def test_a_tar_that_leads_out_of_itself_is_not_followed(tmp_path):
    folder = Deposit().write(tmp_path / "uttrekk")
    (tmp_path / "hemmelig.txt").write_text("HEMMELIG")
    with tarfile.open(tmp_path / "pakke.tar", "w") as archive:
        archive.add(folder, "uttrekk")
        archive.add(tmp_path / "hemmelig.txt", "uttrekk/dokumenter/../../ut.txt")
        link = tarfile.TarInfo("uttrekk/dokumenter/lenke.txt")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "hemmelig.txt")
        archive.addfile(link)

    report = checked(tmp_path / "pakke.tar")

    assert failed(report) == {"N5.33"}
    assert "HEMMELIG" not in str(report.as_json())


@pytest.mark.parametrize("name", ["DOKUMENT", "DOKUMENTER", "dokument", "dokumenter"])
def test_the_folder_of_documents_has_several_names(name, tmp_path):
    deposit = Deposit().change("dokumenter/", f"{name}/", times=2)
    folder = deposit.write(tmp_path / "uttrekk")
    (folder / "dokumenter").rename(folder / name)

    assert failed(checked(folder)) == set()


def test_references_as_windows_writes_them_lead_to_the_files(tmp_path):
    deposit = Deposit().change("dokumenter/", "dokumenter\\", times=2)

    assert failed(checked(deposit.write(tmp_path / "uttrekk"))) == set()


def test_documents_may_lie_in_folders_inside(tmp_path):
    deposit = Deposit().change("dokumenter/brev.txt", "dokumenter/2025/03/brev.txt")
    folder = deposit.write(tmp_path / "uttrekk")
    (folder / "dokumenter" / "2025" / "03").mkdir(parents=True)
    shutil.move(folder / "dokumenter" / "brev.txt", folder / "dokumenter" / "2025" / "03" / "brev.txt")

    assert failed(checked(folder)) == set()


def test_without_the_statement_what_needs_it_is_not_run(tmp_path):
    folder = Deposit().write(tmp_path / "uttrekk")
    (folder / "arkivuttrekk.xml").unlink()

    report = checked(folder)

    assert failed(report) == {"N5.01"}
    needing = {2, 3, 10, 16, 28, 42, 44, 45, 59, 60}
    assert not_run(report) == {f"N5.{number:02}" for number in needing}
    assert counts(report, "N5.16")["total"] == 2


def test_without_journals_that_nobody_names_their_tests_are_not_run(tmp_path):
    deposit = Deposit()
    del deposit.files["loependeJournal.xml"], deposit.files["offentligJournal.xml"]

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert failed(report) == set()
    assert not_run(report) == {"N5.03", "N5.59", "N5.60"}


def test_without_a_log_of_changes_that_nobody_names_its_tests_are_not_run(tmp_path):
    deposit = Deposit()
    del deposit.files["endringslogg.xml"]

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert failed(report) == set()
    assert not_run(report) == {"N5.03", "N5.61", "N5.62"}


def test_without_the_archive_itself_only_the_files_are_judged(tmp_path):
    deposit = Deposit()
    folder = deposit.write(tmp_path / "uttrekk")
    (folder / "arkivstruktur.xml").unlink()

    report = checked(folder)

    assert failed(report) == {"N5.01"}
    assert answers(report)["N5.28"] is True
    assert answers(report)["N5.04"] is None


def test_an_empty_folder_is_a_package_without_files(tmp_path):
    report = checked(tmp_path)

    assert failed(report) == {"N5.01"}
    assert True not in answers(report).values()


def test_what_is_neither_folder_nor_tar_is_no_package(tmp_path):
    (tmp_path / "brev.txt").write_text("Hei")

    with pytest.raises(NoPackage):
        opened(tmp_path / "brev.txt")
    with pytest.raises(NoPackage):
        opened(tmp_path / "finnes-ikke")


@pytest.mark.parametrize(
    ("there", "referred", "said"),
    [
        ("Søknad.TXT", "søknad.txt", "store og små bokstaver"),
        (unicodedata.normalize("NFD", "blåbær.txt"), "blåbær.txt", "Unicode-form"),
    ],
)
def test_a_name_that_is_spelled_otherwise_is_missing_and_the_other_spelling_is_told(tmp_path, there, referred, said):
    reference = f"<referanseDokumentfil>dokumenter/{referred}</referanseDokumentfil>"
    folder = Deposit().change(identity(12), identity(12) + reference).write(tmp_path / "pakke")
    (folder / "dokumenter" / there).write_text("Hei")

    report = checked(folder)

    assert {"N5.32", "N5.33"} <= failed(report)
    (finding,) = result(report, "N5.32").findings.shown
    assert said in finding.text and there in finding.text


def test_a_stated_file_that_is_spelled_otherwise_is_missing_too(tmp_path):
    folder = Deposit().write(tmp_path / "pakke")
    (folder / "endringslogg.xml").rename(folder / "Endringslogg.xml")

    report = checked(folder)

    assert "N5.01" in failed(report)
    assert "Endringslogg.xml" in result(report, "N5.01").findings.shown[0].text
