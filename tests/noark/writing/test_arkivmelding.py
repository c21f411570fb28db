"""Messages to an archive core, checked with the official schemas, and without them for order and text."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.noark.writing import made
from tests.noark.writing.conftest import schema_at
from torg.noark import objects, values
from torg.noark.writing import arkivmelding
from torg.noark.writing.tree import Refused

US = arkivmelding.Sender(system="Torg", series=values.Coded("SOME2026", "Sosiale medier"))
QUESTION = objects.EntryReference(external_key=made.key("post-1"))
ANSWERED = objects.FollowUp(on=made.AT.date(), by="Ola Hansen", how=values.FollowUpMethod.BY_EMAIL, answers=QUESTION)
CASE = objects.CaseReference(id=made.id_for("sak"), number=(2026, 17), external_key=made.key("sak-17"))
FULL_ENTRY = made.entry(
    restriction=made.RESTRICTION,
    follow_ups=(ANSWERED,),
    social_media=made.ORIGIN,
    description="Om vinteren",
    keywords=("brøyting",),
    authors=("Nora Fossum",),
    medium=values.Medium.ELECTRONIC,
    due_on=made.AT.date(),
    sent_at=made.AT,
    access_assessed_on=made.AT.date(),
    journal_unit="Sentralarkivet",
    remarks=(objects.Remark(text="Skjult", at=made.AT, by=made.BY, kind=values.RemarkType.CASE_HANDLER),),
    cross_references=(objects.CrossReference(to_case=CASE, to_entry=QUESTION),),
    correspondents=(replace(made.SENDER, email="nora@example.test", organisation_number="999999999"), made.RECIPIENT),
)
FULL_CASE = made.case_file(
    restriction=made.RESTRICTION,
    keywords=("vei",),
    description="Alt om veien",
    journal_unit="Sentralarkivet",
    cross_references=(objects.CrossReference(to_case=CASE),),
    remarks=(objects.Remark(text="Husk", at=made.AT, by=made.BY),),
)
ENTRY_CORRECTION = arkivmelding.EntryCorrection(
    title="Ny tittel",
    public_title="Ny *****",
    description="Rettet",
    moves_to=CASE,
    restriction=made.RESTRICTION,
    remarks=(objects.Remark(text="Rettet", at=made.AT, by=made.BY),),
    correspondents=(made.SENDER,),
    status=values.JournalStatus.CANCELLED,
    journaled_on=made.AT.date(),
    document_on=made.AT.date(),
    received_at=made.AT,
    sent_at=made.AT,
    due_on=made.AT.date(),
    access_assessed_on=made.AT.date(),
)
CASE_CORRECTION = arkivmelding.CaseCorrection(
    title="Ny",
    public_title="Ny",
    description="Rettet",
    closed_at=made.AT,
    closed_by=made.BY,
    remarks=(objects.Remark(text="Rettet", at=made.AT, by=made.BY),),
    lifts_restriction=True,
    unit="Teknisk",
    responsible="Ola Hansen",
    status=values.CaseStatus.CLOSED,
)
DOCUMENT_CORRECTION = arkivmelding.DocumentCorrection(
    attached_as=values.AttachedAs.ATTACHMENT,
    title="Ny",
    description="Rettet",
    status=values.DocumentStatus.FINISHED,
    restriction=made.RESTRICTION,
    remarks=(objects.Remark(text="Rettet", at=made.AT, by=made.BY),),
)
KEY = made.key("dokument-1")
MESSAGES = {
    "a new case": arkivmelding.create(FULL_ENTRY, case=FULL_CASE, sender=US),
    "a case that is there": arkivmelding.create(made.entry(), case=CASE, sender=US),
    "many documents": arkivmelding.create(made.everything()[2], case=CASE, sender=US),
    "a note": arkivmelding.create(made.note(), case=CASE, sender=US),
    "an entry corrected": arkivmelding.update_entry(QUESTION, ENTRY_CORRECTION, sender=US),
    "a note corrected": arkivmelding.update_entry(
        QUESTION, arkivmelding.EntryCorrection(is_journaled=False, title="Ny"), sender=US
    ),
    "a case corrected": arkivmelding.update_case(CASE, CASE_CORRECTION, sender=US),
    "a document corrected": arkivmelding.update_document(DOCUMENT_CORRECTION, external_key=KEY, sender=US),
    "a file more": arkivmelding.add_file(
        made.document_object(variant=values.Variant.REDACTED), id=made.id_for("dokument"), sender=US
    ),
    "a follow-up": arkivmelding.add_follow_up(QUESTION, ANSWERED, correspondent="12", sender=US),
    "no follow-up after all": arkivmelding.delete_follow_up(QUESTION, correspondent="12"),
    "an entry sought": arkivmelding.find_entry_by_key(made.key("post-1"), sender=US),
    "a note sought": arkivmelding.find_entry_by_key(made.key("post-1"), sender=US, is_journaled=False),
    "a case sought by key": arkivmelding.find_case_by_key(made.key("sak-17"), sender=US),
    "a case sought by number": arkivmelding.find_case_by_number(2026, 17, sender=US),
    "cases sought by words": arkivmelding.find_cases_by_text("brøyting", sender=US),
    "a case asked for": arkivmelding.get_case(CASE, sender=US),
    "an entry asked for": arkivmelding.get_entry(replace(QUESTION, number=(2026, 101)), sender=US),
    "a code list": arkivmelding.get_code_list("forsendelsesmaate"),
    "all code lists": arkivmelding.get_code_list(),
}


def parsed(message: arkivmelding.Message) -> etree._Element:
    """The payload, without namespaces."""
    root = etree.fromstring(message.content)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message_is_valid_against_its_official_schema(message: arkivmelding.Message, standard: Path) -> None:
    schema = schema_at(standard / f"fiks-arkiv-v1/{message.kind}.xsd")

    schema.assertValid(etree.fromstring(message.content))


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())
def test_no_element_of_a_message_is_empty(message: arkivmelding.Message) -> None:
    for element in etree.fromstring(message.content).iter(etree.Element):
        if etree.QName(element).localname != "HentKodeliste":
            assert len(element) or (element.text or "").strip(), element.tag


def test_what_both_describe_is_told_in_the_order_of_the_standard() -> None:
    registration = parsed(MESSAGES["a new case"]).find("registrering")

    assert [one.tag for one in registration][-10:] == [
        "journalposttype",
        "journalstatus",
        "journaldato",
        "dokumentetsDato",
        "mottattDato",
        "sendtDato",
        "forfallsdato",
        "offentlighetsvurdertDato",
        "antallVedlegg",
        "journalenhet",
    ]


def test_the_files_go_with_the_message_under_safe_names_of_its_own() -> None:
    named = made.document_object("../../etc/\u202efdp.exe", puid="fmt/476")
    entry = made.entry(documents=(made.document(objects=(named, replace(named, id=made.id_for("to")))),))

    message = arkivmelding.create(entry, case=CASE, sender=US)

    assert [one.name for one in message.files] == ["dokument-1.pdf", "dokument-2.pdf"]
    assert parsed(message).findtext("antallFiler") == "2"
    assert [one.text for one in parsed(message).iter("filnavn")] == ["_.._etc_[U+202E]fdp.exe"] * 2


def test_a_name_that_is_withheld_is_marked_so() -> None:
    message = arkivmelding.create(made.entry(restriction=made.RESTRICTION), case=CASE, sender=US)

    marks = {
        one.findtext("korrespondansepartNavn"): one.findtext("erSkjermet")
        for one in parsed(message).iter("korrespondansepart")
    }

    assert marks == {"Nora Fossum": "true", "Fjordvik kommune": "false"}


def test_an_answer_follows_up_the_question_by_our_key() -> None:
    answer = made.entry(kind=values.EntryType.OUTGOING, follow_ups=(ANSWERED,))

    found = parsed(arkivmelding.create(answer, case=CASE, sender=US)).find(".//avskrivning")

    assert found.getparent().findtext("korrespondanseparttype/kode") == "IM"
    assert found.findtext("referanseAvskriverJournalpost/referanseEksternNoekkel/noekkel") == "post-1"


def test_the_archives_own_code_takes_the_place_of_the_common_one() -> None:
    own = replace(US, codes={values.FollowUpMethod.BY_EMAIL: values.Coded("SM", "Besvart i sosiale medier")})

    message = arkivmelding.add_follow_up(QUESTION, ANSWERED, correspondent="1", sender=own)

    assert parsed(message).findtext(".//avskrivningsmaate/kode") == "SM"


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\ud83db", "]]> & <b>", "ø" * 300, "\u202efdp.exe", "👍🏽 🇳🇴 🫠", "<!DOCTYPE a>"]
)
def test_any_text_makes_a_valid_message(text: str, standard: Path) -> None:
    entry = made.entry(title=text, correspondents=(replace(made.SENDER, name=text),), description=text)

    message = arkivmelding.create(entry, case=CASE, sender=US)

    schema_at(standard / f"fiks-arkiv-v1/{message.kind}.xsd").assertValid(etree.fromstring(message.content))


def test_without_a_key_nothing_is_sent() -> None:
    with pytest.raises(Refused, match="external key"):
        arkivmelding.create(made.entry(external_key=None), case=CASE, sender=US)
    with pytest.raises(Refused, match="external key"):
        arkivmelding.create(made.entry(), case=made.case_file(external_key=None), sender=US)


def test_a_reference_to_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="refers to nothing"):
        arkivmelding.create(made.entry(), case=objects.CaseReference(), sender=US)


def test_a_correction_of_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="changes nothing"):
        arkivmelding.update_entry(QUESTION, arkivmelding.EntryCorrection(), sender=US)
