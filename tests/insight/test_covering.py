"""A clause is covered by tests that passed and pages that answered, and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from torg.insight.covering import standing
from torg.insight.evidence import Evidence
from torg.insight.types import Clause, Page, Reason, State, Text

TEXT = Text("Slik", "Slik", "So")
CLAUSE = Clause("B3", TEXT, None, (Page("desk:moderation", TEXT),), (), ())
RUN = Evidence(
    "abc", datetime(2026, 3, 10, tzinfo=UTC), {"B3": {"one": "passed", "two": "passed"}}, frozenset({"desk:moderation"})
)


def told(clause: Clause, run: Evidence | None) -> tuple[State, list[Reason]]:
    found = standing(clause, run)
    return found.state, list(found.reasons)


def test_with_green_tests_and_pages_that_answer_it_is_covered():
    assert told(CLAUSE, RUN) == (State.COVERED, [])


def test_before_the_tests_have_run_nothing_is_covered():
    assert told(CLAUSE, None) == (State.PARTLY, [Reason.NOT_RUN])


def test_a_clause_that_nothing_does_is_not_done_whatever_tests_say():
    assert told(replace(CLAUSE, pages=()), RUN) == (State.NOT_YET, [Reason.NOT_BUILT])


def test_a_clause_that_no_test_shows_is_not_done():
    assert told(CLAUSE, replace(RUN, tests={})) == (State.NOT_YET, [Reason.NO_TESTS])


@pytest.mark.parametrize(("outcome", "reason"), [("failed", Reason.RED), ("skipped", Reason.LEFT_OUT)])
def test_one_test_that_did_not_pass_is_enough(outcome, reason):
    run = replace(RUN, tests={"B3": {"one": "passed", "two": outcome}})

    assert told(CLAUSE, run) == (State.PARTLY, [reason])


def test_one_page_that_did_not_answer_is_enough():
    assert told(CLAUSE, replace(RUN, answered=frozenset())) == (State.PARTLY, [Reason.NO_ANSWER])


def test_what_is_missing_keeps_it_from_being_covered():
    assert told(replace(CLAUSE, missing=TEXT), RUN) == (State.PARTLY, [Reason.MISSING])


def test_a_clause_done_by_a_command_alone_needs_no_page():
    assert told(replace(CLAUSE, pages=(), words=("noark",)), RUN) == (State.COVERED, [])
