"""`torg duties` and `torg employees`: what a person at the server sees."""

import json

import pytest

from torg.core.errors import Invalid
from torg.oversight import command_line as duties
from torg.people import command_line as employees
from torg.people.models import Employee, EmployeeImport

LIST = "Ansattnr;Navn\n1;Kari Prøve\n2;Per Prøve\n"


@pytest.fixture(autouse=True)
def still(now):
    return now


@pytest.mark.strategy("C2", "C8")
def test_duties_are_told_as_lines_or_json_and_secret_groups_only_when_asked_for(scene, capsys):
    assert duties.main(["--week", "2026-03-05", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["week"] for row in rows} == {"2026-03-02"}
    assert ("Storvik kino", "POSTS", "BREACHED") in {(row["page"], row["duty"], row["standing"]) for row in rows}

    duties.main([])
    assert "Kanarigruppa" not in capsys.readouterr().out
    duties.main(["--with-secret"])
    assert "Kanarigruppa" in capsys.readouterr().out


def test_a_list_of_employees_is_tried_first_and_then_taken_over(db, tmp_path, capsys):
    path = tmp_path / "ansatte.csv"
    path.write_text(LIST)

    assert employees.main([str(path)]) == 0
    assert "new        2" in capsys.readouterr().out
    assert not Employee.objects.exists()
    assert employees.main([str(path), "--apply"]) == 0
    assert Employee.objects.count() == 2
    path.write_text("Nr;Navn\n1;Kari Prøve\n")
    with pytest.raises(Invalid):
        employees.main([str(path), "--apply"])
    assert employees.main([str(path), "--apply", "--confirm"]) == 0
    assert not EmployeeImport.objects.exclude(text="").filter(state="APPLIED").exists()


def test_a_list_that_cannot_be_read_says_where_it_is_wrong(db, tmp_path, capsys):
    path = tmp_path / "ansatte.csv"
    assert employees.main([str(path)]) == 1
    path.write_text("Ref;Hvem\n1;\n")
    assert employees.main([str(path)]) == 1
    assert "--column number=HEADING" in capsys.readouterr().err
    assert employees.main([str(path), "--column", "number=Ref", "--column", "name=Hvem"]) == 1
    assert "line 2" in capsys.readouterr().err
