"""Batch consumers: each takes what waits, a batch at a time, until nothing does; then it sleeps until it is woken."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import psycopg
import structlog

log = structlog.get_logger(__name__)

CHANNEL = "torg_work"
BATCH = 500
# Sleep ends by itself: a notification sent while we did not listen is gone.
SLEEP_SECONDS = 5.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
LISTEN_SECONDS = 1.0


class Take(Protocol):
    """Takes at most `limit` of what waits and says how many it took. Safe to call from several processes at once."""

    def __call__(self, *, limit: int, at: datetime) -> int: ...


@dataclass
class Consumer:
    """One loop around one function.

    Args:
        name: as it stands in the log.
        take: does one batch.
        now: the clock.
        between: called before each batch, to let go of a connection that broke.
    """

    name: str
    take: Take
    now: Callable[[], datetime]
    between: Callable[[], None]
    woken: threading.Event = field(default_factory=threading.Event)

    def run(self, stopping: threading.Event) -> None:
        """Take batches until told to stop. What fails is tried again, more and more seldom."""
        pause = FIRST_PAUSE
        while not stopping.is_set():
            try:
                self.woken.clear()
                self.between()
                self._take_all(stopping)
                pause = FIRST_PAUSE
            except Exception as error:
                log.exception("consumer.failed", consumer=self.name, kind=type(error).__name__, again_in=pause)
                stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                self.woken.wait(SLEEP_SECONDS)

    def _take_all(self, stopping: threading.Event) -> None:
        while not stopping.is_set() and self.take(limit=BATCH, at=self.now()):
            continue


def wake_on_notification(conninfo: str, consumers: Sequence[Consumer], stopping: threading.Event) -> None:
    """Wake all consumers when the database says that there is work; connect again for as long as it takes."""
    pause = FIRST_PAUSE
    while not stopping.is_set():
        try:
            with psycopg.connect(conninfo, autocommit=True) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                pause = FIRST_PAUSE
                while not stopping.is_set():
                    if list(connection.notifies(timeout=LISTEN_SECONDS, stop_after=1)):
                        wake(consumers)
        except psycopg.OperationalError as error:
            log.warning("consumer.listen.lost", kind=type(error).__name__, again_in=pause)
            stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def wake(consumers: Sequence[Consumer]) -> None:
    """End the sleep of all."""
    for consumer in consumers:
        consumer.woken.set()
