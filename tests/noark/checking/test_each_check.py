"""Every test of the list that can fail is failed by a package that fails only it, and by no valid one."""

from collections.abc import Callable

import pytest

from tests.noark.checking.building import LETTER, MADE, Deposit, identity, uuid
from tests.noark.checking.testing import answers, checked, failed, result
from torg.noark.checking.table import CHECKS


def class_with_a_subclass(deposit: Deposit, beside: str) -> Deposit:
    subclass = f"<klasse>{identity(90)}<klasseID>1.1</klasseID><tittel>Benker</tittel>{MADE}</klasse>"
    return deposit.change("<tittel>Veier</tittel>", f"<tittel>Veier</tittel>{subclass}{beside}")


def folder_beside(deposit: Deposit) -> Deposit:
    return class_with_a_subclass(deposit, f"<mappe>{identity(91)}<mappeID>x</mappeID>{MADE}</mappe>")


def registration_beside(deposit: Deposit) -> Deposit:
    return class_with_a_subclass(deposit, f"<registrering>{identity(91)}{MADE}</registrering>")


def without(deposit: Deposit, name: str, *, keep_name: bool = True) -> Deposit:
    del deposit.files[name]
    if keep_name:
        deposit.named.append(name)
    return deposit


def extra_entry(deposit: Deposit) -> Deposit:
    entry = deposit.files["offentligJournal.xml"].split("<journalregistrering>")[1].split("</journalregistrering>")[0]
    whole = f"<journalregistrering>{entry}</journalregistrering>\n</offentligJournal>"
    return deposit.change("</offentligJournal>", whole, file="offentligJournal.xml")


def with_document(deposit: Deposit, name: str, content: bytes) -> Deposit:
    deposit.documents[name] = content
    return deposit


def given(deposit: Deposit, kind: str, name: str, value: str) -> Deposit:
    getattr(deposit, kind)[name] = value
    return deposit


RESTRICTION = (
    "<skjerming><tilgangsrestriksjon>Unntatt offentlighet</tilgangsrestriksjon><skjermingshjemmel>offl. § 13"
    "</skjermingshjemmel><skjermingMetadata>Skjerming navn avsender</skjermingMetadata></skjerming>"
)
DISPOSAL = (
    "<kassasjon><kassasjonsvedtak>Kasseres</kassasjonsvedtak><bevaringstid>5</bevaringstid>"
    "<kassasjonsdato>2030-12-31</kassasjonsdato></kassasjon>"
)
DISPOSED = "<utfoertKassasjon><kassertDato>2025-12-31</kassertDato><kassertAv>Arkivar</kassertAv></utfoertKassasjon>"
AFTER_FOLDER = "<mappeID>2025/1</mappeID>"
AFTER_DOCUMENT = "<dokumentnummer>1</dokumentnummer>"

BREAKS: list[tuple[str, Callable[[Deposit], Deposit]]] = [
    ("N5.01", lambda deposit: without(deposit, "loependeJournal.xml")),
    ("N5.02", lambda deposit: given(deposit, "checksums", "endringslogg.xml", "0" * 64)),
    ("N5.02", lambda deposit: given(deposit, "checksums", "arkivstruktur.xml", "")),
    ("N5.02", lambda deposit: given(deposit, "algorithms", "arkivstruktur.xml", "")),
    ("N5.02", lambda deposit: given(deposit, "algorithms", "arkivstruktur.xml", "MD5")),
    ("N5.10", lambda deposit: given(deposit, "numbers", "mappe", "2")),
    ("N5.10", lambda deposit: given(deposit, "numbers", "mappe", "mange")),
    ("N5.12", folder_beside),
    ("N5.15", lambda deposit: deposit.change(">Avsluttet</saksstatus>", ">Under behandling</saksstatus>")),
    ("N5.16", lambda deposit: given(deposit, "numbers", "registrering", "3")),
    ("N5.17", lambda deposit: deposit.change("<journalposttype>Inngående dokument</journalposttype>", "")),
    ("N5.19", registration_beside),
    ("N5.22", lambda deposit: deposit.change(">Arkivert</journalstatus>", ">Journalført</journalstatus>")),
    ("N5.25", lambda deposit: deposit.change("er ferdigstilt</dokument", "er under redigering</dokument")),
    ("N5.28", lambda deposit: given(deposit, "numbers", "antallDokumentfiler", "7")),
    ("N5.29", lambda deposit: deposit.change("<format>x-fmt/111</format>", "<format>fmt/477</format>")),
    ("N5.29", lambda deposit: deposit.change("<format>x-fmt/111</format>", "<format>PDF</format>")),
    ("N5.30", lambda deposit: with_document(deposit, "brev.txt", LETTER.replace(b"benk", b"bank"))),
    ("N5.30", lambda deposit: deposit.change(">SHA256</sjekksumAlgoritme>", ">MD5</sjekksumAlgoritme>")),
    ("N5.32", lambda deposit: deposit.change(identity(12), identity(12) + referring("dokumenter/borte.txt"))),
    ("N5.33", lambda deposit: with_document(deposit, "ukjent.txt", b"Hvem eier denne?")),
    ("N5.42", lambda deposit: deposit.change(AFTER_FOLDER, AFTER_FOLDER + RESTRICTION)),
    ("N5.42", lambda deposit: given(deposit, "flags", "inneholderSkjermetInformasjon", "true")),
    ("N5.44", lambda deposit: deposit.change(AFTER_FOLDER, AFTER_FOLDER + DISPOSAL)),
    ("N5.44", lambda deposit: given(deposit, "flags", "inneholderDokumenterSomSkalKasseres", "true")),
    ("N5.45", lambda deposit: deposit.change(AFTER_DOCUMENT, AFTER_DOCUMENT + DISPOSED)),
    ("N5.45", lambda deposit: given(deposit, "flags", "omfatterDokumenterSomErKassert", "true")),
    ("N5.47", lambda deposit: deposit.change(identity(21), identity(20))),
    ("N5.48", lambda deposit: deposit.change(f"<referanseArkivdel>{uuid(2)}", f"<referanseArkivdel>{uuid(99)}")),
    ("N5.51", lambda deposit: deposit.change(f"Klassifikasjon>{uuid(6)}", f"Klassifikasjon>{uuid(99)}")),
    ("N5.59", extra_entry),
    ("N5.60", lambda deposit: deposit.change("StartDato>2025", "StartDato>2024", file="loependeJournal.xml")),
    ("N5.61", lambda deposit: deposit.change("<endring>", "<!--", file="endringslogg.xml").change(
        "</endring>\n", "-->", file="endringslogg.xml")),
    ("N5.62", lambda deposit: deposit.change(uuid(10), uuid(99), file="endringslogg.xml")),
    ("N5.63", lambda deposit: deposit.change("<tittel>Benken i parken</tittel>", "<tittel></tittel>")),
    ("N5.63", lambda deposit: deposit.change("<tittel>Benken i parken</tittel>", "<tittel> \n </tittel>")),
    ("N5.63", lambda deposit: deposit.change("<tittel>Benken i parken</tittel>", "<tittel/>")),
]  # fmt: skip


def referring(path: str) -> str:
    return f"<referanseDokumentfil>{path}</referanseDokumentfil>"


def test_the_list_has_every_live_test_in_order():
    retired = {31, 49, 50, *range(52, 59)}
    live = [f"N5.{number:02}" for number in range(1, 65) if number not in retired]

    assert [check.id for check in CHECKS] == live
    assert len(live) == 54


@pytest.mark.strategy("D7")
def test_a_valid_package_fails_nothing(tmp_path):
    report = checked(Deposit().write(tmp_path / "uttrekk"))

    assert failed(report) == set()
    assert {id for id, passed in answers(report).items() if passed is None} == {"N5.03"}
    assert [one for one in report.results if one.findings.number and one.id != "N5.03"] == []


@pytest.mark.strategy("D7")
@pytest.mark.parametrize(("id", "broken"), BREAKS, ids=[f"{id}-{number}" for number, (id, _) in enumerate(BREAKS)])
def test_a_package_that_breaks_one_rule_fails_that_test_alone(id, broken, tmp_path):
    deposit = broken(Deposit())
    deposit.numbers.setdefault("antallDokumentfiler", str(len(deposit.documents)))

    report = checked(deposit.write(tmp_path / "uttrekk"))

    assert failed(report) == {id}
    assert result(report, id).findings.number >= 1


def test_every_test_that_can_fail_is_failed_by_some_package():
    elsewhere = {"N5.03", "N5.27"}

    assert {check.id for check in CHECKS if check.can_fail} == {id for id, _ in BREAKS} | elsewhere


@pytest.mark.parametrize("text", ["2025-13-01T10:00:00", "4. mars 2025", "", "2025-03-04T25:00:00"])
def test_a_date_of_creation_that_is_none_fails(text, tmp_path):
    deposit = Deposit().change(
        f"{identity(10)}\n<opprettetDato>2025-03-04T10:00:00+01:00", f"{identity(10)}\n<opprettetDato>{text}"
    )

    found = failed(checked(deposit.write(tmp_path / "uttrekk")))

    assert found - {"N5.63"} == {"N5.27"}


def test_what_is_wrong_is_told_with_its_place(tmp_path):
    deposit = Deposit().change(">Arkivert</journalstatus>", ">Journalført</journalstatus>")
    lines = deposit.files["arkivstruktur.xml"].splitlines()

    finding = result(checked(deposit.write(tmp_path / "uttrekk")), "N5.22").findings.shown[0]

    assert finding.file == "arkivstruktur.xml"
    assert "Journalført" in lines[finding.line - 1]
    assert finding.path == "/arkiv/arkivdel/klassifikasjonssystem/klasse/mappe/registrering"
    assert finding.system_id == uuid(10)


def test_thousands_of_findings_are_counted_and_the_first_are_shown(tmp_path):
    empty = "<noekkelord></noekkelord>" * 5000
    deposit = Deposit().change("<tittel>Benken i parken</tittel>", f"<tittel>Benken i parken</tittel>{empty}")

    findings = result(checked(deposit.write(tmp_path / "uttrekk")), "N5.63").findings

    assert findings.number == 5000
    assert len(findings.shown) == 100


def test_a_soft_separation_does_not_compare_the_archive_with_the_journals(tmp_path):
    deposit = Deposit(separation="mykt").change("<journaldato>2025-03-04", "<journaldato>2024-12-30")
    deposit.change('xsi:type="journalpost"', 'xsi:type="arkivnotat"')

    assert failed(checked(deposit.write(tmp_path / "uttrekk"))) == set()


def test_a_sharp_separation_does(tmp_path):
    deposit = Deposit().change("<journaldato>2025-03-04", "<journaldato>2024-12-30")
    deposit.change('xsi:type="journalpost"', 'xsi:type="arkivnotat"')

    assert failed(checked(deposit.write(tmp_path / "uttrekk"))) == {"N5.59", "N5.60"}


def test_a_log_of_changes_that_is_named_but_missing_fails(tmp_path):
    deposit = without(Deposit(), "endringslogg.xml")

    assert failed(checked(deposit.write(tmp_path / "uttrekk"))) == {"N5.01", "N5.61"}


def test_an_identity_in_capitals_is_the_same_identity(tmp_path):
    deposit = Deposit().change(uuid(10), uuid(10).upper(), file="endringslogg.xml")

    assert failed(checked(deposit.write(tmp_path / "uttrekk"))) == set()
