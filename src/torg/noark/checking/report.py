"""A report of tests as people read it: a short table in Norwegian, then what is wrong."""

from collections.abc import Iterator

from torg.noark.checking.results import Finding, Result
from torg.noark.checking.running import Report

_SAID = {True: "ok", False: "FEIL", None: "ikke kjørt"}
_SHOWN = 10
_NAME_WIDTH = 72


def table(report: Report) -> str:
    """The whole report."""
    version = f", Noark 5 versjon {printable(report.version)}" if report.version else ""
    return "\n".join(
        [f"{printable(report.package)}{version}", "", *rows(report), "", *wrong(report), summed_up(report)]
    )


def rows(report: Report) -> Iterator[str]:
    """One line for each test."""
    for result in report.results:
        name = result.name if len(result.name) <= _NAME_WIDTH else f"{result.name[: _NAME_WIDTH - 1]}…"
        total = result.counts.get("total", "")
        yield f"{result.id}  {_SAID[result.passed]:<10}  {name:<{_NAME_WIDTH}}  {total!s:>9}"


def wrong(report: Report) -> Iterator[str]:
    """The findings of the tests that failed or could not be run, the first ten of each."""
    for result in report.results:
        if result.passed is not True:
            yield f"{result.id} {result.name}: {_SAID[result.passed]}"
            yield from findings(result)
            yield ""


def findings(result: Result) -> Iterator[str]:
    """The first findings of one test, and how many more there are."""
    for finding in result.findings.shown[:_SHOWN]:
        yield f"  {printable(told(finding))}"
    if result.findings.number > _SHOWN:
        yield f"  … og {result.findings.number - _SHOWN} til"


def told(finding: Finding) -> str:
    """One finding with its place."""
    line = f", linje {finding.line}" if finding.line else ""
    identity = f" (systemID {finding.system_id})" if finding.system_id else ""
    return f"{finding.file}{line}: {finding.text}{identity}" if finding.file else f"{finding.text}{identity}"


def summed_up(report: Report) -> str:
    """The last line."""
    answers = [result.passed for result in report.results]
    return f"{answers.count(True)} ok, {answers.count(False)} feil, {answers.count(None)} ikke kjørt"


def printable(text: str) -> str:
    """Text of a package without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)
