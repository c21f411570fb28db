"""`torg strategy`, with and without a database and a run of the tests."""

import json
from datetime import UTC, datetime

from torg.config import strategy_word
from torg.insight import command_line, evidence
from torg.insight.clauses import clauses
from torg.insight.types import Measured

ANSWERED = frozenset(page.name for clause in clauses() for page in clause.pages)
RUN = evidence.Evidence("abcdef0123456", datetime(2026, 3, 10, tzinfo=UTC), {"B3": {"one": "passed"}}, ANSWERED)


def say(capsys, *arguments: str, known=None, figures=None) -> str:
    assert command_line.main(arguments, known=known, measure=lambda asked: figures or {}) == 0
    return capsys.readouterr().out


def test_every_clause_is_told_and_none_is_covered_before_the_tests_have_run(capsys):
    said = say(capsys)

    assert all(f"  {clause.id}  " in said for clause in clauses())
    assert "  covered  " not in said
    assert "Run ./torg test" in said


def test_what_was_shown_is_covered_and_names_its_tests_and_commit(capsys):
    said = say(capsys, known=RUN)

    assert "B3  covered" in said
    assert "✓ one" in said
    assert "commit abcdef012345" in said


def test_figures_stand_with_how_they_are_counted(capsys):
    said = say(capsys, figures={"deletions_by_two": Measured(3, of=3)})

    assert "3 of 3 (of all decisions to delete)" in said


def test_machines_get_the_same(capsys):
    figures = {"deletions_by_two": Measured(3, of=3)}

    told = json.loads(say(capsys, "--json", "--language", "nn", known=RUN, figures=figures))

    found = {clause["id"]: clause for clause in told["clauses"]}
    assert found["B3"]["state"] == "covered"
    assert found["B3"]["figures"] == {"deletions_by_two": {"count": 3, "of": 3}}
    assert found["A1"]["state"] == "not yet"


def test_without_a_database_figures_are_left_out(capsys, monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TORG_DATA", str(tmp_path))

    assert strategy_word.main([]) == 0

    assert "figures are left out" in capsys.readouterr().out
