"""The script and the words behind it."""

import os
import pkgutil
import subprocess
from pathlib import Path

import pytest
from devtools.__main__ import WORDS as DEVELOPER_WORDS
from devtools.__main__ import drives_browser
from django.db import OperationalError

from torg import cli
from torg.config.env import EnvironmentProblem

SCRIPT = Path(__file__).resolve().parents[2] / "torg"


def test_the_script_is_plain_shell():
    assert subprocess.run(["sh", "-n", SCRIPT], check=False).returncode == 0
    assert os.access(SCRIPT, os.X_OK)


@pytest.mark.parametrize("name", sorted(DEVELOPER_WORDS))
def test_the_script_knows_each_developer_word(name):
    case = next(line for line in SCRIPT.read_text().splitlines() if line.strip().startswith("test |"))

    assert name in case.replace(")", "").replace("|", " ").split()


@pytest.mark.parametrize("name", sorted(cli.WORDS))
def test_each_word_leads_to_a_function(name):
    assert callable(pkgutil.resolve_name(cli.WORDS[name].runs))


def test_no_word_is_both_a_developers_and_the_products():
    assert cli.WORDS.keys() & DEVELOPER_WORDS.keys() == set()


def test_an_unknown_word_is_told_with_those_that_there_are(capsys):
    status = cli.main(["dance"])

    said = capsys.readouterr().err
    assert status == 2
    assert "There is no word “dance”" in said and "torg replay" in said


def test_help_names_every_word(capsys):
    assert cli.main(["help"]) == 0

    said = capsys.readouterr().out
    assert all(f"torg {name}" in said for name in cli.WORDS)


@pytest.mark.parametrize(
    ("arguments", "drives"),
    [
        ([], True),
        (["-x"], True),
        (["tests"], True),
        (["tests/journeys/test_ui.py"], True),
        (["tests/core", "tests/journeys"], True),
        (["tests/core"], False),
        (["tests/people/test_pages.py::test_one", "-x"], False),
    ],
)
def test_a_browser_is_asked_for_only_when_one_may_be_driven(arguments, drives):
    assert drives_browser(arguments) is drives


def test_a_database_that_is_away_is_told_in_one_sentence():
    def ask(arguments):
        raise OperationalError("connection is bad\nand much more")

    with pytest.raises(EnvironmentProblem, match=r"does not answer.*connection is bad$"):
        cli.answering(ask, [])
