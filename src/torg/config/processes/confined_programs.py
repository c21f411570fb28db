"""Runs other people's programs over other people's documents, so that what breaks there breaks nothing here."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import structlog

MEMORY = 2_500_000_000
LARGEST_FILE = 500_000_000

log = structlog.get_logger(__name__)


def run(words: Sequence[str], *, folder: Path, seconds: float) -> bytes:
    """What the program printed, when it ended well.

    It gets a process group of its own, limits of processor, memory and size of files, none of our environment, no
    network where the machine lets us take it away, and `folder` for a home. What it started ends with it.

    Args:
        words: the program's path and its arguments.
        folder: where it works.
        seconds: how long it may take.

    Raises OSError when it does not start or ends badly, TimeoutError (an OSError) when it does not end.
    """
    running = subprocess.Popen(
        [*_limits(seconds), *_without_network(), *words],
        cwd=folder,
        env={"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    with running:
        try:
            said, _nothing = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"no end in {seconds:.0f} s") from error
        finally:
            _end_all_of(running)
    if running.returncode:
        raise ChildProcessError(f"ended with {running.returncode}")
    return said


def _limits(seconds: float) -> list[str]:
    program = shutil.which("prlimit")
    if program is None:
        raise FileNotFoundError("this machine has no prlimit (util-linux)")
    return [program, f"--data={MEMORY}", f"--fsize={LARGEST_FILE}", f"--cpu={max(1, round(seconds))}", "--core=0"]


@cache
def _without_network() -> tuple[str, ...]:
    words = ("unshare", "--user", "--map-current-user", "--net")
    try:
        subprocess.run([*words, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        log.info("documents.programs_keep_their_network")
        return ()
    return words


def _end_all_of(running: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
