"""What the tests count, by part, kind, year, level and class, as the archive institution's own tool reports it."""

import re

from tests.noark.checking.building import ENDED, MADE, Deposit, identity, uuid
from tests.noark.checking.testing import checked, counts, failed, result


def with_second_part(deposit: Deposit) -> Deposit:
    whole = deposit.files["arkivstruktur.xml"]
    part = whole[whole.index("<arkivdel>") : whole.index("</arkivdel>") + len("</arkivdel>")]
    again = re.sub(r"(<systemID>3f0c6a1e-0000-4000-)8", r"\g<1>9", part).replace("2025-03-04T10", "2024-03-04T10")
    again = again.replace("Sosiale medier", "Nettmøter").replace("dokumenter/", "dokumenter/x")
    deposit.documents |= {f"x{name}": content for name, content in deposit.documents.items()}
    return deposit.change("</arkivdel>", f"</arkivdel>{again}")


def test_numbers_are_told_for_each_part_when_there_are_several(tmp_path):
    report = checked(with_second_part(Deposit(separation="mykt")).write(tmp_path / "uttrekk"))

    assert failed(report) == set()
    told = counts(report, "N5.16")
    assert (told["total"], told["by"], told["stated"]) == (4, {"journalpost": 4}, "4")
    assert [(part["title"], part["total"]) for part in told["parts"]] == [("Sosiale medier", 2), ("Nettmøter", 2)]
    assert counts(report, "N5.05") == {"total": 2}
    assert counts(report, "N5.18")["by"] == {"2024": 2, "2025": 2}


def test_one_part_is_told_without_parts(tmp_path):
    report = checked(Deposit().write(tmp_path / "uttrekk"))

    assert counts(report, "N5.17") == {"total": 2, "by": {"Inngående dokument": 1, "Utgående dokument": 1}}
    assert counts(report, "N5.06")["by"] == {"Avsluttet periode": 1}
    assert counts(report, "N5.29")["by"] == {"x-fmt/111": 2}
    assert counts(report, "N5.39")["by"] == {"Avsender": 2}
    assert counts(report, "N5.27") == {"total": 2, "invalid": 0, "first": "2025-03-04", "last": "2025-03-04"}
    assert counts(report, "N5.59")["loependeJournal.xml"] == 2


def test_classes_are_told_by_system_and_level(tmp_path):
    subclass = f"<klasse>{identity(90)}<klasseID>1.1</klasseID><tittel>Benker</tittel>{MADE}</klasse>"
    deposit = Deposit().change("<tittel>Veier</tittel>", f"<tittel>Veier</tittel>{subclass}")

    report = checked(deposit.write(tmp_path / "uttrekk"))

    told = counts(report, "N5.08")
    assert told["total"] == 3
    assert told["systems"][0]["levels"] == {"1": 2, "2": 1}
    assert told["systems"][0]["primary"] is True
    assert counts(report, "N5.09") == {"total": 1, "by": {uuid(3): 1}}
    assert counts(report, "N5.13") == {"total": 1, "by": {uuid(4): 1}, "classes_without": 2}


def test_folders_in_folders_are_told_by_level(tmp_path):
    inner = f"<mappe>{identity(90)}<mappeID>1</mappeID><tittel>Under</tittel>{MADE}{ENDED}</mappe>"
    deposit = Deposit().change(f"<referanseArkivdel>{uuid(2)}</referanseArkivdel>", inner)

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert counts(report, "N5.10")["by"] == {"mappe, nivå 2": 1, "saksmappe": 1}
    assert counts(report, "N5.14")["total"] == 1


def test_a_registration_without_a_document_is_counted_unless_it_is_struck_out(tmp_path):
    bare = f'<registrering xsi:type="journalpost">{identity(90)}{MADE}<journalposttype>Inngående dokument'
    bare += "</journalposttype><journalstatus>{}</journalstatus></registrering>"
    deposit = Deposit(separation="mykt").change("<saksaar>", f"{bare.format('Arkivert')}<saksaar>")

    counted = checked(deposit.write(tmp_path / "med"))
    deposit.change(">Arkivert</journalstatus></registrering>", ">Utgår</journalstatus></registrering>")
    struck = checked(deposit.write(tmp_path / "utgått"))

    assert failed(counted) == failed(struck) == set()
    assert counts(counted, "N5.21")["total"] == 1
    assert result(counted, "N5.21").notes.shown[0].system_id == uuid(90)
    assert counts(struck, "N5.21")["total"] == 0


def test_a_description_without_a_document_is_not_counted_in_a_case_that_is_struck_out(tmp_path):
    deposit = Deposit(separation="mykt")
    whole = deposit.files["arkivstruktur.xml"]
    start, end = whole.index("<dokumentobjekt>"), whole.index("</dokumentobjekt>") + len("</dokumentobjekt>")
    deposit.files["arkivstruktur.xml"] = whole[:start] + whole[end:]
    del deposit.documents["brev.txt"]

    counted = checked(deposit.write(tmp_path / "med"))
    struck = checked(deposit.change(">Avsluttet</saksstatus>", ">Utgår</saksstatus>").write(tmp_path / "utgått"))
    on_paper = deposit.change(">Utgår</saksstatus>", ">Avsluttet</saksstatus>")
    on_paper.change("<tilknyttetReg", "<dokumentmedium>Fysisk medium</dokumentmedium><tilknyttetReg")

    assert counts(counted, "N5.24")["total"] == 1
    assert counts(struck, "N5.24")["total"] == 0
    assert counts(checked(on_paper.write(tmp_path / "papir")), "N5.24")["total"] == 0


def test_empty_files_and_sizes_that_differ_are_told_without_failing(tmp_path):
    deposit = Deposit().change("<filstoerrelse>20<", "<filstoerrelse>21<")
    deposit.change(">x-fmt/111<", ">x-fmt/111<")

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert failed(report) == set()
    assert counts(report, "N5.64")["total"] == 0
    assert "oppgitt er 21" in result(report, "N5.64").notes.shown[0].text


def test_a_file_with_two_references_is_counted(tmp_path):
    deposit = Deposit().change("dokumenter/svar.txt", "dokumenter/brev.txt")

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert counts(report, "N5.34") == {"total": 1}
    assert failed(report) == {"N5.30", "N5.33"}


def test_additions_are_counted_by_what_they_stand_in(tmp_path):
    remark = "<merknad><merknadstekst>Se også</merknadstekst></merknad>"
    links = "".join(f"<kryssreferanse><{name}>{uuid(4)}</{name}></kryssreferanse>" for name in
                    ("referanseTilKlasse", "referanseTilMappe", "referanseTilMappe"))  # fmt: skip
    deposit = Deposit().change("<mappeID>2025/1</mappeID>", f"<mappeID>2025/1</mappeID>{remark}{links}")
    deposit.change("<dokumenttype>Brev</dokumenttype>", f"<dokumenttype>Brev</dokumenttype>{remark}", times=2)

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert counts(report, "N5.36") == {"total": 3, "by": {"dokumentbeskrivelse": 2, "saksmappe": 1}}
    assert counts(report, "N5.37") == {"total": 3, "by": {"referanseTilKlasse": 1, "referanseTilMappe": 2}}


def test_a_prefix_of_the_namespace_changes_nothing(tmp_path):
    deposit = Deposit()
    text = re.sub(r"<(/?)(?=[a-z])", r"<\1n5:", deposit.files["arkivstruktur.xml"])
    deposit.files["arkivstruktur.xml"] = text.replace("xmlns=", "xmlns:n5=").replace(
        '"journalpost"', '"n5:journalpost"'
    )
    deposit.numbers = {"mappe": "1", "registrering": "2"}

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert failed(report) == set()
    assert counts(report, "N5.16")["by"] == {"journalpost": 2}
