"""The kinds of parts that `torg up` consists of: a private PostgreSQL, a step that ends, a program that goes on."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from torg.config.processes import surroundings
from torg.config.processes.postgres import PostgresProblem, PrivatePostgres
from torg.config.processes.supervisor import PartProblem

READY_SECONDS = 60.0
STOP_SECONDS = 10.0
LOG_BYTES = 10_000_000
LAST_WORDS = 1_500
PR_SET_PDEATHSIG = 1


class PostgresPart:
    """The private PostgreSQL, with its database made. Ours to stop even when an earlier start left it running."""

    name = "PostgreSQL"

    def __init__(self, postgres: PrivatePostgres) -> None:
        self._postgres = postgres
        self._pid: int | None = None

    def start(self) -> None:
        self.restart()
        self._postgres.make_database(surroundings.DATABASE)

    def wait(self) -> None:
        """It answers already: its database was made."""

    def restart(self) -> None:
        try:
            self._postgres.start()
        except PostgresProblem as problem:
            raise PartProblem(str(problem)) from problem
        self._pid = int((self._postgres.data / "postmaster.pid").read_text().split()[0])

    def is_running(self) -> bool:
        if self._postgres.process is not None:
            return self._postgres.process.poll() is None
        return self._pid is not None and is_alive(self._pid)

    def stop(self) -> None:
        if self._postgres.process is not None:
            self._postgres.stop()
        elif self._pid is not None and is_alive(self._pid):
            os.kill(self._pid, signal.SIGINT)
            wait_until(lambda: self._pid is None or not is_alive(self._pid), STOP_SECONDS)
        self._pid = None


class Step:
    """Something that must be done once before the rest can start, such as the migration; `said` is what it said."""

    def __init__(self, name: str, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = command
        self._environment = environment
        self.said = ""

    def start(self) -> None:
        # A session of its own, so that Ctrl-C reaches the supervisor only and a migration is not torn in two.
        done = subprocess.run(
            self._command,
            env=dict(self._environment),
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
        )
        if done.returncode:
            raise PartProblem(f"{self.name} failed:\n{(done.stdout + done.stderr).strip()[-LAST_WORDS:]}")
        self.said = done.stdout

    def wait(self) -> None:
        """A step is done when it has started."""

    def restart(self) -> None:
        """A step that is done stays done."""

    def is_running(self) -> bool:
        return True

    def stop(self) -> None:
        """Nothing runs."""


class Program:
    """A process that goes on until it is stopped; its words go to a file of its own."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        is_ready: Callable[[], bool],
    ) -> None:
        self.name = name
        self._command = command
        self._environment = environment
        self._log = log
        self._is_ready = is_ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.restart()

    def wait(self) -> None:
        if not wait_until(lambda: not self.is_running() or self._is_ready(), READY_SECONDS) or not self.is_running():
            self.stop()
            raise PartProblem(f"{self.name} did not start. Its last words, from {self._log}:\n{self._last_words()}")

    def restart(self) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._open_log() as log:
            self._process = subprocess.Popen(
                self._command,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent if sys.platform == "linux" else None,
            )

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        # The whole group: what it started must not outlive it.
        signal_group(process, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            signal_group(process, signal.SIGKILL)
            process.wait()
        signal_group(process, signal.SIGKILL)

    def _open_log(self) -> BinaryIO:
        is_full = self._log.exists() and self._log.stat().st_size > LOG_BYTES
        if is_full:
            self._log.replace(self._log.with_suffix(".old.log"))
        return self._log.open("ab")

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-LAST_WORDS:].strip()


def end_with_parent() -> None:
    """Ask Linux to end this process when the supervisor is killed, so that no orphan holds a port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to the process and all that it started."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead but not reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so; False when it did not come about in time."""
    given_up_at = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > given_up_at:
            return False
        time.sleep(0.05)
    return True
