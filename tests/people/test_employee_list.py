"""A list of employees from a file: read as payroll systems write it, compared before it is taken over."""

from datetime import date

import pytest

from torg.core.errors import Invalid
from torg.people import employee_list
from torg.people.employee_list import Entry, Known, compare

TODAY = date(2026, 3, 10)
SEMICOLONS = (
    "Ansattnr;Etternavn;Fornavn;E-post;Avdeling;Startdato;Sluttdato\r\n"
    "7;Å Prøve;Kari;kari@eksempel.example;Kultur;01.08.2020;\r\n"
)
COMMAS = 'employeeNumber,displayName,mail,department\n7,"Prøve, Kari",kari@eksempel.example,Kultur\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_norwegian_letters_survive_whatever_the_payroll_system_writes(encoding):
    found = employee_list.read(employee_list.text_of(SEMICOLONS.encode(encoding)))

    assert found.entries == (
        Entry("7", "Kari Å Prøve", email="kari@eksempel.example", unit="Kultur", started_on=date(2020, 8, 1)),
    )


def test_commas_and_quotes_are_read_too():
    (entry,) = employee_list.read(COMMAS).entries

    assert (entry.number, entry.name, entry.unit) == ("7", "Prøve, Kari", "Kultur")
    assert entry.key == "kari@eksempel.example"


def test_columns_that_are_not_recognised_are_asked_for():
    text = "A;B\n7;Kari Prøve\n"

    assert employee_list.read(text).lacks == ["number", "name"]
    assert employee_list.read(text, {"number": "A", "name": "B", "email": "C"}).entries == (Entry("7", "Kari Prøve"),)


@pytest.mark.parametrize(
    "row",
    [";Kari Prøve;;", "8;;;", "8;Kari;ikke en adresse;", "8;Kari;;31.13.2026", "7;Kari;;", "8;" + "k" * 121 + ";;"],
    ids=["no-number", "no-name", "address", "date", "twice", "long"],
)
def test_a_line_that_is_wrong_is_told_with_its_number(row):
    found = employee_list.read(f"Nr;Navn;E-post;Sluttdato\n7;Per Prøve;;\n\n{row}\n")

    assert [problem.line for problem in found.problems] == [4]


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"PK\x03\x04\0\0", b"x" * 5_000_001], ids=["none", "blank", "zip", "big"]
)
def test_what_is_no_list_is_refused(data):
    with pytest.raises(Invalid):
        employee_list.text_of(data)


def test_an_unfinished_quote_is_refused():
    with pytest.raises(Invalid):
        employee_list.read('Nr;Navn\n7;"Kari\n')


def test_who_is_new_changed_gone_and_back_is_told():
    before = [
        Known(Entry("1", "Uendret")),
        Known(Entry("2", "Gammelt Navn")),
        Known(Entry("3", "Borte")),
        Known(Entry("4", "Tilbake", left_on=date(2026, 1, 1)), has_left=True),
        Known(Entry("5", "Fra katalogen"), is_from_list=False),
        Known(Entry("6", "Slutter i dag")),
    ]
    told = [
        Entry("1", "Uendret"),
        Entry("2", "Nytt Navn"),
        Entry("4", "Tilbake"),
        Entry("6", "Slutter i dag", left_on=TODAY),
        Entry("9", "Ny"),
    ]

    changes = compare(before, told, on=TODAY)

    assert [entry.number for entry in changes.new] == ["9"]
    assert [entry.number for entry in changes.changed] == ["2"]
    assert {entry.number for entry in changes.ending} == {"3", "6"}
    assert [entry.number for entry in changes.returning] == ["4"]
    assert (changes.unchanged, changes.employed, changes.ends_many) == (1, 5, True)


def test_a_fifth_may_leave_and_no_more():
    staff = [Known(Entry(str(number), "Ansatt")) for number in range(10)]
    told = [one.entry for one in staff]

    assert not compare(staff, told[2:], on=TODAY).ends_many
    assert compare(staff, told[3:], on=TODAY).ends_many
