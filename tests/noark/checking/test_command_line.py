"""`torg noark …` as an operator meets it: words, answers and exit statuses, without a database and settings."""

import json
import subprocess
import sys

import pytest

from tests.noark.checking.building import Deposit
from torg import cli


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("TORG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("TORG_NOARK_SCHEMAS", raising=False)


def test_a_package_that_is_right_ends_with_zero(tmp_path, capsys):
    folder = Deposit().write(tmp_path / "uttrekk")

    status = cli.main(["noark", "check", str(folder)])

    assert status == 0
    assert "53 ok, 0 feil, 1 ikke kjørt" in capsys.readouterr().out


def test_a_package_with_a_fault_ends_with_one_and_says_where(tmp_path, capsys):
    folder = Deposit().change(">Arkivert<", ">Journalført<").write(tmp_path / "uttrekk")

    status = cli.main(["noark", "check", str(folder), "--json"])

    assert status == 1
    tests = json.loads(capsys.readouterr().out)["tests"]
    assert len(tests) == 54
    wrong = [test for test in tests if test["passed"] is False]
    assert [test["id"] for test in wrong] == ["N5.22"]
    assert wrong[0]["findings"][0]["line"] > 1
    assert wrong[0]["counts"]["by"] == {"Arkivert": 1, "Journalført": 1}


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["check"],
        ["check", "finnes-ikke"],
        ["tell"],
        ["validate", "finnes-ikke"],
        ["schemas", "finnes-ikke"],
        ["check", ".", "--schemas", "finnes-ikke"],
    ],
)
def test_what_cannot_be_run_ends_with_two_and_a_reason(words, capsys):
    assert cli.main(["noark", *words]) == 2
    assert capsys.readouterr().err


def test_a_packed_tar_is_refused_with_advice(tmp_path, capsys):
    import tarfile

    with tarfile.open(tmp_path / "pakke.tar.gz", "w:gz") as archive:
        archive.add(Deposit().write(tmp_path / "uttrekk"), "uttrekk")

    assert cli.main(["noark", "check", str(tmp_path / "pakke.tar.gz")]) == 2
    assert "Pakk den ut" in capsys.readouterr().err


def test_the_command_works_without_database_and_settings(tmp_path):
    folder = Deposit().write(tmp_path / "uttrekk")
    bare = {"PYTHONPATH": ":".join(sys.path), "TORG_DATA": str(tmp_path / "data"), "LC_ALL": "C"}

    ran = subprocess.run(
        [sys.executable, "-m", "torg.cli", "noark", "check", str(folder)], env=bare, capture_output=True, check=False
    )

    assert ran.returncode == 0
    assert "ikke kjørt" in ran.stdout.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Dette er et brev.", "ikke velformet"),
        (b"", "ikke velformet"),
        (b"<brev/>", "ikke et kjent skjema"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        (b'<endringslogg xmlns="http://www.arkivverket.no/standarder/noark5/endringslogg"/>', "torg noark schemas"),
    ],
)
def test_a_file_that_cannot_be_held_against_a_schema_ends_with_two(content, said, tmp_path, capsys):
    (tmp_path / "fil.xml").write_bytes(content)

    assert cli.main(["noark", "validate", str(tmp_path / "fil.xml"), "--json"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    answer = json.loads(told.out)
    assert (answer["schema"], answer["valid"]) == (None, None)
    assert said in answer["errors"][0]["text"]


@pytest.mark.parametrize("more", [[], ["--schemas", "finnes-ikke"]])
def test_a_file_that_cannot_be_read_is_told_of_in_json_too(more, tmp_path, capsys):
    assert cli.main(["noark", "validate", str(tmp_path / "borte.xml"), "--json", *more]) == 2
    assert json.loads(capsys.readouterr().out)["errors"][0]["line"] is None


def test_without_schemas_the_test_of_validity_says_how_to_get_them(tmp_path, capsys):
    cli.main(["noark", "check", str(Deposit().write(tmp_path / "uttrekk")), "--json"])

    test = json.loads(capsys.readouterr().out)["tests"][2]
    assert (test["id"], test["passed"]) == ("N5.03", None)
    assert "torg noark schemas" in test["findings"][0]["text"]
