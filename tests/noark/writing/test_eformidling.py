"""The older message, between public bodies."""

from pathlib import Path

import pytest
from lxml import etree

from tests.noark.writing import made
from tests.noark.writing.conftest import schema_at
from torg.noark import objects
from torg.noark.writing import eformidling
from torg.noark.writing.tree import Refused

ENTRIES = tuple(one for one in made.everything() if isinstance(one, objects.JournalEntry))
CASE = made.case_file(restriction=made.RESTRICTION, keywords=("vei",), journal_unit="Sentralarkivet")


def created(*entries: objects.JournalEntry) -> eformidling.Message:
    """A message with these."""
    return eformidling.create(CASE, entries, system="Torg", message_id=made.id_for("melding"), at=made.AT)


def test_the_message_is_valid_against_its_schema(standard: Path) -> None:
    message = created(*ENTRIES)

    schema_at(standard / "arkivmelding-eformidling/arkivmelding.xsd").assertValid(etree.fromstring(message.content))


def test_the_files_are_counted_and_named_once() -> None:
    message = created(*ENTRIES)

    names = [one.text for one in etree.fromstring(message.content).iter("{*}referanseDokumentfil")]
    assert names == [one.name for one in message.files]
    assert len(set(names)) == len(names) == int(etree.fromstring(message.content).findtext("{*}antallFiler") or "0")


def test_no_element_is_empty() -> None:
    for element in etree.fromstring(created(*ENTRIES).content).iter(etree.Element):
        assert len(element) or (element.text or "").strip(), element.tag


def test_what_is_not_archived_yet_is_refused() -> None:
    with pytest.raises(Refused, match="arkivertDato"):
        created(made.entry(archived_at=None))
