"""`torg strategy`: how each clause of the strategy stands, by tests that ran and pages that answered."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from torg.insight.clauses import sections
from torg.insight.covering import standing
from torg.insight.evidence import Evidence
from torg.insight.types import Figure, Measured, Section, Standing, State

LANGUAGES = ("en", "nb", "nn")
Measure = Callable[[Sequence[Figure]], Mapping[str, Measured]]


def main(arguments: Sequence[str], *, known: Evidence | None, measure: Measure) -> int:
    """Print all clauses; always 0.

    `known` is what the last run of the tests has shown. `measure` counts figures, none where there is no database.
    """
    parser = argparse.ArgumentParser(prog="torg strategy", description="How each clause of the strategy stands.")
    parser.add_argument("--json", action="store_true", help="for machines, with every test and its outcome")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the clauses")
    asked = parser.parse_args(list(arguments))
    parts = [(section, [standing(clause, known) for clause in section.clauses]) for section in sections()]
    figures = {figure.id: figure for _, part in parts for each in part for figure in each.clause.figures}
    measured = measure(list(figures.values()))
    if asked.json:
        sys.stdout.write(json.dumps(_told(parts, known, measured, asked.language), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(parts, known, measured, asked.language)) + "\n")
    return 0


Parts = Sequence[tuple[Section, Sequence[Standing]]]


def _lines(parts: Parts, known: Evidence | None, measured: Mapping[str, Measured], language: str) -> Iterator[str]:
    """The table for people: a line for each clause, and under it what is behind it."""
    for section, standings in parts:
        yield f"{section.letter}. {section.title.in_language(language)}"
        for each in standings:
            yield f"  {each.clause.id}  {each.state:<8} {each.clause.title.in_language(language)}"
            yield from (f"{'':16}{line}" for line in _behind(each, measured, language))
        yield ""
    counts = Counter(each.state for _, standings in parts for each in standings)
    yield ", ".join(f"{counts[state]} {state}" for state in State)
    yield _run(known)
    if not measured:
        yield "There is no database to count in, so figures are left out."


def _behind(each: Standing, measured: Mapping[str, Measured], language: str) -> Iterator[str]:
    clause = each.clause
    if each.reasons:
        yield f"why: {'; '.join(each.reasons)}"
    if clause.missing:
        yield f"missing: {clause.missing.in_language(language)}"
    if clause.pages or clause.words:
        yield f"where: {', '.join([*(page.name for page in clause.pages), *(f'torg {word}' for word in clause.words)])}"
    if each.tests:
        passed = sum(outcome == "passed" for outcome in each.tests.values())
        yield f"tests: {passed} of {len(each.tests)} green"
        yield from (f"  {'✓' if outcome == 'passed' else '✗'} {test}" for test, outcome in sorted(each.tests.items()))
    for figure in clause.figures:
        if figure.id in measured:
            label, how = figure.label.in_language(language), figure.how.in_language(language)
            yield f"figure: {label}: {_value(measured[figure.id])} ({how})"


def _value(measured: Measured) -> str:
    return f"{measured.count}" if measured.of is None else f"{measured.count} of {measured.of}"


def _run(known: Evidence | None) -> str:
    if known is None:
        return "The tests have not all run for this code, so nothing counts as covered. Run ./torg test."
    return f"By the tests of {known.ran_at:%Y-%m-%d %H:%M} UTC, commit {known.commit[:12]}."


def _told(parts: Parts, known: Evidence | None, measured: Mapping[str, Measured], language: str) -> dict[str, object]:
    """The same for machines."""
    return {
        "commit": known.commit if known else None,
        "ran_at": known.ran_at.isoformat() if known else None,
        "clauses": [_clause(each, measured, language) for _, standings in parts for each in standings],
    }


def _clause(each: Standing, measured: Mapping[str, Measured], language: str) -> dict[str, object]:
    clause = each.clause
    return {
        "id": clause.id,
        "title": clause.title.in_language(language),
        "state": each.state,
        "why": list(each.reasons),
        "missing": clause.missing.in_language(language) if clause.missing else None,
        "pages": [page.name for page in clause.pages],
        "words": [f"torg {word}" for word in clause.words],
        "tests": dict(each.tests),
        "figures": {
            figure.id: {"count": measured[figure.id].count, "of": measured[figure.id].of}
            for figure in clause.figures
            if figure.id in measured
        },
    }
