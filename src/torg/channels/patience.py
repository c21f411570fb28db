"""Time limits for many that read at once: one timer for all, since one for each costs a tenth of the intake."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class TooSlow(Exception):
    """The body did not come in the time that we give."""


@dataclass(slots=True)
class Patience:
    """Lets go of whoever keeps us waiting for more than `seconds` (and at most a quarter of that longer)."""

    seconds: float
    _since: dict[asyncio.Task[object], float] = field(default_factory=dict, repr=False)
    _late: set[asyncio.Task[object]] = field(default_factory=set, repr=False)
    _timer: asyncio.TimerHandle | None = None

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Around what must not take longer. Raises TooSlow."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        if task is None:
            raise RuntimeError("only a task can be waited for")
        self._since[task] = loop.time()
        if self._timer is None:
            self._timer = loop.call_later(self.seconds / 4, self._look, loop)
        try:
            yield
        except asyncio.CancelledError:
            if task not in self._late:
                raise
            task.uncancel()
            raise TooSlow from None
        finally:
            del self._since[task]
            self._late.discard(task)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let go of the late; look again while anybody waits."""
        now = loop.time()
        for task, since in self._since.items():
            if now - since > self.seconds and task not in self._late:
                self._late.add(task)
                task.cancel()
        self._timer = loop.call_later(self.seconds / 4, self._look, loop) if self._since else None
