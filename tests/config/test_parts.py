"""Real processes: what cannot start says why, what is stopped leaves nothing behind."""

import os
import sys
import time

import pytest

from torg.config.processes.parts import Program, Step, is_alive, wait_until
from torg.config.processes.supervisor import PartProblem


def program(tmp_path, code, *, is_ready=lambda: True):
    command = [sys.executable, "-c", code]
    return Program("Part", command, environment=os.environ, log=tmp_path / "part.log", is_ready=is_ready)


def up(part):
    part.start()
    part.wait()


def test_a_step_that_fails_is_named_with_its_last_words():
    step = Step("Migration", [sys.executable, "-c", "raise SystemExit('no such table')"], environment=os.environ)

    with pytest.raises(PartProblem, match=r"(?s)Migration failed.*no such table"):
        step.start()


def test_a_program_that_ends_at_once_is_named_with_its_last_words(tmp_path):
    part = program(tmp_path, "raise SystemExit('the key is missing')", is_ready=lambda: False)

    with pytest.raises(PartProblem, match=r"(?s)Part did not start.*the key is missing"):
        up(part)


def test_a_program_is_up_only_when_it_is_ready(tmp_path):
    mark = tmp_path / "ready"
    code = f"import pathlib, time; time.sleep(0.3); pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    part = program(tmp_path, code, is_ready=mark.exists)

    up(part)

    assert mark.exists() and part.is_running()
    part.stop()
    assert not part.is_running()


def test_stopping_ends_what_the_program_started_too(tmp_path):
    note = tmp_path / "child"
    code = (
        "import pathlib, subprocess, time\n"
        f"child = subprocess.Popen(['sleep', '60']); pathlib.Path({str(note)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)"
    )
    part = program(tmp_path, code, is_ready=lambda: note.exists() and note.read_text() != "")
    up(part)
    child = int(note.read_text())

    part.stop()

    assert wait_until(lambda: not is_alive(child), 5)


def test_stopping_twice_does_nothing_more(tmp_path):
    part = program(tmp_path, "import time; time.sleep(60)")
    up(part)

    part.stop()
    part.stop()

    assert not part.is_running()


def test_waiting_gives_up_in_the_end():
    began = time.monotonic()

    assert not wait_until(lambda: False, 0.1)
    assert time.monotonic() - began < 2
