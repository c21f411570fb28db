"""What arkivuttrekk.xml says of the whole: counts, and what kinds of things there are."""

from dataclasses import dataclass
from datetime import date

from torg.noark.objects import CaseFile, Disposal, JournalEntry, Registration, Restriction


@dataclass(kw_only=True)
class Tally:
    """Counted while the structure is written; each field becomes a statement that the receiver checks."""

    case_files: int = 0
    registrations: int = 0
    journal_entries: int = 0
    changes: int = 0
    files: int = 0
    has_restricted: bool = False
    has_executed_disposals: bool = False
    has_disposals: bool = False
    has_own_metadata: bool = False
    first_on: date | None = None
    last_on: date | None = None

    def add_case(self, case_file: CaseFile) -> None:
        """One more case file."""
        self.case_files += 1
        self.add_terms(case_file.restriction, case_file.disposal)

    def add_registration(self, registration: Registration) -> None:
        """One more registration, with its documents."""
        self.registrations += 1
        self.journal_entries += isinstance(registration, JournalEntry)
        self.has_own_metadata |= registration.social_media is not None
        created_on = registration.created_at.date()
        self.first_on = min(self.first_on or created_on, created_on)
        self.last_on = max(self.last_on or created_on, created_on)
        self.add_terms(registration.restriction, registration.disposal)
        for document in registration.documents:
            self.has_executed_disposals |= document.executed_disposal is not None
            self.add_terms(document.restriction, document.disposal)

    def add_terms(self, restriction: Restriction | None, disposal: Disposal | None) -> None:
        """Withheld, or decided upon. N5.44 counts every decision, also the one to keep."""
        self.has_restricted |= restriction is not None
        self.has_disposals |= disposal is not None
