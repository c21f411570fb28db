"""Any text fit for XML and for a file name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from torg.noark.writing.text import LONGEST_NAME, UNFIT_FOR_FILES, legible, safe_file_name

# Surrogates too: a platform's JSON can hold half of a pair.
ANY_TEXT = st.text(alphabet=st.characters(codec=None))


@given(ANY_TEXT)
def test_any_text_comes_back_from_xml_as_it_was_made_legible(text: str) -> None:
    element = etree.Element("a")
    element.text = legible(text)

    assert (etree.fromstring(etree.tostring(element)).text or "") == legible(text)


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"])))
def test_what_xml_can_carry_is_not_touched(text: str) -> None:
    assert legible(text) == text


@given(ANY_TEXT)
def test_a_file_name_is_never_a_path_nor_empty_nor_too_long(text: str) -> None:
    name = safe_file_name(text)

    assert not UNFIT_FOR_FILES.search(name)
    assert 0 < len(name.encode()) <= LONGEST_NAME
    assert name not in (".", "..")
    assert name == name.strip()


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("melding.pdf", "melding.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("\u202efdp.exe", "[U+202E]fdp.exe"),
        ("NUL.txt", "_NUL.txt"),
        ("  . ", "uten navn"),
        ("æ" * 300 + ".pdf", "æ" * 98 + ".pdf"),
        ("møtebok 3. mars 2026", "møtebok 3. mars 2026"),
    ],
)
def test_names_stay_readable(given_name: str, name: str) -> None:
    assert safe_file_name(given_name) == name
