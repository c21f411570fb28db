"""The language of short texts."""

import pytest

from torg import detectors
from torg.detectors import Kind
from torg.detectors.language import identify


@pytest.mark.strategy("F7")
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvorfor kommer ikke søppelbilen til oss denne uken?", "nb"),
        ("Kvifor kjem ikkje søppelbilen til oss denne veka?", "nn"),
        ("Hvornår åbner biblioteket i næste uge, og kan man låne bøger?", "da"),
        ("Varför är det inte öppet på biblioteket den här veckan?", "sv"),
        ("When will the road to the school be open again?", "en"),
        ("Kiedy będzie otwarta droga do szkoły w naszej gminie?", "other"),
        ("Wann wird die Straße zur Schule wieder geöffnet?", "other"),
        ("متى يفتح المكتبة", "other"),
        ("Когда", "other"),
        ("Bures! Mii háliidat diehtit goas suohkan rahpá girjerádjosa ođđasit.", "se"),
        ("Dïhte gïele lea vihkele, jïh mijjieh edtjebe dam nuhtjedh", "sma"),
    ],
)
def test_a_language_is_recognised(text, language):
    assert identify(text)[0] == language


@pytest.mark.parametrize("text", ["ok", "Supert!", "Lol", "Hipp hurra", "haha 😂"])
def test_a_text_too_short_to_tell_is_never_called_other(text):
    assert identify(text)[0] != "other"


@pytest.mark.parametrize("text", ["", "😂😂", "123", "https://example.no", "!!!"])
def test_a_text_without_words_has_no_language(text):
    assert [finding for finding in detectors.run(text) if finding.kind is Kind.LANGUAGE] == []


@pytest.mark.parametrize(
    "text",
    [
        "Æ syns det her va bra gjort av kommuna",
        "Dåkker må no svar på meldingan te folk som ringe",
        "Eg e so glad i bygdå mi, ho e finast om våren",
    ],
)
def test_dialect_is_never_called_another_language(text):
    assert identify(text)[0] != "other"
