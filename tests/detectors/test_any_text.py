"""What must hold for every text, however hostile."""

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from torg import detectors
from torg.detectors.reading import Reading

WHATEVER = some.text(alphabet=some.characters(), max_size=200)  # lone surrogates included
LONG = 60_000


@settings(deadline=None, max_examples=150)
@given(WHATEVER)
@example("\x00faen\x00")
@example("\ud800idiot\udfff")
@example("\u202eidiot\u202c 15078612345")
@example("e\u0301" * 20)
@example("İstanbul faen")
def test_places_lie_in_the_text_and_scores_between_nought_and_one(text):
    for finding in detectors.run(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert 0 < finding.score <= 1
        assert finding.code and finding.detector and finding.version


@settings(deadline=None, max_examples=100)
@given(WHATEVER)
def test_the_same_text_gives_the_same_findings(text):
    assert detectors.run(text) == detectors.run(text)


@pytest.mark.strategy("C6")
@settings(deadline=None, max_examples=100)
@given(WHATEVER, WHATEVER)
def test_a_personal_number_is_masked_wherever_it_stands(before, after):
    text = f"{before} fødselsnummer 15878612443 {after}"

    assert "15878612443" not in detectors.mask(text, detectors.run(text)) or before[-1:].isdigit()


@pytest.mark.parametrize(
    "unit",
    [
        "a", "1", " ", ".", "?", "@", "-", "*", "«", "\u200b", "\u0301", "𝒇", "😂", "\x00", "\ud800", "\n", "(", "/",
        "a ", "1 ", "9 1 2 ", "a@", "a.", "a*", "1.", "f a e n ", "jeg skal ", "min ", "barna ", "www.", "http://",
        "xn--", "?!", "22 22 22 22 ", "aA1@", "(at) ", "12345678901 ", "drepe ", "jeg har ", "muslimer er ", "hva ",
        "-a",
    ],
)  # fmt: skip
def test_a_long_hostile_text_takes_time_in_proportion_to_its_length(unit):
    # Counted in steps of the interpreter and not by the clock, so that a busy machine does not matter;
    # the regular expressions are kept honest by the length itself: a quadratic one would not come back.
    short, long = (steps((unit * LONG)[:length]) for length in (LONG // 4, LONG))

    assert long <= 6 * short + 1000


def steps(text: str) -> int:
    count = 0

    def tick(frame, event, argument):
        nonlocal count
        count += 1
        return

    sys.setprofile(tick)
    try:
        detectors.run(text)
    finally:
        sys.setprofile(None)
    return count


def test_a_mask_does_not_tell_how_long_the_covered_is():
    text = "ring 22 22 22 22 eller skriv til a@b.no og enlangadresse@epost.example"

    assert detectors.mask(text, detectors.run(text)) == "ring ••• eller skriv til ••• og •••"


def test_hidden_signs_are_passed_over_and_places_kept():
    reading = Reading("a\u200bbc")

    assert reading.folded == "abc"
    assert reading.place(1, 2) == (2, 3)
