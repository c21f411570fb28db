"""A package that wants to harm: nothing outside it is read, nothing grows without end, and every test answers."""

import os
import time
import tracemalloc

import pytest

from tests.noark.checking.building import LETTER, Deposit, identity
from tests.noark.checking.testing import answers, checked, failed, not_run, result
from torg.noark.checking import report

BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
OF_THE_ARCHIVE = {f"N5.{number:02}" for number in (4, 10, 15, 27, 30, 32, 47, 63)}


def spoiled(deposit, name, start):
    text = deposit.files[name]
    head, body = text.split("?>\n", 1)
    deposit.files[name] = f"{head}?>\n{start}{body}"
    return deposit


@pytest.mark.parametrize("name", ["arkivstruktur.xml", "loependeJournal.xml", "endringslogg.xml"])
def test_an_entity_bomb_is_refused_at_once(name, tmp_path):
    folder = spoiled(Deposit(), name, BOMB).write(tmp_path / "uttrekk")

    began = time.perf_counter()
    report = checked(folder)

    assert time.perf_counter() - began < 2
    assert "N5.03" in failed(report)
    assert any("DOCTYPE" in finding.text for finding in result(report, "N5.03").findings.shown)


def test_an_entity_bomb_in_the_statement_is_refused(tmp_path):
    deposit = Deposit()
    deposit.statement = deposit.stated().replace("?>\n", f"?>\n{BOMB}").replace("mappe</value>", "&j;</value>")

    found = checked(deposit.write(tmp_path / "uttrekk"))

    assert answers(found)["N5.02"] is None
    assert answers(found)["N5.10"] is None


def test_an_external_entity_is_not_read(tmp_path):
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("HEMMELIG")
    deposit = spoiled(Deposit(), "arkivstruktur.xml", f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>')
    deposit.change("<tittel>Benken i parken</tittel>", "<tittel>&s;</tittel>")

    found = checked(deposit.write(tmp_path / "uttrekk"))

    assert "HEMMELIG" not in str(found.as_json())
    assert not_run(found) >= OF_THE_ARCHIVE


@pytest.mark.parametrize(
    "path",
    ["../hemmelig.txt", "dokumenter/../../hemmelig.txt", "/etc/hemmelig.txt", "C:\\hemmelig.txt", "..\\hemmelig.txt"],
)
def test_a_reference_out_of_the_package_is_told_and_never_followed(path, tmp_path):
    (tmp_path / "hemmelig.txt").write_bytes(LETTER)
    deposit = Deposit().change("dokumenter/brev.txt", path)
    del deposit.documents["brev.txt"]

    found = checked(deposit.write(tmp_path / "uttrekk"))

    assert failed(found) == {"N5.32"}
    assert "peker ut av pakken" in result(found, "N5.32").findings.shown[0].text
    assert answers(found)["N5.30"] is None


def test_a_link_out_of_the_package_is_told_and_never_followed(tmp_path):
    (tmp_path / "hemmelig.txt").write_bytes(LETTER)
    folder = Deposit().write(tmp_path / "uttrekk")
    (folder / "dokumenter" / "brev.txt").unlink()
    (folder / "dokumenter" / "brev.txt").symlink_to(tmp_path / "hemmelig.txt")

    found = checked(folder)

    assert failed(found) == {"N5.28", "N5.32"}
    assert answers(found)["N5.30"] is None


def test_a_folder_of_documents_that_is_a_link_is_not_followed(tmp_path):
    folder = Deposit().write(tmp_path / "uttrekk")
    (folder / "dokumenter").rename(tmp_path / "andre")
    (folder / "dokumenter").symlink_to(tmp_path / "andre")

    assert failed(checked(folder)) >= {"N5.28", "N5.32"}


def test_a_pipe_does_not_stop_the_tests(tmp_path):
    folder = Deposit().write(tmp_path / "uttrekk")
    (folder / "dokumenter" / "svar.txt").unlink()
    os.mkfifo(folder / "dokumenter" / "svar.txt")

    found = checked(folder)

    assert failed(found) == {"N5.28", "N5.32"}
    assert answers(found)["N5.30"] is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"Benken i parken", "Benken på høyden".encode("latin-1")),
        lambda content: content.replace(b"</klasse>", b"</klase>", 1),
        lambda content: b"",
        lambda content: b"\x00\xff" * 1000,
        lambda content: content.replace(b"UTF-8", b"tulle-7"),
    ],
)
def test_an_archive_that_is_no_xml_fails_as_such_and_nothing_else_is_judged(spoil, tmp_path):
    folder = Deposit().write(tmp_path / "uttrekk")
    path = folder / "arkivstruktur.xml"
    path.write_bytes(spoil(path.read_bytes()))

    found = checked(folder)

    assert failed(found) == {"N5.02", "N5.03"}
    assert not_run(found) >= OF_THE_ARCHIVE


def test_what_failed_before_the_file_broke_has_failed(tmp_path):
    folder = Deposit().change("<tittel>Benken i parken</tittel>", "<tittel/>").write(tmp_path / "uttrekk")
    path = folder / "arkivstruktur.xml"
    path.write_text(path.read_text().replace("</arkiv>", ""))

    assert "N5.63" in failed(checked(folder))


def test_a_file_nested_without_end_is_not_read_to_its_end(tmp_path):
    deposit = Deposit().change("<tittel>Veier</tittel>", "<tittel>Veier</tittel>" + "<klasse>" * 20000)

    found = checked(deposit.write(tmp_path / "uttrekk"))

    assert "N5.03" in failed(found)
    assert any("dypt" in finding.text for finding in result(found, "N5.47").findings.shown)


def test_a_value_of_many_megabytes_is_not_kept(tmp_path):
    deposit = Deposit().change("Benken i parken", "benk\n" * 2_000_000)
    folder = deposit.write(tmp_path / "uttrekk")

    tracemalloc.start()
    found = checked(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert failed(found) == set()
    assert peak < 5_000_000


def test_a_folder_in_place_of_a_file_is_told(tmp_path):
    folder = Deposit().write(tmp_path / "uttrekk")
    (folder / "arkivstruktur.xml").unlink()
    (folder / "arkivstruktur.xml").mkdir()

    found = checked(folder)

    assert failed(found) == {"N5.01"}
    assert not_run(found) >= OF_THE_ARCHIVE


def test_elements_of_the_same_name_in_own_metadata_are_not_the_archives(tmp_path):
    own = f"<virksomhetsspesifikkeMetadata><registrering>{identity(10)}</registrering></virksomhetsspesifikkeMetadata>"
    deposit = Deposit(numbers={"registrering": "2"}).change("<mappeID>2025/1</mappeID>", f"<mappeID>1</mappeID>{own}")

    assert failed(checked(deposit.write(tmp_path / "uttrekk"))) == set()


def test_names_in_the_package_do_not_steer_the_terminal(tmp_path):
    deposit = Deposit()
    deposit.documents["\x1b[2Jslettet\n.txt"] = b"x"
    folder = deposit.write(tmp_path / "uttrekk")
    (folder / "dokumenter" / os.fsdecode(b"\xff\xfe.txt")).write_bytes(b"x")

    shown = report.table(checked(folder))

    assert "slettet" in shown
    assert "\x1b" not in shown


def test_a_schema_in_the_package_fetches_nothing(tmp_path):
    schema = b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.arkivverket.no/'
    schema += (
        b'standarder/noark5/arkivstruktur"><xs:import namespace="urn:x" schemaLocation="http://127.0.0.1:9/x.xsd"/>'
    )
    schema += b"</xs:schema>"
    deposit = Deposit(schemas={"arkivstruktur.xsd": schema, "metadatakatalog.xsd": schema})

    found = checked(deposit.write(tmp_path / "uttrekk"))

    assert any("x.xsd" in finding.text for finding in result(found, "N5.03").findings.shown)


def test_a_schema_in_the_package_with_entities_is_refused(tmp_path):
    schema = BOMB.encode() + b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'
    deposit = Deposit(schemas={"arkivstruktur.xsd": schema, "metadatakatalog.xsd": schema})

    found = checked(deposit.write(tmp_path / "uttrekk"))

    assert any("DOCTYPE" in finding.text for finding in result(found, "N5.03").findings.shown)
