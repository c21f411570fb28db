"""An archive with one page, an archivist, and a source that knows what it is told."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from tests import factories
from tests.records import samples, source
from torg.core.actors import Rule
from torg.noark.writing.deposit import schemas
from torg.people.models import Person, Scope
from torg.people.types import Role
from torg.records import commands
from torg.records.models import Assessment, JournalEntry
from torg.records.types import CaseWanted, Snapshot, Titles

GATHERER = Rule("test.gatherer", "1")
TITLES = Titles(full="Spørsmål fra Kåre Prøve om svømmehallen", public="Spørsmål fra ***** om svømmehallen")
NEW_CASE = CaseWanted(titles=Titles(full="Svømmehallen", public="Svømmehallen"), classification="614")


@dataclass
class Archive:
    """The page's scope and its archivist, and short ways to what one does with them."""

    scope: Scope
    archivist: Person
    at: datetime

    def gathered(self, *facts: str, answers: tuple[str, ...] = (), **fields) -> Assessment:
        """A conversation that the source knows, gathered and not assessed."""
        said = samples.snapshot(at=self.at, scope_id=self.scope.id, answers=answers, **fields)
        return self.told(said, *facts)

    def told(self, said: Snapshot, *facts: str, mark: int = 0) -> Assessment:
        """What the source knows of this conversation, gathered; newer than all before unless `mark` says how new."""
        source.tell(said, *facts, mark=mark or max(source.marks.values(), default=0) + 1)
        commands.gather(kind="dialogue.thread", limit=10, by=GATHERER, at=self.at)
        return Assessment.objects.filter(subject_id=said.subject.id).latest("id")

    def decided(self, *yes: str, **fields) -> Assessment:
        """The same, assessed by the archivist."""
        found = self.gathered(**fields)
        return commands.assess(assessment_id=found.public_id, answers=yes, by=self.archivist, at=self.at)

    def journaled(self, **fields) -> list[JournalEntry]:
        """The same, journaled in a case file of its own."""
        found = self.decided("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE", **fields)
        return commands.journal(
            assessment_id=found.public_id, case=NEW_CASE, titles=TITLES, by=self.archivist, at=self.at
        )


@pytest.fixture
def archive(db, at, settings) -> Archive:
    settings.RECORD_SOURCES = {"dialogue.thread": "tests.records.source"}
    source.clear()
    scope = Scope.objects.create(name="Eksempelvik kommune")
    archivist = factories.person("Are Arkivar")
    factories.role(archivist, Role.ARCHIVIST, at=at)
    return Archive(scope, archivist, at)


@pytest.fixture
def blank(monkeypatch, settings, tmp_path):
    """Without the official schemas: stand-ins, where the package's own workings are tested."""
    settings.DEPOSIT_FOLDER = tmp_path / "deposits"
    monkeypatch.setattr(schemas, "read", lambda folder: dict.fromkeys(schemas.CARRIED, b"<schema/>"))
