"""The journals and the log of changes against the archive and each other."""

from collections.abc import Mapping
from datetime import date

from torg.noark.checking.check import Check
from torg.noark.checking.checks.registrations import day
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import Element
from torg.noark.checking.package import CHANGES, PUBLIC_JOURNAL, RUNNING_JOURNAL, STATED, STRUCTURE
from torg.noark.checking.reading import Watcher

JOURNALS = (RUNNING_JOURNAL, PUBLIC_JOURNAL)


class JournalEntries(Check):
    """As many entries in both journals, and in the archive too when the period is separated sharply."""

    id = "N5.59"
    name = "Antall journalposter"
    can_fail = True
    needs = JOURNALS

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.in_archive = 0

    def watches(self) -> Mapping[str, Watcher]:
        return {"registrering": self.take}

    def take(self, element: Element) -> None:
        """One registration."""
        self.in_archive += element.type == "journalpost"

    def finish(self) -> None:
        running, public = (self.deposit.journals[name] for name in JOURNALS)
        for name in JOURNALS:
            journal = self.deposit.journals[name]
            if journal.stated_number != str(journal.entries):
                text = f"Journalhodet oppgir «{journal.stated_number}» journalposter, journalen har {journal.entries}."
                self.findings.add(text, file=name)
        if running.entries != public.entries:
            text = f"Løpende journal har {running.entries} journalposter, offentlig journal har {public.entries}."
            self.findings.add(text, file=PUBLIC_JOURNAL)
        if is_sharp(self) and running.entries != self.in_archive:
            text = f"Skarpt periodeskille: arkivet har {self.in_archive} journalposter, journalen {running.entries}."
            self.findings.add(text, file=RUNNING_JOURNAL)

    def counts(self) -> dict[str, object]:
        found = {name: journal.entries for name, journal in self.deposit.journals.items()}
        return {"total": self.in_archive, STRUCTURE: self.in_archive, **found}


class Dates(Check):
    """The same first and last day in both journals, and in the archive too when the period is separated sharply."""

    id = "N5.60"
    name = "Start- og sluttdatoer"
    can_fail = True
    needs = JOURNALS

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.first: date | None = None
        self.last: date | None = None

    def watches(self) -> Mapping[str, Watcher]:
        return {"registrering": self.take}

    def take(self, element: Element) -> None:
        """One registration; journaldato counts."""
        journaled = day(element.text("journaldato"))
        if journaled:
            self.first = min(self.first or journaled, journaled)
            self.last = max(self.last or journaled, journaled)

    def finish(self) -> None:
        spans = {name: self._span(name) for name in JOURNALS}
        for name, span in spans.items():
            if None in span:
                journal = self.deposit.journals[name]
                self.findings.add(f"Journalhodets datoer er ugyldige: «{journal.start}», «{journal.end}».", file=name)
        running, public = spans.values()
        if running != public:
            self.findings.add(f"Løpende journal gjelder {told(running)}, offentlig journal {told(public)}.")
        if is_sharp(self) and (self.first, self.last) != running:
            text = f"Skarpt periodeskille: arkivet gjelder {told((self.first, self.last))}, journalen {told(running)}."
            self.findings.add(text, file=RUNNING_JOURNAL)

    def _span(self, name: str) -> tuple[date | None, date | None]:
        journal = self.deposit.journals[name]
        return day(journal.start), day(journal.end)

    def counts(self) -> dict[str, object]:
        spans: dict[str, tuple[date | None, date | None]] = {STRUCTURE: (self.first, self.last)}
        spans |= {name: self._span(name) for name in JOURNALS}
        return {name: [str(one) if one else None for one in span] for name, span in spans.items()}


def is_sharp(check: Check) -> bool:
    """Whether the archive must agree with the journals; when that cannot be told or looked at, it is noted so."""
    for name in (STATED, STRUCTURE):
        if name in check.deposit.problems:
            check.unseen.add(check.deposit.problems[name])
            return False
    return check.deposit.stated is not None and check.deposit.stated.is_sharp


def told(span: tuple[date | None, date | None]) -> str:
    """A span as people write it."""
    return " til ".join(f"{one:%d.%m.%Y}" if one else "ukjent dato" for one in span)


class LoggedChanges(Check):
    """The logged changes; fails when the log is empty, cannot be read, or is named in arkivuttrekk.xml but missing."""

    id = "N5.61"
    name = "Antall loggførte endringer"
    can_fail = True
    needs = ()

    def finish(self) -> None:
        problem = self.deposit.problems.get(CHANGES)
        if not problem:
            if not self.deposit.changes.number:
                self.findings.add("Endringsloggen har ingen endringer.", file=CHANGES)
        elif CHANGES in self.deposit.package.files or self._is_named():
            self.findings.add(problem, file=CHANGES)
        else:
            # Nobody has said that there is one: a deposit that is not finished, and nothing to judge.
            self.unseen.add(problem, file=CHANGES)

    def _is_named(self) -> bool:
        stated = self.deposit.stated
        return stated is not None and any(file.name == CHANGES for file in stated.files())

    def counts(self) -> dict[str, object]:
        return {"total": self.deposit.changes.number}
