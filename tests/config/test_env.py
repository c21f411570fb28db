"""What the environment says is read by type; what is wrong is told by name."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from torg.config import env
from torg.config.env import EnvironmentProblem


@pytest.mark.parametrize(
    ("written", "read"), [("1", True), ("true", True), ("YES", True), ("0", False), ("no", False), ("", False)]
)
def test_a_flag_is_yes_or_no(monkeypatch, written, read):
    monkeypatch.setenv("TORG_TRIAL", written)

    assert env.flag("TORG_TRIAL") is read


def test_a_flag_that_is_neither_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("TORG_TRIAL", "perhaps")

    with pytest.raises(EnvironmentProblem, match="TORG_TRIAL must be 1 or 0, not “perhaps”"):
        env.flag("TORG_TRIAL")


def test_a_number_is_whole_and_above_zero(monkeypatch):
    monkeypatch.setenv("TORG_TRIAL", "40")
    assert (env.number("TORG_TRIAL", 7), env.number("TORG_OTHER_TRIAL", 7)) == (40, 7)

    for wrong in ("0", "-1", "1.5", "many"):
        monkeypatch.setenv("TORG_TRIAL", wrong)
        with pytest.raises(EnvironmentProblem, match="TORG_TRIAL must be a whole number"):
            env.number("TORG_TRIAL", 7)


def test_a_text_without_default_must_be_set(monkeypatch):
    monkeypatch.delenv("TORG_TRIAL", raising=False)

    with pytest.raises(EnvironmentProblem, match="Set TORG_TRIAL"):
        env.text("TORG_TRIAL")


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("TORG_TRIAL", "a, b,,c ")

    assert env.words("TORG_TRIAL") == ["a", "b", "c"]


def test_a_database_address_goes_to_django_and_back():
    address = "postgresql://torg_app:s%40crets@db.example.org:5433/torg?sslmode=require"

    there = env.database(address)

    assert there["PASSWORD"] == "s@crets" and there["OPTIONS"] == {"sslmode": "require"}
    assert conninfo_to_dict(env.conninfo(there)) == conninfo_to_dict(address)


def test_an_address_that_cannot_be_read_shows_how_to_write_one():
    with pytest.raises(EnvironmentProblem, match="postgresql://user:secret@host"):
        env.database("postgresql://[")
