"""A part of pytest: after a run of every test it writes what was shown of the strategy, for `torg strategy`."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from torg.core import clock
from torg.insight import evidence

ROOT = Path(__file__).resolve().parents[1]
WORST_FIRST = ("failed", "skipped", "passed")


class Proofs:
    """Gathers the outcomes of tests marked `strategy`, and the addresses that answered.

    Args:
        known: the clauses that there are; a mark of another stops the run.
        path: the file that a whole run writes.
    """

    def __init__(self, known: Iterable[str], *, path: Path = evidence.FILE) -> None:
        self._known = set(known)
        self._path = path
        self._code = evidence.fingerprint()
        self._tests: dict[str, dict[str, str]] = {}
        self._answered: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Lay each mark with its test, so that it reaches the run's first process with the outcome."""
        for item in items:
            for clause in {name for mark in item.iter_markers("strategy") for name in mark.args}:
                if clause not in self._known:
                    raise pytest.UsageError(f"{item.nodeid} is marked with {clause}, which is no clause.")
                item.user_properties.append(("strategy", clause))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember the worst that happened to a test, in any of its cases."""
        if report.when != "call" and report.passed:
            return
        test = report.nodeid.partition("[")[0]
        for name, value in report.user_properties:
            if name == "strategy":
                seen = self._tests.setdefault(str(value), {})
                seen[test] = min(report.outcome, seen.get(test, "passed"), key=WORST_FIRST.index)
            elif name == "answers":
                self._answered.add(str(value))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write what was shown, if every test has run."""
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and is_whole(session):
            shown = evidence.Evidence(commit(), clock.now(), self._tests, frozenset(self._answered))
            evidence.write(shown, self._path, code=self._code)


def is_whole(session: pytest.Session) -> bool:
    """Whether the run was of every test: nothing was chosen, nothing stopped it early; in its first process."""
    config: Any = session.config
    option = config.option
    chosen = option.keyword or option.markexpr or option.deselect or option.ignore or option.collectonly
    stopped = session.shouldstop or session.shouldfail
    is_first = not hasattr(config, "workerinput")
    return bool(is_first and config.args_source == config.ArgsSource.TESTPATHS and not chosen and not stopped)


def commit() -> str:
    """What is checked out; empty outside of a checkout."""
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
