"""Runs work on other people's bytes in a process of its own, with limits: what breaks there breaks nothing here.

The process is spawned, never forked: the typesetter starts threads, and a fork of it hangs.
"""

import multiprocessing
import resource
import threading
import time
from collections.abc import Callable, Generator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import structlog

SECONDS = 60.0
MEMORY = 2_500_000_000
# The typesetter remembers what it has set; a new process forgets.
CALLS_OF_ONE_PROCESS = 200
LARGEST_ANSWER = 500_000_000
DONE, REFUSED, UNDER_WAY = b"\0", b"\1", b"\2"
# What the work answers: its bytes, or word of how far it has come and then its bytes.
Answer = bytes | Generator[bytes, None, bytes]

log = structlog.get_logger(__name__)


class ConfinedFailure(Exception):
    """The work was refused, took too long, or took the process down; the text is for operators."""


class Confined:
    """One process that is started when it is first needed and again after it fell.

    It may write files of at most `largest_file` bytes; none, unless told otherwise.
    """

    def __init__(self, *, largest_file: int = 0) -> None:
        self._largest_file = largest_file
        self._one_at_a_time = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._calls = 0

    def call(
        self,
        function: Callable[..., Answer],
        *given: object,
        seconds: float = SECONDS,
        told: Callable[[bytes], None] | None = None,
    ) -> bytes:
        """What `function` (of a module) answers there; `told` hears how far it has come. Raises ConfinedFailure."""
        with self._one_at_a_time:
            if self._calls >= CALLS_OF_ONE_PROCESS:
                self._stop()
            pipe = self._started()
            self._calls += 1
            try:
                pipe.send((function, given))
                answer = _heard(pipe, seconds, told)
            except (OSError, EOFError) as error:
                self._stop()
                log.warning("documents.confined_fell", work=function.__name__, error=type(error).__name__)
                raise ConfinedFailure(f"{function.__name__}: {type(error).__name__} {error}".strip()) from error
            except BaseException:
                # Whoever listened gave up: what the work still says must not be heard as the answer of the next.
                self._stop()
                raise
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
            self._process = spawning.Process(
                target=serve, args=(theirs, MEMORY, self._largest_file), daemon=True, name="torg-documents"
            )
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


def _heard(pipe: Connection, seconds: float, told: Callable[[bytes], None] | None) -> bytes:
    """The answer, after what was told on the way; raises TimeoutError when the whole takes too long."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0 and pipe.poll(left):
        heard = pipe.recv_bytes(LARGEST_ANSWER)
        if heard[:1] != UNDER_WAY:
            return heard
        if told is not None:
            told(heard[1:])
    raise TimeoutError(f"no answer in {seconds:.0f} s")


def serve(pipe: Connection, memory: int, largest_file: int = 0) -> None:
    """Answer until the other end is closed; with bytes, never with objects, which could be made to do something."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    while True:
        try:
            function, given = pipe.recv()
        except EOFError:
            return
        try:
            answer = DONE + _answer(pipe, function(*given))
        except Exception as error:
            answer = REFUSED + f"{type(error).__name__}: {error}".encode(errors="backslashreplace")
        pipe.send_bytes(answer)


def _answer(pipe: Connection, answer: Answer) -> bytes:
    if isinstance(answer, bytes):
        return answer
    while True:
        try:
            pipe.send_bytes(UNDER_WAY + next(answer))
        except StopIteration as end:
            return bytes(end.value)


_shared = Confined()
call = _shared.call
stop = _shared.stop
# A film takes minutes, and no document should wait for it.
films = Confined()
