"""Keys are made once and kept private; a given database is never mixed with a private one."""

import stat

import pytest
from cryptography.fernet import Fernet

from torg.config.env import EnvironmentProblem
from torg.config.processes import surroundings
from torg.config.processes.folder_lock import FolderLock


def test_keys_are_made_once_and_only_the_owner_can_read_them(tmp_path):
    first = surroundings.kept_keys(tmp_path / "keys.env")
    second = surroundings.kept_keys(tmp_path / "keys.env")

    assert first == second
    assert stat.S_IMODE((tmp_path / "keys.env").stat().st_mode) == 0o600
    Fernet(first["TORG_CREDENTIAL_KEYS"])


def test_a_key_that_a_new_version_needs_is_added_to_those_kept(tmp_path):
    (tmp_path / "keys.env").write_text("TORG_SECRET_KEY=kept\n")

    keys = surroundings.kept_keys(tmp_path / "keys.env")

    assert keys["TORG_SECRET_KEY"] == "kept"
    assert "TORG_CREDENTIAL_KEYS" in keys


def test_a_key_from_the_environment_wins(tmp_path):
    environment = {"TORG_SECRET_KEY": "from outside"}

    surroundings.use_keys(environment, tmp_path)

    assert environment["TORG_SECRET_KEY"] == "from outside"
    assert "TORG_CREDENTIAL_KEYS" in environment


def test_with_a_database_of_ones_own_nothing_is_guessed(tmp_path):
    environment = {"DATABASE_URL": "postgresql://torg_app@db/torg", "TORG_DATA": str(tmp_path)}

    surroundings.complete(environment)

    assert environment["DJANGO_SETTINGS_MODULE"] == "torg.config.settings.production"
    assert "TORG_SECRET_KEY" not in environment
    assert list(tmp_path.iterdir()) == []


def test_words_beside_an_up_with_ones_own_database_use_its_keys(tmp_path):
    kept = surroundings.kept_keys(tmp_path / "keys.env")
    environment = {"DATABASE_URL": "postgresql://torg_app@db/torg", "TORG_DATA": str(tmp_path)}

    surroundings.complete(environment)

    assert environment["TORG_SECRET_KEY"] == kept["TORG_SECRET_KEY"]
    assert environment["DJANGO_SETTINGS_MODULE"] == "torg.config.settings.dev"


def test_words_beside_up_know_the_address_that_it_serves(tmp_path):
    FolderLock(tmp_path).take(address="http://localhost:8123")
    environment = {}

    surroundings.use_what_up_made(environment, tmp_path)

    assert environment["TORG_ADDRESS"] == "http://localhost:8123"


def test_another_port_is_the_same_log(tmp_path):
    first = surroundings.kept_keys(tmp_path / "keys.env")["TORG_CHECKPOINT_ORIGIN"]

    assert surroundings.kept_keys(tmp_path / "keys.env")["TORG_CHECKPOINT_ORIGIN"] == first


def test_the_owner_word_uses_the_owners_address():
    environment = {"DATABASE_URL": "postgresql://torg_app@db/torg", "DATABASE_OWNER_URL": "postgresql://own@db/torg"}

    surroundings.complete(environment, as_owner=True)

    assert environment["DATABASE_URL"] == "postgresql://own@db/torg"


def test_without_any_database_the_person_is_told_what_to_do(tmp_path):
    with pytest.raises(EnvironmentProblem, match=r"\./torg up"):
        surroundings.complete({"TORG_DATA": str(tmp_path)})


def test_a_second_start_learns_who_holds_the_folder(tmp_path):
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)

    assert first.take(address="http://localhost:8000")
    assert not second.take(address="http://localhost:9000")
    assert second.holder()[1] == "http://localhost:8000"


def test_a_folder_that_was_given_back_can_be_taken_again(tmp_path):
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.take(address="http://localhost:8000")

    first.release()

    assert second.take(address="http://localhost:9000")
