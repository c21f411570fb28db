"""What an archive core answers, honest or not."""

from pathlib import Path

import pytest
from lxml import etree

from tests.noark.writing.conftest import schema_at
from tests.noark.writing.made import id_for, key
from torg.noark.values import Coded
from torg.noark.writing import arkivmelding as a

PROTOCOL = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv"
CATALOGUE = f'xmlns:m="{PROTOCOL}/metadatakatalog/v1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
FAULT = f'xmlns:f="{PROTOCOL}/feil/feilmelding/v1"'
KEYED = "<m:fagsystem>Torg</m:fagsystem><m:noekkel>post-1</m:noekkel>"
WHY = "<f:feilId>77</f:feilId><f:feilmelding>Mangler klasse</f:feilmelding>"

RECEIPT = f"""<arkivmeldingKvittering xmlns="{PROTOCOL}/arkivmelding/opprett/kvittering/v1" {CATALOGUE}>
  <mappeKvittering xsi:type="saksmappeKvittering">
    <systemID>{id_for("sak")}</systemID><mappeID>2026/17</mappeID>
    <opprettetEllerEksisterende>Eksisterende</opprettetEllerEksisterende>
    <saksaar>2026</saksaar><sakssekvensnummer>17</sakssekvensnummer>
  </mappeKvittering>
  <registreringKvittering xsi:type="journalpostKvittering">
    <systemID>{id_for("post")}</systemID>
    <dokumentbeskrivelseKvittering>
      <systemID>{id_for("dok")}</systemID><dokumentnummer>1</dokumentnummer>
    </dokumentbeskrivelseKvittering>
    <registreringsID>2026/17-3</registreringsID>
    <referanseEksternNoekkel>{KEYED}</referanseEksternNoekkel>
    <opprettetEllerEksisterende>Opprettet</opprettetEllerEksisterende>
    <journalaar>2026</journalaar><journalsekvensnummer>103</journalsekvensnummer>
    <journalpostnummer>3</journalpostnummer>
  </registreringKvittering>
</arkivmeldingKvittering>"""
HALF = f"""<arkivmeldingKvittering xmlns="{PROTOCOL}/arkivmelding/opprett/kvittering/v1" {CATALOGUE} {FAULT}>
  <mappeFeilet>{WHY}</mappeFeilet><registreringFeilet>{WHY}</registreringFeilet>
</arkivmeldingKvittering>"""
FILE = f"""<dokumentobjektOpprettKvittering xmlns="{PROTOCOL}/dokumentobjekt/opprett/kvittering/v1">
  <systemID>{id_for("fil")}</systemID></dokumentobjektOpprettKvittering>"""
CODES = f"""<KodeListe xmlns="{PROTOCOL}/kodeliste/hent/resultat/v1" {CATALOGUE}>
  <liste><m:kode>SOME</m:kode><m:beskrivelse>Sosiale medier</m:beskrivelse></liste>
  <liste><m:kode>EP</m:kode></liste></KodeListe>"""
KEYS = f"""<sokeresultatNoekler xmlns="{PROTOCOL}/sokeresultat/noekler/v1" {CATALOGUE}
    xmlns:s="{PROTOCOL}/arkivstruktur/noekler/v1">
  <system>Arkiv</system><take>2</take><skip>0</skip><count>1</count><resultattype>journalpost</resultattype>
  <resultatListe><resultatNoekler><journalpost>
    <s:systemID>{id_for("post")}</s:systemID>
    <s:referanseEksternNoekkel>{KEYED}</s:referanseEksternNoekkel>
    <s:journalaar>2026</s:journalaar><s:journalsekvensnummer>103</s:journalsekvensnummer>
  </journalpost></resultatNoekler></resultatListe>
</sokeresultatNoekler>"""
CASES = f"""<sokeresultatMinimum xmlns="{PROTOCOL}/sokeresultat/minimum/v1" {CATALOGUE}
    xmlns:s="{PROTOCOL}/arkivstruktur/minimum/v1">
  <system>Arkiv</system><take>20</take><skip>0</skip><count>31</count><resultattype>saksmappe</resultattype>
  <resultatListe><resultatMinimum><saksmappe>
    <s:systemID>{id_for("sak")}</s:systemID><s:mappeID>2026/17</s:mappeID><s:tittel>Brøyting</s:tittel>
    <s:saksaar>2026</s:saksaar><s:sakssekvensnummer>17</s:sakssekvensnummer><s:saksdato>2026-03-01</s:saksdato>
    <s:administrativEnhet><m:navn>Teknisk</m:navn></s:administrativEnhet>
    <s:saksansvarlig><m:navn>Ola Hansen</m:navn></s:saksansvarlig><s:saksstatus><m:kode>B</m:kode></s:saksstatus>
  </saksmappe></resultatMinimum></resultatListe>
</sokeresultatMinimum>"""
ENTRY = f"""<registreringHentResultat xmlns="{PROTOCOL}/registrering/hent/resultat/v1" {CATALOGUE}
    xmlns:s="{PROTOCOL}/arkivstruktur/v1"><journalpost>
    <s:systemID>{id_for("post")}</s:systemID><s:tittel>Spørsmål</s:tittel>
    <s:korrespondansepart><s:korrespondansepartID>12</s:korrespondansepartID>
      <s:korrespondansepartNavn>Nora Fossum</s:korrespondansepartNavn></s:korrespondansepart>
  </journalpost></registreringHentResultat>"""


def failure(kind: str) -> str:
    """One of the three kinds of failure."""
    return f'<{kind} xmlns="{PROTOCOL}/feil/{kind}/v1" {FAULT}>{WHY}</{kind}>'


SCHEMAS = {
    RECEIPT: "arkivering.arkivmelding.opprett.kvittering",
    HALF: "arkivering.arkivmelding.opprett.kvittering",
    FILE: "arkivering.dokumentobjekt.opprett.kvittering",
    CODES: "innsyn.kodeliste.hent.resultat",
    KEYS: "innsyn.sok.resultat.noekler",
    CASES: "innsyn.sok.resultat.minimum",
    failure("serverfeil"): "feilmelding.serverfeil",
}


@pytest.mark.parametrize(("answer", "name"), SCHEMAS.items(), ids=SCHEMAS.values())
def test_the_answers_of_these_tests_are_what_the_standard_answers(answer: str, name: str, standard: Path) -> None:
    schema_at(standard / f"fiks-arkiv-v1/no.ks.fiks.arkiv.v1.{name}.xsd").assertValid(etree.fromstring(answer))


def test_a_receipt_tells_the_archives_ids_and_numbers() -> None:
    assert a.read(RECEIPT.encode()) == a.Receipt(
        case=a.CaseReceipt(id=id_for("sak"), is_new=False, year=2026, number=17, file_id="2026/17"),
        entry=a.EntryReceipt(
            id=id_for("post"),
            is_new=True,
            year=2026,
            sequence_number=103,
            number=3,
            registration_id="2026/17-3",
            external_key=key("post-1"),
            documents=((1, id_for("dok")),),
        ),
    )


def test_a_receipt_tells_what_failed() -> None:
    why = a.Problem(reference="77", text="Mangler klasse")

    assert a.read(HALF.encode()) == a.Receipt(case_problem=why, entry_problem=why)


@pytest.mark.parametrize("cause", a.Cause, ids=lambda one: str(one.value))
def test_a_failure_tells_whose_it_is(cause: a.Cause) -> None:
    answer = a.read(failure(cause.value).encode())

    assert answer == a.Failure(cause=cause, problem=a.Problem(reference="77", text="Mangler klasse"))


def test_files_codes_and_things_found_are_read() -> None:
    assert a.read(FILE.encode()) == a.FileReceipt(id=id_for("fil"))
    assert a.read(CODES.encode()) == a.CodeList(codes=(Coded("SOME", "Sosiale medier"), Coded("EP")))
    found = a.FoundEntry(id=id_for("post"), year=2026, sequence_number=103, external_key=key("post-1"))
    assert a.read(KEYS.encode()) == a.Found(total=1, entries=(found,))
    case = a.FoundCase(id=id_for("sak"), title="Brøyting", year=2026, number=17, status="B")
    assert a.read(CASES.encode()) == a.Found(total=31, cases=(case,))
    asked = a.FoundEntry(id=id_for("post"), title="Spørsmål", correspondents=(("12", "Nora Fossum"),))
    assert a.read(ENTRY.encode()) == a.Found(total=1, entries=(asked,))


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>""" + FILE.replace(str(id_for("fil")), "&b;")
FROM_DISK = """<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>""" + FILE.replace(str(id_for("fil")), "&a;")
HOSTILE = {
    "nothing": "",
    "not XML": "{}",
    "cut off": RECEIPT[:300],
    "another document": "<html/>",
    "another namespace": FILE.replace("dokumentobjekt/opprett", "noe/annet"),
    "an id that is none": FILE.replace(str(id_for("fil")), "1; DROP TABLE"),
    "no id": FILE.replace(f"<systemID>{id_for('fil')}</systemID>", ""),
    "a number that is none": RECEIPT.replace("<saksaar>2026", "<saksaar>to tusen"),
    "an entity": BOMB,
    "a file of ours": FROM_DISK,
    "a document type": "<!DOCTYPE x>" + FILE,
    "very deep": "<a>" * 5000,
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_honest_answer_is_unreadable(answer: str) -> None:
    with pytest.raises(a.Unreadable):
        a.read(answer.encode())
