"""Running the tests of a deposit from a test, and reading their answers."""

from pathlib import Path

from torg.noark.checking import package, running
from torg.noark.checking.results import Result
from torg.noark.checking.running import Report
from torg.noark.schemas.store import Store

NO_SCHEMAS = Store({})


def checked(path: Path, schemas: Store = NO_SCHEMAS) -> Report:
    return running.check(package.opened(path), schemas)


def answers(report: Report) -> dict[str, bool | None]:
    return {one.id: one.passed for one in report.results}


def failed(report: Report) -> set[str]:
    return {id for id, passed in answers(report).items() if passed is False}


def not_run(report: Report) -> set[str]:
    return {id for id, passed in answers(report).items() if passed is None}


def result(report: Report, id: str) -> Result:
    return next(one for one in report.results if one.id == id)


def counts(report: Report, id: str) -> dict[str, object]:
    return result(report, id).counts
