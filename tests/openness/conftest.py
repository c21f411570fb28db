"""A public journal that is switched on, with one entry of yesterday, and an archivist who reviews."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from tests.records.conftest import Archive, archive
from torg.core.actors import Rule
from torg.openness import commands
from torg.openness.commands.settings import Publishing
from torg.openness.models import PublicEntry
from torg.openness.types import Wording
from torg.records import commands as records
from torg.records.models import JournalEntry
from torg.records.types import CaseWanted, Titles

__all__ = ["archive"]

PROPOSER = Rule("test.proposer", "1")


@dataclass
class Journal:
    """The archive, and short ways through publication; `at` is the day after the entries were journaled."""

    archive: Archive
    at: datetime

    @property
    def by(self):
        return self.archive.archivist

    def switch_on(self, **changed):
        wanted = {"is_on": True, "from_on": date(2026, 1, 1), "secret_scopes": "LEFT_OUT", "contact": "Arkivet"}
        return commands.change_settings(wanted=Publishing(**{**wanted, **changed}), by=self.by, at=self.archive.at)

    def entry(self, title: str = "", public_title: str = "", case_title: str = "") -> JournalEntry:
        """A journaled entry with these titles."""
        if not title:
            return self.archive.journaled()[0]
        found = self.archive.decided("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE")
        titles = Titles(full=title, public=public_title or title)
        case = CaseWanted(titles=Titles(full=case_title or "Svømmehallen", public=case_title or "Svømmehallen"))
        made = records.journal(assessment_id=found.public_id, case=case, titles=titles, by=self.by, at=self.archive.at)
        return made[0]

    def proposed(self, title: str = "", **texts: str) -> PublicEntry:
        """An entry that waits for review."""
        entry = self.entry(title, **texts)
        commands.propose_days(limit=100, by=PROPOSER, at=self.at)
        return PublicEntry.objects.get(entry=entry)

    def published(self, title: str = "", **texts: str) -> PublicEntry:
        """An entry that is public."""
        row = self.proposed(title, **texts)
        return self.approve(row)

    def approve(self, row: PublicEntry, **changed) -> PublicEntry:
        words = {"title": row.title, "case_title": row.case_title}
        wording = Wording(**{**words, **changed})
        return commands.approve(public_entry_id=row.public_id, wording=wording, by=self.by, at=self.at)


@pytest.fixture
def journal(archive) -> Journal:
    journal = Journal(archive, archive.at + timedelta(days=1))
    journal.switch_on()
    return journal
