"""Starts parts stage by stage, restarts what falls, stops in reverse. Knows nothing of what the parts are."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTLED_AFTER = 60.0
LOOK_EVERY = 0.2


class PartProblem(Exception):
    """A part cannot run; the text names it and says what it said."""


class Part(Protocol):
    """Something that is started, watched and stopped."""

    name: str

    def start(self) -> None:
        """Start, without waiting for what goes on running. Raises PartProblem."""

    def wait(self) -> None:
        """Return when it is ready for use. Raises PartProblem."""

    def restart(self) -> None:
        """Start again after it fell, without waiting. Raises PartProblem."""

    def is_running(self) -> bool:
        """Whether it still runs."""

    def stop(self) -> None:
        """Stop it and everything that it started. Safe to call twice, and before `start`."""


@dataclass
class Fall:
    """How often a part fell of late, and when it may be started again."""

    count: int = 0
    started_at: float = 0.0
    again_at: float | None = None


class Supervisor:
    """Keeps a list of parts up.

    Args:
        stages: each needs those before it; the parts of one need not each other, and start side by side.
        tell: called with one line for a person at each change.
        monotonic, sleep: the clock, for tests.
    """

    def __init__(
        self,
        stages: Sequence[Sequence[Part]],
        *,
        tell: Callable[[str], None],
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._stages = stages
        self._parts = [part for stage in stages for part in stage]
        self._tell = tell
        self._monotonic = monotonic
        self._sleep = sleep
        self._falls: dict[str, Fall] = {}

    def start(self) -> None:
        """Start all, or none: when one cannot, those already up are stopped and PartProblem names it."""
        try:
            for stage in self._stages:
                self._start_stage(stage)
        except BaseException:
            self.stop()
            raise

    def watch(self, until: Callable[[], bool]) -> None:
        """Look after the parts until `until()` is true."""
        while not until():
            for part in self._parts:
                self._look_after(part)
            self._sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Stop all, the last started first; a part that refuses does not keep the others up."""
        for part in reversed(self._parts):
            try:
                part.stop()
            except Exception as error:
                self._tell(f"{part.name} did not stop cleanly: {error}")

    def _start_stage(self, stage: Sequence[Part]) -> None:
        for part in stage:
            part.start()
        for part in stage:
            part.wait()
            self._falls[part.name] = Fall(started_at=self._monotonic())

    def _look_after(self, part: Part) -> None:
        fall, now = self._falls[part.name], self._monotonic()
        if part.is_running():
            if fall.count and now - fall.started_at > SETTLED_AFTER:
                fall.count = 0
            return
        if fall.again_at is None:
            pause = min(FIRST_PAUSE * 2**fall.count, LONGEST_PAUSE)
            fall.count, fall.again_at = fall.count + 1, now + pause
            self._tell(f"{part.name} stopped by itself; starting it again in {pause:g} s")
        elif now >= fall.again_at:
            self._start_again(part, fall)

    def _start_again(self, part: Part, fall: Fall) -> None:
        fall.started_at, fall.again_at = self._monotonic(), None
        try:
            part.restart()
        except PartProblem as problem:
            self._tell(str(problem))
        else:
            self._tell(f"{part.name} started again")
