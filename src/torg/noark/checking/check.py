"""The frame of every test: what it is called, what it needs, what it looks at and what it answers."""

from collections.abc import Mapping
from typing import ClassVar

from torg.noark.checking.deposit import Deposit
from torg.noark.checking.package import STRUCTURE
from torg.noark.checking.reading import Watcher
from torg.noark.checking.results import Findings, Result


class Check:
    """One test of the list. `needs` are the files without which it cannot be run.

    The base is a test that only counts: it watches elements of arkivstruktur.xml and passes.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    can_fail: ClassVar[bool] = False
    needs: ClassVar[tuple[str, ...]] = (STRUCTURE,)

    def __init__(self, deposit: Deposit) -> None:
        self.deposit = deposit
        self.findings = Findings()
        self.notes = Findings()
        # What the test could not look at; with nothing found, it then answers neither yes nor no.
        self.unseen = Findings()

    def watches(self) -> Mapping[str, Watcher]:
        """Which elements it wants to see, when they end."""
        return {}

    def finish(self) -> None:
        """Judge, when everything that is needed has been read."""

    def counts(self) -> dict[str, object]:
        """What was counted."""
        return {}

    def result(self) -> Result:
        """The answer, after the reading."""
        problems = [self.deposit.problems[name] for name in self.needs if name in self.deposit.problems]
        if not problems:
            self.finish()
        for problem in problems:
            self.unseen.add(problem)
        passed: bool | None = True
        if self.can_fail and self.findings.number:
            passed = False
        elif self.unseen.number:
            passed = None
        return Result(self.id, self.name, self.can_fail, passed, self._told(), self.notes, self.counts())

    def _told(self) -> Findings:
        together = Findings(self.findings.number + self.unseen.number)
        together.shown = [*self.findings.shown, *self.unseen.shown]
        return together
