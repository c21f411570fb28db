"""What can be shown is left alone; what cannot, or would not be seen, becomes its code point."""

import pytest

from torg.records.documents.letters import BREAK, Letters

EVERYTHING = Letters(frozenset(range(0x110000)))
LATIN = Letters(frozenset(range(0x250)))


@pytest.mark.parametrize(
    "text",
    [
        "Blåbærsyltetøy – «ja»",
        "👨‍👩‍👧 ❤️ ☎︎ 1️⃣ 👍🏽 🇳🇴",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England, by tags
        "می\u200cخواهم",  # Persian needs the non-joiner
        "क्\u200dष",  # and Hindi the joiner
        "\U0001fae8",  # younger than Python's own tables
    ],
)
def test_what_belongs_to_writing_is_left_alone(text):
    assert EVERYTHING.runs(text) == [text]


@pytest.mark.parametrize(
    "char",
    ["\x00", "\x0b", "\x85", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\u3164", "\ud83d", "\ue000"],
)
def test_what_one_would_not_see_is_told(char):
    assert EVERYTHING.runs(f"a{char}b") == ["a", {"code": f"U+{ord(char):04X}"}, "b"]


@pytest.mark.parametrize("text", ["a\u200db", "\u200da", "a\u200c", "a\U000e0062"])
def test_a_joiner_or_tag_that_joins_nothing_is_told(text):
    assert any(isinstance(run, dict) for run in EVERYTHING.runs(text))


def test_what_no_font_has_is_told():
    assert LATIN.runs("se 🫠!") == ["se ", {"code": "U+1FAE0"}, "!"]
    assert LATIN.plainly("se 🫠!") == "se [U+1FAE0]!"


def test_lines_end_where_the_writer_ended_them():
    assert EVERYTHING.lines("en\r\nto\rtre\n\nfem") == [["en"], ["to"], ["tre"], [], ["fem"]]


def test_a_long_word_may_break_but_loses_nothing():
    runs = EVERYTHING.runs("a" * 100 + "é")

    assert BREAK in runs
    assert "".join(run for run in runs if isinstance(run, str)) == "a" * 100 + "é"


def test_a_letter_with_a_tower_of_marks_does_not_cover_its_neighbours():
    runs = EVERYTHING.runs("e" + "\u0301" * 20)

    assert runs.count({"code": "U+0301"}) == 14
