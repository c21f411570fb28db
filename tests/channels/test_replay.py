"""torg replay tells what a stored delivery means, with nothing but the file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from torg.channels import replay

KEYS = "kind verb external_id parent_id post_id author_id author_name text attachments own occurred_at account_id"


def _delivery(**value: object) -> dict:
    comment = {"item": "comment", "verb": "edited", "comment_id": "9_1", "post_id": "1001_9", "parent_id": "1001_9"}
    change = {"field": "feed", "value": comment | value}
    return {"object": "page", "entry": [{"id": "1001", "time": 1773133200, "changes": [change]}]}


@pytest.fixture
def stored(tmp_path):
    def store(content: object, name: str = "delivery.json") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return store


def test_one_event_is_one_line_with_exactly_the_agreed_keys(stored, capsys):
    status = replay.main([stored(_delivery(message="Rådhuset 😀")), "--channel", "facebook", "--json"])

    line = json.loads(capsys.readouterr().out)
    assert status == 0
    assert list(line) == KEYS.split()
    assert (line["kind"], line["verb"], line["external_id"]) == ("comment", "edit", "9_1")
    assert (line["author_id"], line["author_name"], line["own"], line["attachments"]) == (None, None, False, 0)
    assert line["text"] == "Rådhuset 😀"
    assert line["occurred_at"] == "2026-03-10T09:00:00Z"


def test_several_files_are_told_in_their_order(stored, capsys):
    replay.main([stored(_delivery(), "a"), stored(_delivery(comment_id="9_2"), "b"), "--json"])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["external_id"] for line in lines] == ["9_1", "9_2"]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"<html>", "not JSON"), (b"", "not JSON"), (b"[1]", "not an object"), (b'"x"', "not an object")],
)
def test_what_is_not_a_delivery_ends_in_one_clear_sentence(content, told, stored, capsys):
    status = replay.main([stored(content), "--json"])

    captured = capsys.readouterr()
    assert (status, captured.out) == (1, "")
    assert told in captured.err
    assert len(captured.err.splitlines()) == 1


def test_a_missing_file_is_named(capsys):
    assert replay.main(["/nowhere/delivery.json"]) == 1
    assert "there is no such file" in capsys.readouterr().err


def test_one_bad_file_does_not_silence_the_others(stored, capsys):
    status = replay.main([stored(b"nonsense", "bad"), stored(_delivery(), "good"), "--json"])

    assert status == 1
    assert json.loads(capsys.readouterr().out)["external_id"] == "9_1"


def test_a_bad_part_of_a_delivery_does_not_silence_the_rest(stored, capsys):
    delivery = _delivery()
    delivery["entry"][0]["changes"].insert(0, "nonsense")

    assert replay.main([stored(delivery), "--json"]) == 0
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["unknown", "comment"]


def test_an_answer_of_the_api_is_told_as_unknown(stored, capsys):
    assert replay.main([stored({"error": {"code": 190}}), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "unknown"


def test_the_table_is_for_people_and_hostile_text_does_not_move_the_cursor(stored, capsys):
    replay.main([stored(_delivery(message="linje\n\x1b[2Jto \u202e"))])

    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split()[:3] == ["occurred_at", "kind", "verb"]
    assert "linje  [2Jto" in row


def test_an_unknown_channel_is_refused(stored, capsys):
    assert replay.main([stored(_delivery()), "--channel", "myspace"]) == 2
    assert "invalid choice" in capsys.readouterr().err


def test_the_word_works_without_settings_or_a_database(stored):
    root = Path(__file__).resolve().parents[2]
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root / "src"), "LC_ALL": "C"}
    command = "import sys; from torg.cli import main; sys.exit(main())"

    ended = subprocess.run(
        [sys.executable, "-c", command, "replay", stored(_delivery(message="æøå")), "--channel", "facebook", "--json"],
        env=bare,
        capture_output=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["text"] == "æøå"
