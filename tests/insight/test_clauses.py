"""The data file of the strategy names nothing that is not there."""

import re
from pkgutil import resolve_name

import pytest
from django.urls import reverse

from tests.architecture import source
from torg.cli import WORDS
from torg.insight.clauses import clauses

MARK = re.compile(r"mark\.strategy\(([^)]*)\)")
SIZES = {"A": 8, "B": 8, "C": 9, "D": 7, "E": 1, "F": 9}
ALL = [f"{letter}{number}" for letter, most in SIZES.items() for number in range(1, most + 1)]


def marked() -> set[str]:
    """The clauses that tests are marked with; marks that tests of marks write in quotes are no marks."""
    texts = [path.read_text() for path in (source.ROOT / "tests").rglob("test_*.py") if path.parent.name != "insight"]
    return {name for text in texts for names in MARK.findall(text) for name in re.findall(r'"(\w+)"', names)}


def test_every_clause_stands_once_and_in_order():
    assert [clause.id for clause in clauses()] == ALL


def test_every_mark_is_of_a_clause():
    assert marked() <= set(ALL)


def test_what_is_built_has_a_test_and_what_is_not_has_none():
    built = {clause.id for clause in clauses() if clause.pages or clause.words}

    assert marked() == built


@pytest.mark.parametrize("clause", clauses(), ids=lambda clause: clause.id)
def test_its_pages_words_and_figures_exist(clause):
    assert all(reverse(page.name) for page in clause.pages)
    assert set(clause.words) <= WORDS.keys()
    assert all(callable(resolve_name(figure.query)) for figure in clause.figures)


def test_each_text_is_there_in_three_languages():
    texts = [clause.title for clause in clauses()] + [clause.missing for clause in clauses() if clause.missing]
    figures = [figure for clause in clauses() for figure in clause.figures]
    texts += [figure.label for figure in figures] + [figure.how for figure in figures]

    assert all(text.nb and text.nn and text.en for text in texts)
