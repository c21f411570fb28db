"""Runs work on other people's bytes in a process of its own, with limits: what breaks there breaks nothing here.

The process is spawned, never forked: the typesetter starts threads, and a fork of it hangs.
"""

import multiprocessing
import resource
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import structlog

SECONDS = 60.0
MEMORY = 2_500_000_000
# The typesetter remembers what it has set; a new process forgets.
CALLS_OF_ONE_PROCESS = 200
LARGEST_ANSWER = 500_000_000
DONE, REFUSED = b"\0", b"\1"

log = structlog.get_logger(__name__)


class ConfinedFailure(Exception):
    """The work was refused, took too long, or took the process down; the text is for operators."""


class Confined:
    """One process that is started when it is first needed and again after it fell."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._calls = 0

    def call(self, function: Callable[..., bytes], *given: object, seconds: float = SECONDS) -> bytes:
        """What `function` (of a module) answers over there. Raises ConfinedFailure."""
        with self._one_at_a_time:
            if self._calls >= CALLS_OF_ONE_PROCESS:
                self._stop()
            pipe = self._started()
            self._calls += 1
            try:
                pipe.send((function, given))
                if not pipe.poll(seconds):
                    raise TimeoutError(f"no answer in {seconds:.0f} s")
                answer = pipe.recv_bytes(LARGEST_ANSWER)
            except (OSError, EOFError) as error:
                self._stop()
                log.warning("documents.confined_fell", work=function.__name__, error=type(error).__name__)
                raise ConfinedFailure(f"{function.__name__}: {type(error).__name__} {error}".strip()) from error
        if answer[:1] != DONE:
            raise ConfinedFailure(answer[1:].decode())
        return answer[1:]

    def stop(self) -> None:
        """End the process; the next call starts another."""
        with self._one_at_a_time:
            self._stop()

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._stop()
            spawning = multiprocessing.get_context("spawn")
            self._pipe, theirs = spawning.Pipe()
            self._process = spawning.Process(target=serve, args=(theirs, MEMORY), daemon=True, name="torg-documents")
            self._process.start()
            theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe, self._calls = None, None, 0


def serve(pipe: Connection, memory: int) -> None:
    """Answer until the other end is closed; with bytes, never with objects, which could be made to do something."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    while True:
        try:
            function, given = pipe.recv()
        except EOFError:
            return
        try:
            answer = DONE + function(*given)
        except Exception as error:
            answer = REFUSED + f"{type(error).__name__}: {error}".encode(errors="backslashreplace")
        pipe.send_bytes(answer)


_shared = Confined()
call = _shared.call
stop = _shared.stop
# A film takes minutes, and no document should wait for it.
films = Confined()
