"""`torg audit`, as an operator meets it."""

import pytest

from tests.audit import log
from torg.audit import command_line, keys
from torg.audit.models import Checkpoint


def test_a_whole_log_gives_status_zero(fresh_database, at, capsys):
    log.write(3, at)

    assert command_line.main(["seal"]) == 0
    assert command_line.main(["verify"]) == 0
    assert "3" in capsys.readouterr().out


def test_a_broken_log_gives_status_one_and_names_the_row(fresh_database, postgres, at, capsys):
    events = log.sealed(at)
    log.tamper(postgres, ("UPDATE audit_event SET actor_ref = 'x' WHERE id = %s", events[4]))

    assert command_line.main(["verify"]) == 1
    assert str(events[4]) in capsys.readouterr().err


def test_an_exported_checkpoint_is_verified_against(fresh_database, at, tmp_path, capsys):
    log.sealed(at)
    kept = tmp_path / "checkpoint"

    assert command_line.main(["export", str(kept)]) == 0
    assert kept.read_text() == Checkpoint.objects.get(size=10).note
    assert command_line.main(["verify", "--checkpoint", str(kept), "--key", str(keys.signer().public)]) == 0


@pytest.mark.parametrize("arguments", [["--key", "nonsense"], ["--checkpoint", "/does/not/exist"]])
def test_arguments_that_cannot_be_read_give_status_one(fresh_database, arguments, capsys):
    assert command_line.main(["verify", *arguments]) == 1


def test_there_is_nothing_to_export_before_the_first_seal(fresh_database, capsys):
    assert command_line.main(["export"]) == 1


def test_the_public_key_is_shown(capsys):
    command_line.main(["key"])

    assert capsys.readouterr().out.strip() == str(keys.signer().public)


def test_the_key_file_is_made_once_and_read_again(settings, tmp_path):
    settings.CHECKPOINT_KEY = ""
    settings.CHECKPOINT_KEY_FILE = tmp_path / "secrets" / "checkpoint.key"

    first, second = keys.signer().public, keys.signer().public

    assert first == second
    assert settings.CHECKPOINT_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.CHECKPOINT_KEY_FILE.parent.iterdir()] == ["checkpoint.key"]
