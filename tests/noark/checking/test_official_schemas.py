"""With the official XSD files, which lie beside the repository where they have been downloaded."""

import json
import shutil
from pathlib import Path

import pytest

from tests.noark.checking.building import N5, Deposit, said
from tests.noark.checking.testing import answers, checked, failed, not_run, result
from torg import cli
from torg.noark.schemas import validation
from torg.noark.schemas.published import NOARK5, PUBLISHED, of_family
from torg.noark.schemas.store import Store

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "standards" / "noark5"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the official XSD files are not here")


@pytest.fixture(scope="module")
def official() -> Store:
    return Store.of(FOLDER)


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("TORG_DATA", str(tmp_path / "data"))


def noark5() -> dict[str, bytes]:
    return {one.name: (FOLDER / NOARK5.key / one.name).read_bytes() for one in of_family(NOARK5.key)}


def beside(deposit: Deposit) -> Deposit:
    deposit.schemas = noark5() | {"addml.xsd": (FOLDER / "addml" / "addml-8.3.xsd").read_bytes()}
    return deposit


def test_a_valid_package_is_valid_against_the_installed_schemas(official, tmp_path):
    report = checked(Deposit().write(tmp_path / "uttrekk"), official)

    assert failed(report) == not_run(report) == set()


def test_a_valid_package_is_valid_against_the_schemas_it_carries(tmp_path):
    report = checked(beside(Deposit()).write(tmp_path / "uttrekk"))

    assert failed(report) == not_run(report) == set()


@pytest.mark.parametrize("name", ["arkivstruktur.xml", "loependeJournal.xml", "offentligJournal.xml"])
def test_a_file_that_breaks_its_schema_fails_that_test_alone(name, official, tmp_path):
    deposit = Deposit().change("<journalaar>2025</journalaar>", "<journalaar>i fjor</journalaar>", file=name)
    lines = deposit.files[name].splitlines()

    report = checked(deposit.write(tmp_path / "uttrekk"), official)

    assert failed(report) == {"N5.03"}
    finding = result(report, "N5.03").findings.shown[0]
    assert finding.file == name
    assert "i fjor" in lines[finding.line - 1]


@pytest.mark.parametrize(
    ("version", "passed"),
    [("5", True), ("v5.0", True), ("Noark 5 v5.0", True), ("5,5", True), ("fem", True), ("Noark 5 versjon 3.1", None)],
)
def test_the_version_is_understood_as_people_write_it(version, passed, official, tmp_path):
    report = checked(Deposit(version=version).write(tmp_path / "uttrekk"), official)

    assert result(report, "N5.03").passed is passed
    assert not any("torg noark schemas" in one.text for one in result(report, "N5.03").findings.shown)


def test_the_schema_in_the_package_is_used_for_an_older_version(official, tmp_path):
    deposit = beside(Deposit(version="3.1"))
    older = deposit.schemas["arkivstruktur.xsd"].replace(b'name="saksaar" type', b'name="saksaaret" type')
    deposit.schemas["arkivstruktur.xsd"] = older.replace(b'version="5.0"', b'version="3.1"')

    report = checked(deposit.write(tmp_path / "uttrekk"), official)

    assert failed(report) == {"N5.03"}
    assert "saksaaret" in result(report, "N5.03").findings.shown[0].text


def test_a_changed_schema_in_the_package_does_not_hide_a_fault_of_version_5(official, tmp_path):
    deposit = beside(Deposit()).change("<saksdato>2025-03-04</saksdato>", "")
    changed = deposit.schemas["arkivstruktur.xsd"].replace(b'"n5mdk:saksdato"', b'"n5mdk:saksdato" minOccurs="0"')
    deposit.schemas["arkivstruktur.xsd"] = changed

    report = checked(deposit.write(tmp_path / "uttrekk"), official)

    assert failed(report) == {"N5.03"}
    assert any("ikke lik det offisielle" in note.text for note in result(report, "N5.03").notes.shown)


@pytest.mark.parametrize(("value", "passed"), [("12", True), ("tolv", False)])
def test_own_metadata_is_held_against_its_own_schema(value, passed, official, tmp_path):
    own = f'<likte xmlns="urn:lillevik">{value}</likte>'
    own = f"<virksomhetsspesifikkeMetadata>{own}</virksomhetsspesifikkeMetadata>"
    deposit = beside(Deposit()).change("</referanseArkivdel>", f"</referanseArkivdel>{own}")
    deposit.schemas["lillevik.xsd"] = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="urn:lillevik"><xs:element name="likte" type="xs:integer"/></xs:schema>"""
    schema = said("schema", "", said("file", "", said("name", "lillevik.xsd")))
    deposit.statement = deposit.stated().replace("</properties></dataObject>", f"{schema}</properties></dataObject>", 1)

    report = checked(deposit.write(tmp_path / "uttrekk"), official)

    assert answers(report)["N5.03"] is passed


@pytest.mark.parametrize(("value", "passed"), [("12", True), ("tolv", False)])
def test_a_file_of_its_own_kind_is_held_against_the_schema_that_is_stated_for_it(value, passed, official, tmp_path):
    deposit = beside(Deposit())
    deposit.files["sosialt.xml"] = f'<likte xmlns="urn:lillevik">{value}</likte>'
    deposit.schemas["lillevik.xsd"] = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="urn:lillevik"><xs:element name="likte" type="xs:integer"/></xs:schema>"""
    schema = said("schema", "main", said("file", "", said("name", "lillevik.xsd")))
    last = "</properties></dataObject></dataObjects>"
    deposit.statement = deposit.stated().replace(last, f"{schema}{last}", 1)

    report = checked(deposit.write(tmp_path / "uttrekk"), official)

    assert answers(report)["N5.03"] is passed


def test_schemas_are_installed_from_any_layout_and_used(tmp_path, capsys):
    flat = tmp_path / "nedlastet"
    shutil.copytree(FOLDER / NOARK5.key, flat / "noe" / "annet")
    (tmp_path / "fil.xml").write_text(f'<endringslogg xmlns="{N5}endringslogg"/>')

    assert cli.main(["noark", "schemas", str(flat)]) == 0
    assert "Noark 5: 5 av 5" in capsys.readouterr().out
    assert cli.main(["noark", "validate", str(tmp_path / "fil.xml"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["schema"] == "Noark 5 5.0 endringslogg.xsd"


def test_a_changed_schema_is_refused_and_the_others_are_installed(tmp_path, capsys):
    shutil.copytree(FOLDER / NOARK5.key, tmp_path / "nedlastet")
    changed = tmp_path / "nedlastet" / "arkivstruktur.xsd"
    changed.write_bytes(changed.read_bytes().replace(b"saksaar", b"saksAar"))

    status = cli.main(["noark", "schemas", str(tmp_path / "nedlastet")])

    told = capsys.readouterr().out
    assert status == 1
    assert "Avvist" in told
    assert "Noark 5: 4 av 5" in told
    assert NOARK5.published_at in told
    assert not (tmp_path / "data" / "noark-schemas" / NOARK5.key / "arkivstruktur.xsd").exists()


def test_every_known_schema_is_here_and_can_be_used(official):
    for family in {one.family.key for one in PUBLISHED}:
        files = official.family(family)
        assert len(files) == len(of_family(family))
        for name in files:
            validation.compiled(files, name)


@pytest.mark.parametrize("path", sorted((FOLDER / "eksempler-egne").glob("*.xml")), ids=lambda path: path.name)
def test_the_examples_are_named_and_valid(path, capsys):
    assert cli.main(["noark", "validate", str(path), "--schemas", str(FOLDER)]) == 0
    said = capsys.readouterr().out
    assert ("Noark 5 5.0" if path.name.startswith("v5.0") else "Fiks Arkiv 1") in said


def test_an_older_addml_is_named_by_the_version_it_fits(tmp_path, capsys):
    (tmp_path / "arkivuttrekk.xml").write_text(Deposit().stated())

    assert cli.main(["noark", "validate", str(tmp_path / "arkivuttrekk.xml"), "--schemas", str(FOLDER)]) == 0
    assert "ADDML 8.3" in capsys.readouterr().out
