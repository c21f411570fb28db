"""Everything kept is found by its words, in one's own scope, and what is masked only by those who may open it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from torg.core.actors import Rule
from torg.files import disk
from torg.people.types import Role
from torg.records import commands, queries
from torg.records.models import Capture, CaptureText

INDEXER = Rule("records.indexer", "1")
SAID = "Svømmehallen er kald. Ring meg på 912 34 567."


def indexed(archive) -> int:
    return commands.index_captures(limit=100, by=INDEXER, at=archive.at)


def hits(archive, words: str, *, by=None, in_full: bool = False) -> list[str]:
    found = queries.search_kept(by or archive.archivist, at=archive.at, words=words, in_full=in_full)
    return [hit.excerpt for hit in found.hits]


def test_what_was_captured_is_found_with_the_entry_that_stands_on_it(archive):
    (entry,) = archive.journaled(text=SAID)
    indexed(archive)

    found = queries.search_kept(archive.archivist, at=archive.at, words="kald")

    assert [list(hit.entries) for hit in found.hits] == [[entry]]
    assert "kald" in found.hits[0].excerpt
    assert [row.entry for row in queries.search_kept(archive.archivist, at=archive.at, words="Kåre").entries] == [entry]


def test_what_is_masked_is_found_and_shown_only_in_full(archive):
    archive.journaled(text=SAID)
    indexed(archive)

    assert hits(archive, "912") == []
    assert "912" not in hits(archive, "kald")[0]
    assert "912 34 567" in hits(archive, "kald", in_full=True)[0]


def test_nobody_finds_what_lies_in_another_scope(archive):
    archive.journaled(text=SAID)
    indexed(archive)
    elsewhere = factories.person("Odd Annen")
    factories.role(elsewhere, Role.ARCHIVIST, at=archive.at, scope=factories.presence("Annen", at=archive.at).scope)

    assert hits(archive, "kald", by=elsewhere, in_full=True) == []


def test_a_subject_that_was_captured_twice_stands_once(archive):
    archive.journaled(text=SAID, answers=("Vi varmer opp.",))
    indexed(archive)

    assert Capture.objects.count() == 2
    assert len(hits(archive, "kald")) == 1


def test_indexing_again_does_nothing_and_a_lost_file_stops_nobody(archive):
    archive.journaled(text="En")
    disk.place_of(Capture.objects.get().sha256).unlink()
    archive.journaled(text="To")

    assert (indexed(archive), indexed(archive)) == (2, 0)
    assert CaptureText.objects.exclude(masked="").count() == 1
    assert commands.index_captures(limit=100, by=INDEXER, at=archive.at, from_start=True) == 0


@pytest.mark.parametrize("words", ["", "   ", '"', "-", "(((", "a" * 5000, "\u202e"])
def test_strange_words_find_nothing_and_break_nothing(archive, words):
    archive.journaled(text="x")
    indexed(archive)

    assert hits(archive, words) == []


def test_a_page_asks_the_database_few_times(archive):
    for number in range(5):
        archive.journaled(text=f"Svømmehall {number}")
    indexed(archive)

    with CaptureQueriesContext(connection) as asked:
        assert len(hits(archive, "svømmehall")) == 5
    assert len(asked) <= 12
