"""Rude words, threats and hate, also disguised; and what must be left alone."""

import pytest

from tests.detectors.passages import codes, found, kinds
from torg import detectors
from torg.detectors import SUGGESTS_A_BREACH, Kind


@pytest.mark.strategy("F2")
@pytest.mark.parametrize(
    ("text", "passage", "kind"),
    [
        ("For en idiot", "idiot", Kind.INSULT),
        ("idiotene på rådhuset", "idiotene", Kind.INSULT),
        ("din megaidiot", "megaidiot", Kind.INSULT),
        ("Dette er jævla dårlig", "jævla", Kind.PROFANITY),
        ("drittkommune", "drittkommune", Kind.PROFANITY),
        ("f a e n", "f a e n", Kind.PROFANITY),
        ("F*en heller", "F*en", Kind.PROFANITY),
        ("j*vla bra", "j*vla", Kind.PROFANITY),
        ("faaaaen", "faaaaen", Kind.PROFANITY),
        ("1d10t", "1d10t", Kind.INSULT),
        ("id1oter", "id1oter", Kind.INSULT),
        ("i\u200bd\u200bi\u200bot", "i\u200bd\u200bi\u200bot", Kind.INSULT),
        ("іdіоt", "іdіоt", Kind.INSULT),
        ("din klaphat", "klaphat", Kind.INSULT),
        ("vilken pucko", "pucko", Kind.INSULT),
        ("you asshole", "asshole", Kind.INSULT),
        ("slike svartingar", "svartingar", Kind.HATE),
    ],
)
def test_a_rude_word_is_found_where_it_stands(text, passage, kind):
    assert passage in found(text, kind)


def test_a_disguise_is_told():
    assert "word.disguised" in codes("f a e n")
    assert "word.disguised" not in codes("faen")


def test_a_quoted_word_counts_for_less():
    def score(text):
        return max(finding.score for finding in detectors.run(text) if finding.kind is Kind.PROFANITY)

    assert score("Han ble kalt «jævla utlending» på bussen") < 0.5 < score("jævla utlending")


@pytest.mark.parametrize(
    "text",
    [
        "Vi kjørte gjennom Fitjar i helga",
        "Pikkpakket er pakket",
        "Fire pakistanere flyttet inn",
        "Marsvinet og villsvinet er dyr",
        "Essex, Scunthorpe og Kjerringøy",
        "Cocktailkjoler og Charles Dickens",
        "Drittværet har gitt seg",
        "Transporten til klassen var fin",
        "Passer det med analyse på mandag?",
    ],
)
def test_a_word_inside_another_word_is_left_alone(text):
    assert kinds(text) & SUGGESTS_A_BREACH == set()


@pytest.mark.strategy("F5")
@pytest.mark.parametrize(
    "text",
    [
        "Jeg er helt uenig i at dere stenger badet. Det rammer barna hardest.",
        "Dette er det dårligste vedtaket kommunestyret har gjort, og flertallet bør skamme seg.",
        "Brøytinga er elendig, og ordføraren bør gå av.",
        "Kommunen har sløst bort millioner. Udugelig ledelse!",
        "Eg er forbanna på kommunen.",
        "Skandale! Noen må ta ansvar for dette.",
        "Dere lyver om tallene, og jeg skal klage dere inn for Statsforvalteren.",
        "Jeg skal kjempe mot dette vedtaket med alle lovlige midler.",
        "Rådmannen må gå, tilliten er borte.",
        "Kommunen er håpløs og inkompetent i denne saken.",
        "Idiotisk vedtak",
        "This council is a disgrace and should resign.",
    ],
)
def test_criticism_of_the_municipality_is_never_a_breach_because_it_is_critical(text):
    assert kinds(text) & SUGGESTS_A_BREACH == set()


@pytest.mark.strategy("F2")
@pytest.mark.parametrize(
    "text",
    [
        "Jeg skal drepe deg",
        "Eg veit kor du bur",
        "Vi vet hvor dere parkerer bilene",
        "Burde vært skutt hele gjengen",
        "Noen burde gi ordføreren en på trynet",
        "Han skulle hatt seg ein skikkeleg omgang juling",
        "Vent du bare.",
        "Pass på ruta di i natt, saksbehandlar.",
        "Jag ska döda dig",
        "Jeg ved hvor du bor",
        "I will kill you",
        "s k y t   dem alle",
        "Håper du dør",
        "Dere bør sove med ett øye åpent",
        "Dette kommer dere til å angre på",
        "Skal banke skiten ut av deg",
        "Noen burde tenne på huset til rådmannen",
        "vi vet hvor ungene dine går på skole",
    ],
)
def test_a_threat_is_found(text):
    assert Kind.THREAT in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dreper glattkjøringen denne bakken snart noen, tro?",
        "Bombe! Kommunen sparer tre millioner",
        "Vi skal slå et slag for biblioteket",
        "Pass på så dere ikke glir på isen",
        "Jeg vet hvor biblioteket er",
        "Dere skal få takk for innsatsen",
        "Han fikk jobb i Norges Bank",
        "Vi brenner for skolen på Nes",
        "Jeg finner dere i telefonkatalogen",
    ],
)
def test_a_figure_of_speech_is_no_threat(text):
    assert Kind.THREAT not in kinds(text)


@pytest.mark.strategy("F3")
@pytest.mark.parametrize(
    "text",
    [
        "Rumenere = tyver",
        "Send innvandrerne ut av landet",
        "Jeg hater muslimer",
        "Homser burde ikke få jobbe i barnehage",
    ],
)
def test_hate_against_a_group_is_found(text):
    assert Kind.HATE in kinds(text)


def test_defending_a_group_is_not_hate():
    text = "Rasister hører ikke hjemme her. Samene og innvandrerne er en del av kommunen vår."

    assert kinds(text) & SUGGESTS_A_BREACH == set()


@pytest.mark.strategy("F7")
def test_sami_is_never_mentioned_as_a_breach():
    assert kinds("Mii háliidat ahte suohkan vástida sámegillii") & SUGGESTS_A_BREACH == set()
