"""Questions, cases, danger to life, and what is sensitive."""

import pytest

from tests.detectors.passages import codes, found, kinds
from torg import detectors
from torg.detectors import Kind


@pytest.mark.parametrize(
    "text",
    [
        "Når åpner biblioteket?",
        "Når åpner biblioteket",
        "Kva tid opnar symjehallen",
        "Kan man levere hageavfall på lørdag",
        "Hei! Vet noen hvorfor vannet er brunt",
        "Er hallen åpen i romjula",
        "Jeg lurer på om dere brøyter i dag",
        "Ke tid blir d brøyta",
        "hvor lenge er veien stengt",
        "Hvem ringer jeg når vannet er brunt",
        "Hvornår åbner I",
        "Vad kostar det",
        "What time do you open",
        "Fint! Men når kommer søppelbilen",
    ],
)
def test_a_question_is_found_with_and_without_its_mark(text):
    assert Kind.QUESTION in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Når det snør, må dere brøyte",
        "Hva dere driver med er en gåte",
        "Takk for fin konsert",
        "Har ventet i elleve måneder",
        "Er helt enig",
        "Hvor fint det ble!",
        "Kan ikke tro at dere gjorde det",
        "se https://a.no/?id=1",
    ],
)
def test_a_statement_is_no_question(text):
    assert Kind.QUESTION not in kinds(text)


def test_the_question_is_marked_and_not_the_rest():
    assert found("Fin sak. Når åpner dere? Gleder meg!", Kind.QUESTION) == ["Når åpner dere?"]


@pytest.mark.strategy("F8")
@pytest.mark.parametrize(
    "text",
    [
        "Hva skjer med søknaden min?",
        "Eg har søkt om byggeløyve, når får eg svar på søknaden?",
        "Jeg klager på vedtaket om skoleskyss",
        "Kan de ta ein kikk på byggesaka mi",
        "Jeg fikk avslag på barnehageplass til sønnen min",
        "Hvordan søker jeg om startlån? Kan jeg søke om dispensasjon",
        "Saksnummer 2026/123, hvor langt er dere kommet",
        "NAV har ikke behandlet saken min",
        "What about my application",
        "Jeg sendte inn søknad om barnehageplass i mars og har ikke hørt noe",
        "Skal sette opp garasje, må jeg søke?",
        "Moren min trenger sykehjemsplass nå",
        "Kan jeg få utsatt betaling av kommunale avgifter?",
    ],
)
def test_what_needs_case_handling_is_found(text):
    assert Kind.CASE_HANDLING in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Saksbehandlingstiden på byggesak er håpløs",
        "Når åpner biblioteket?",
        "Det er lang ventetid på barnehageplass i kommunen",
        "God sak!",
    ],
)
def test_talking_about_cases_in_general_needs_no_case_handling(text):
    assert Kind.CASE_HANDLING not in kinds(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jeg vil melde fra om et barn jeg er bekymret for", "danger.child"),
        ("Eg vil varsle om eit barn eg er redd for", "danger.child"),
        ("Hvor sender jeg en bekymringsmelding?", "danger.child"),
        ("Jeg orker ikke å leve lenger", "danger.suicide"),
        ("Eg vil berre døy", "danger.suicide"),
        ("tenker på å ta livet mitt", "danger.suicide"),
        ("Jeg skal ta livet av meg i natt", "danger.suicide"),
        ("I want to kill myself", "danger.suicide"),
        ("jag orkar inte leva mer", "danger.suicide"),
        ("Det er bedre uten meg", "danger.suicide"),
        ("Mannen min slår barna", "danger.child"),
        ("pappa slår meg", "danger.child"),
        ("Guten vert slått heime", "danger.child"),
        ("Jeg har en pistol og kommer til rådhuset", "danger.acute"),
        ("Hun puster ikke", "danger.emergency"),
        ("Nå er det slutt for meg, farvel alle sammen", "danger.suicide"),
        ("Jeg har tatt en overdose", "danger.suicide"),
        ("Eg ser ingen annan utveg", "danger.suicide"),
        ("orke ikkje meir no", "danger.suicide"),
        ("Sønnen min sier han vil ta livet sitt", "danger.suicide"),
        ("Stefaren låser ungene inne og slår dem", "danger.child"),
        ("Lærern tar på elevene", "danger.child"),
        ("Jeg er redd for livet mitt, han har kniv", "danger.violence"),
        ("Jeg kommer til å skyte alle på rådhuset i morgen", "danger.acute"),
    ],
)
def test_danger_to_life_is_its_own_finding(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Selvmordsforebygging: godt at kommunen tar opp temaet",
        "Bestefar tok seg en tur",
        "Klokka slår tolv",
        "Jeg orker ikke mer av dette vedtaket",
        "Vi vil ikke at flere skal måtte dø i trafikken",
        "Det er slutt på tilskuddet til badet",
        "Barnevernet må få flere stillinger, sier politikerne",
    ],
)
def test_a_topic_is_no_danger(text):
    assert Kind.DANGER not in kinds(text)


def test_danger_is_not_masked_for_somebody_must_act_on_it():
    text = "Jeg orker ikke leve lenger"

    assert detectors.mask(text, detectors.run(text)) == text


@pytest.mark.strategy("C6")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Naboen har fått kreft", Kind.HEALTH),
        ("Han som eier huset har hiv", Kind.HEALTH),
        ("Typisk henne, psykisk ustabil", Kind.HEALTH),
        ("Sønnen min er syk og har feber", Kind.CHILD),
        ("Datteren min blir mobbet på skolen", Kind.CHILD),
        ("Barnevernet tok barna", Kind.CHILD),
    ],
)
def test_health_and_childrens_matters_are_sensitive(text, kind):
    [first, *_] = [finding for finding in detectors.run(text) if finding.kind is kind]

    assert first.is_sensitive
    assert text[first.start : first.end] not in detectors.mask(text, detectors.run(text))


@pytest.mark.parametrize(
    "text", ["Kreftforeningen har stand på torget", "Barnevernet får ny leder", "Psykisk helse er tema"]
)
def test_health_as_a_topic_is_not_sensitive(text):
    assert not any(finding.is_sensitive for finding in detectors.run(text))
