"""The deposit package as its receiver will test it."""

import hashlib
import weakref
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.noark.writing import made
from tests.noark.writing.conftest import schema_at
from torg.noark import objects, values
from torg.noark.checking import package, running
from torg.noark.schemas.store import Store
from torg.noark.writing import deposit, own
from torg.noark.writing.deposit import schemas
from torg.noark.writing.tree import Refused

# Stand-ins: where only the package's own workings are tested, no schema is read.
BLANK = dict.fromkeys(schemas.CARRIED, b"<schema/>")
FILES = {
    "arkivuttrekk": "addml",
    "arkivstruktur": "arkivstruktur",
    "endringslogg": "endringslogg",
    "loependeJournal": "loependeJournal",
    "offentligJournal": "offentligJournal",
}


def packed(into: Path, *registrations: objects.Registration, **changed: Any) -> Path:
    """The folder of a written package."""
    return deposit.write(made.agreement(*registrations, **changed), into, schemas=BLANK).root


def parsed(root: Path, name: str) -> etree._ElementTree:
    """One of its files, without namespaces."""
    tree = etree.parse(root / f"{name}.xml")
    for element in tree.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return tree


def texts(tree: etree._ElementTree, path: str) -> list[str]:
    """The texts of all elements at this path."""
    return [element.text or "" for element in tree.iterfind(f".//{path}")]


def stated(root: Path, name: str) -> str:
    """What arkivuttrekk.xml says of the whole."""
    return parsed(root, "arkivuttrekk").findtext(f".//property[@name='{name}']/value") or ""


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_valid_against_its_official_schema(name: str, standard: Path, tmp_path: Path) -> None:
    root = deposit.write(made.agreement(), tmp_path, schemas=schemas.read(standard)).root

    schema = schema_at(root / f"{FILES[name]}.xsd")

    schema.assertValid(etree.parse(root / f"{name}.xml"))


def test_our_own_metadata_is_valid_against_our_own_schema(tmp_path: Path) -> None:
    root = packed(tmp_path)
    found = list(etree.parse(root / "arkivstruktur.xml").iter(f"{{{own.NAMESPACE}}}sosialtMedium"))

    assert len(found) == 2
    for element in found:
        etree.XMLSchema(etree.parse(root / "sosialemedier.xsd")).assertValid(element)


def test_the_schemas_are_carried_unchanged(standard: Path, tmp_path: Path) -> None:
    root = deposit.write(made.agreement(), tmp_path, schemas=schemas.read(standard)).root

    carried = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in schemas.CARRIED}

    assert carried == {name: schema.sha256 for name, schema in schemas.CARRIED.items()}


def test_a_folder_without_the_schemas_is_named_with_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "addml.xsd").write_text("<a variant/>")

    with pytest.raises(deposit.SchemasMissing, match=r"arkivstruktur\.xsd \(.*nasjonalarkivet/schemas.*addml\.xsd"):
        schemas.read(tmp_path)


def test_no_element_is_empty(tmp_path: Path) -> None:
    root = packed(tmp_path)

    for name in FILES:
        for element in etree.parse(root / f"{name}.xml").iter(etree.Element):
            assert len(element) or (element.text or "").strip(), f"{name}: {element.tag}"


def test_the_journals_hold_all_entries_and_no_notes_by_number(tmp_path: Path) -> None:
    root = packed(tmp_path)

    for name in ("loependeJournal", "offentligJournal"):
        assert texts(parsed(root, name), "journalsekvensnummer") == ["101", "102", "103", "104"]
    assert Counter(parsed(root, "arkivstruktur").xpath("//registrering/@*[local-name()='type']")) == {
        "journalpost": 4,
        "arkivnotat": 1,
    }


def test_the_public_journal_does_not_tell_what_is_withheld(tmp_path: Path) -> None:
    hidden = replace(
        made.entry(3, restriction=made.RESTRICTION, title="Melding om Ivar Berg", public_title=""),
        correspondents=(replace(made.SENDER, name="Ivar Berg"), made.RECIPIENT),
    )

    root = packed(tmp_path, hidden)

    assert "Ivar" in (root / "loependeJournal.xml").read_text()
    assert "Ivar" not in (root / "offentligJournal.xml").read_text()
    assert texts(parsed(root, "offentligJournal"), "korrespondansepartNavn") == ["*****", "Fjordvik kommune"]


def test_where_words_of_a_title_are_withheld_there_is_always_a_public_title(tmp_path: Path) -> None:
    entry = made.entry(restriction=made.RESTRICTION, public_title="")

    structure = parsed(packed(tmp_path, entry), "arkivstruktur")

    assert texts(structure, "registrering/offentligTittel") == ["*****"]


def test_what_is_stated_is_what_is_there(tmp_path: Path) -> None:
    root = packed(tmp_path)
    structure = parsed(root, "arkivstruktur")
    listed = parsed(root, "arkivuttrekk").iterfind(".//property[@name='numberOfOccurrences']")
    counts = {one.findtext("value"): one.findtext(".//property[@name='value']/value") for one in listed}

    assert counts == {"mappe": "1", "registrering": "5", "endring": "1", "journalregistrering": "4"}
    assert stated(root, "antallDokumentfiler") == str(len(texts(structure, "referanseDokumentfil"))) == "5"


@pytest.mark.parametrize(
    ("flag", "registration"),
    [
        ("inneholderSkjermetInformasjon", made.entry(restriction=made.RESTRICTION)),
        (
            "omfatterDokumenterSomErKassert",
            made.entry(documents=(made.document(executed_disposal=objects.ExecutedDisposal(at=made.AT, by=made.BY)),)),
        ),
        (
            "inneholderDokumenterSomSkalKasseres",
            made.entry(disposal=objects.Disposal(decision=values.DisposalDecision.DISPOSE, years=5, on=made.AT.date())),
        ),
        ("inneholderVirksomhetsspesifikkeMetadata", made.entry(social_media=made.ORIGIN)),
    ],
)
def test_a_flag_is_raised_by_what_it_tells_of(flag: str, registration: objects.Registration, tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()

    assert stated(packed(tmp_path / "with", registration), flag) == "true"
    assert stated(packed(tmp_path / "without", made.entry()), flag) == "false"


def test_every_file_is_referred_to_once_with_its_checksum_and_size(tmp_path: Path) -> None:
    root = packed(tmp_path)
    structure = parsed(root, "arkivstruktur")

    references = texts(structure, "referanseDokumentfil")
    for path, checksum, size in zip(
        references, texts(structure, "sjekksum"), texts(structure, "filstoerrelse"), strict=True
    ):
        content = (root / path).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), str(len(content))) == (checksum, size)
    there = {str(path.relative_to(root)) for path in (root / "DOKUMENT").rglob("*") if path.is_file()}
    assert sorted(references) == sorted(there)


def test_the_listed_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    root = packed(tmp_path)

    for file in parsed(root, "arkivuttrekk").iterfind(".//property[@name='file']/properties"):
        name = file.findtext("property[@name='name']/value") or ""
        checksum = file.findtext("property[@name='checksum']//property[@name='value']/value")
        assert checksum == hashlib.sha256((root / name).read_bytes()).hexdigest()


def test_a_destroyed_document_keeps_its_metadata(tmp_path: Path) -> None:
    gone = made.document("borte.pdf", executed_disposal=objects.ExecutedDisposal(at=made.AT, by=made.BY))

    structure = parsed(packed(tmp_path, made.entry(documents=(gone,))), "arkivstruktur")

    assert texts(structure, "dokumentbeskrivelse/utfoertKassasjon/kassertAv") == [made.BY]
    assert not texts(structure, "dokumentobjekt")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        root = packed(tmp_path / name)
        written.append({str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()})

    assert written[0] == written[1]


def test_without_changes_and_entries_there_is_no_log_and_no_journal(tmp_path: Path) -> None:
    root = packed(tmp_path, made.note(), changes=[])

    listed = [one.get("name") for one in parsed(root, "arkivuttrekk").iterfind(".//dataObject//dataObject")]
    assert {path.name for path in root.glob("*.xml")} == {"arkivuttrekk.xml", "arkivstruktur.xml"}
    assert listed == ["arkivstruktur"]


def test_a_change_from_nothing_is_written_as_a_word(tmp_path: Path) -> None:
    change = made.change(made.entry().id, old="")

    root = packed(tmp_path, made.entry(), changes=[change])

    assert texts(parsed(root, "endringslogg"), "tidligereVerdi") == ["[ingen verdi]"]


def test_sharply_cut_periods_have_journals_from_the_first_to_the_last_registration(tmp_path: Path) -> None:
    sharp = {"separation_before": deposit.Separation.SHARP, "separation_after": deposit.Separation.SHARP}

    root = packed(tmp_path, made.entry(), **sharp)

    assert texts(parsed(root, "loependeJournal"), "journalStartDato") == ["2026-03-02"]
    assert stated(root, "inngaaendeSkille") == "skarpt"


OPEN = replace(made.case_file(), status=values.CaseStatus.OPEN)
REFUSED = {
    "an open case": {"case_file": OPEN},
    "a case without a number": {"case_file": replace(made.case_file(), year=None)},
    "a change of what is not there": {"changes": [made.change(made.id_for("et annet sted"))]},
}
REFUSED_ENTRIES = {
    "not archived yet": [made.entry(status=values.JournalStatus.JOURNALED)],
    "no number": [made.entry(sequence_number=None)],
    "a number twice": [made.entry(1), made.entry(2, sequence_number=101)],
    "an id twice": [made.entry(1), made.entry(1, sequence_number=102)],
    "a draft": [made.entry(documents=(made.document(status=values.DocumentStatus.DRAFT),))],
    "no correspondent": [made.entry(correspondents=())],
    "no title": [made.entry(title=" \n")],
    "an instant without offset": [made.entry(created_at=made.AT.replace(tzinfo=None))],
    "a restriction of nothing": [made.entry(restriction=replace(made.RESTRICTION, hides=()))],
    "other bytes": [made.entry(documents=(made.document(objects=(made.document_object(sha256="00" * 32),)),))],
    "a series that is not here": [made.entry(series=made.id_for("en annen arkivdel"))],
    "a class that is not here": [made.entry(cross_references=(objects.CrossReference(to_class=made.id_for("Z")),))],
    "a checksum that is none": [made.entry(social_media=replace(made.ORIGIN, raw_sha256="abc"))],
    "a reference to nowhere": [made.entry(cross_references=(objects.CrossReference(),))],
}


@pytest.mark.parametrize("changed", REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_be_deposited_is_refused(changed: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(Refused):
        packed(tmp_path, **changed)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("registrations", REFUSED_ENTRIES.values(), ids=REFUSED_ENTRIES.keys())
def test_a_registration_that_is_not_fit_is_refused_and_leaves_nothing(
    registrations: list[objects.Registration], tmp_path: Path
) -> None:
    with pytest.raises(Refused):
        packed(tmp_path, *registrations)

    assert not list(tmp_path.iterdir())


def test_a_reference_to_a_class_that_comes_later_is_found(tmp_path: Path) -> None:
    later = objects.CrossReference(to_class=made.HEALTH.id)

    root = packed(tmp_path, made.entry(cross_references=(later,), series=made.SERIES.id))

    assert texts(parsed(root, "arkivstruktur"), "referanseTilKlasse") == [str(made.HEALTH.id)]


def test_a_package_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    packed(tmp_path)

    with pytest.raises(FileExistsError):
        packed(tmp_path)


HOSTILE = {
    "nul and escape": ("a\x00b\x1bc", "a[U+0000]b[U+001B]c"),
    "a lone surrogate": ("a\ud83db", "a[U+D83D]b"),
    "not a character": ("a\uffffb", "a[U+FFFF]b"),
    "the end of character data": ("]]> & <b>", "]]> & <b>"),
    "long": ("ø" * 300, "ø" * 300),
    "right to left": ("\u202efdp.exe", "\u202efdp.exe"),
    "emoji": ("👍🏽 🇳🇴 🫠", "👍🏽 🇳🇴 🫠"),
    "lines": ("en\r\nto", "en\r\nto"),
}


@pytest.mark.parametrize(("text", "kept"), HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_is_kept(text: str, kept: str, tmp_path: Path) -> None:
    named = made.document_object(f"../../{text}.pdf")

    root = packed(tmp_path, made.entry(title=text, documents=(made.document(title=text, objects=(named,)),)))

    assert texts(parsed(root, "arkivstruktur"), "registrering/tittel") == [kept]
    assert texts(parsed(root, "loependeJournal"), "journalpost/tittel") == [kept]
    assert [path.suffix for path in (root / "DOKUMENT").rglob("*") if path.is_file()] == [".pdf"]


def test_what_was_written_is_not_held(tmp_path: Path) -> None:
    alive: weakref.WeakSet[objects.JournalEntry] = weakref.WeakSet()
    most = 0

    def entries() -> Iterator[objects.JournalEntry]:
        nonlocal most
        for number in range(1, 60):
            one = made.entry(number)
            alive.add(one)
            most = max(most, len(alive))
            yield one

    content = deposit.CaseContent(case_file=made.case_file(), registrations=entries())
    held = made.agreement(contents=lambda one: [content] if one is made.ROADS else [], changes=[])
    deposit.write(held, tmp_path, schemas=BLANK)

    assert most <= 3


def test_the_receivers_own_list_of_tests_passes(standard: Path, tmp_path: Path) -> None:
    root = deposit.write(made.agreement(), tmp_path, schemas=schemas.read(standard)).root

    found = running.check(package.opened(root), Store.of(standard))

    assert [(one.id, one.findings.shown) for one in found.results if not one.passed] == []
