"""What a run leaves behind, and of which code."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests.architecture import source
from torg.insight import evidence

RUN = evidence.Evidence("abc", datetime(2026, 3, 10, tzinfo=UTC), {"B3": {"one": "passed"}}, frozenset({"desk:queue"}))

CONFTEST = """
from pathlib import Path
from devtools.proofs import Proofs

def pytest_configure(config):
    config.pluginmanager.register(Proofs(["B3", "B4"], path=Path(__file__).with_name("run.json")))
"""
TESTS = """
import pytest

@pytest.mark.strategy("B3")
@pytest.mark.parametrize("number", [1, 2])
def test_one(number, record_property):
    record_property("answers", "desk:queue")

@pytest.mark.strategy("B3", "B4")
@pytest.mark.parametrize("number", [1, 2])
def test_two(number):
    assert number == 1

@pytest.mark.strategy("B4")
def test_three():
    pytest.skip("no browser")

def test_without_a_mark():
    pass
"""


@pytest.fixture
def project(tmp_path):
    """A small project with tests that carry marks; call it to run them."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = .\nmarkers =\n    strategy: shows clauses\n")

    def run(*arguments: str):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "xdist", *arguments]
        # Plugins that this project does not need take longer to load than its tests to run.
        given = {"PYTHONPATH": f"{source.ROOT / 'src'}:{source.ROOT}", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, check=False)
        return evidence.read(tmp_path / "run.json")

    return run


def test_what_was_written_is_read_again(tmp_path):
    evidence.write(RUN, tmp_path / "run.json", code=evidence.fingerprint())

    assert evidence.read(tmp_path / "run.json") == RUN


def test_a_run_of_other_code_shows_nothing(tmp_path):
    evidence.write(RUN, tmp_path / "run.json", code="of another day")

    assert evidence.read(tmp_path / "run.json") is None


def test_no_run_shows_nothing(tmp_path):
    assert evidence.read(tmp_path / "run.json") is None


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_of_every_test_keeps_the_worst_of_each(project, workers):
    kept = project("-n", workers)

    assert kept.tests == {
        "B3": {"test_it.py::test_one": "passed", "test_it.py::test_two": "failed"},
        "B4": {"test_it.py::test_two": "failed", "test_it.py::test_three": "skipped"},
    }
    assert kept.answered == {"desk:queue"}


@pytest.mark.parametrize("chosen", [["test_it.py"], ["-k", "one"], ["-x"]], ids=["a file", "a word", "stopped early"])
def test_a_run_of_some_tests_keeps_nothing(project, chosen):
    assert project(*chosen) is None


def test_a_mark_of_no_clause_stops_the_run(project, tmp_path):
    (tmp_path / "test_it.py").write_text(TESTS.replace('"B4"', '"Z9"'))

    assert project() is None
