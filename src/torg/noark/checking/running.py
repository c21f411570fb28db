"""Running every test on a deposit in one pass through its arkivstruktur.xml."""

from collections.abc import Sequence
from dataclasses import dataclass

from torg.noark.checking.check import Check
from torg.noark.checking.checks.references import ElementsWithoutContent
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import ADDITIONS, STRUCTURE
from torg.noark.checking.package import STRUCTURE as STRUCTURE_FILE
from torg.noark.checking.package import Package
from torg.noark.checking.reading import Reading, Watcher
from torg.noark.checking.results import Result
from torg.noark.checking.table import CHECKS
from torg.noark.schemas.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all tests of a deposit."""

    package: str
    version: str
    results: tuple[Result, ...]

    @property
    def has_failed(self) -> bool:
        """Whether a test has failed; one that could not be run has not."""
        return any(result.passed is False for result in self.results)

    def as_json(self) -> dict[str, object]:
        """The report as the command prints it."""
        tests = [result.as_json() for result in self.results]
        return {"package": self.package, "noark5_version": self.version, "tests": tests}


def check(package: Package, schemas: Store) -> Report:
    """Test a deposit by the whole list; never raises for what is wrong with the deposit."""
    deposit = Deposit(package, schemas)
    checks = [kind(deposit) for kind in CHECKS]
    on_empty = next(one.take_empty for one in checks if isinstance(one, ElementsWithoutContent))
    deposit.read(STRUCTURE_FILE, Reading(STRUCTURE | ADDITIONS, watchers_of(checks), on_empty))
    deposit.read_changes()
    version = deposit.stated.version if deposit.stated else ""
    return Report(package.name, version, tuple(one.result() for one in checks))


def watchers_of(checks: Sequence[Check]) -> dict[str, list[Watcher]]:
    """Who watches which element."""
    watchers: dict[str, list[Watcher]] = {}
    for one in checks:
        for name, watcher in one.watches().items():
            watchers.setdefault(name, []).append(watcher)
    return watchers
