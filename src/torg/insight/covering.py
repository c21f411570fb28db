"""How each clause stands: computed from tests that ran and pages that answered, never stated."""

from collections.abc import Mapping

from torg.insight.clauses import clauses
from torg.insight.evidence import Evidence
from torg.insight.types import Clause, Reason, Standing, State

# With one of these there is nothing to build on; all other reasons leave a clause partly done.
NOTHING = {Reason.NOT_BUILT, Reason.NO_TESTS}


def standings(evidence: Evidence | None) -> list[Standing]:
    """Every clause with how it stands by what the last run has shown."""
    return [standing(clause, evidence) for clause in clauses()]


def standing(clause: Clause, evidence: Evidence | None) -> Standing:
    """How one clause stands. What the data file says is missing can only lower it."""
    tests = evidence.tests.get(clause.id, {}) if evidence else {}
    reasons = _reasons(clause, evidence, tests)
    return Standing(clause, _state(reasons), reasons, tests)


def _reasons(clause: Clause, evidence: Evidence | None, tests: Mapping[str, str]) -> list[Reason]:
    if not clause.pages and not clause.words:
        return [Reason.NOT_BUILT]
    reasons = [Reason.MISSING] if clause.missing else []
    if evidence is None:
        return [Reason.NOT_RUN, *reasons]
    if not tests:
        return [Reason.NO_TESTS, *reasons]
    outcomes = set(tests.values())
    found = {
        Reason.RED: "failed" in outcomes,
        Reason.LEFT_OUT: "skipped" in outcomes,
        Reason.NO_ANSWER: any(page.name not in evidence.answered for page in clause.pages),
    }
    return [*(reason for reason, holds in found.items() if holds), *reasons]


def _state(reasons: list[Reason]) -> State:
    if not reasons:
        return State.COVERED
    return State.NOT_YET if NOTHING.intersection(reasons) else State.PARTLY
