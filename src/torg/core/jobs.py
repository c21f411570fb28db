"""Jobs: rows in our own transaction, so that a job exists exactly when its cause does.

Arguments are ids and numbers, never text that somebody wrote: job rows are logged.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.retry import RetryStrategy

Function = TypeVar("Function", bound=Callable[..., Any])

RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)


def task(name: str, *, queue: str = "default", retry: RetryStrategy | bool = RETRY) -> Callable[[Function], Any]:
    """Register a function as a job. A job may run twice: make it safe to repeat."""
    return app.task(name=name, queue=queue, retry=retry)


def periodic(name: str, *, cron: str, queue: str = "default") -> Callable[[Function], Any]:
    """Register a function that runs by the clock (`cron`, seconds allowed as sixth field); it gets `timestamp`."""

    def decorate(function: Function) -> Any:
        return app.periodic(cron=cron)(app.task(name=name, queue=queue, queueing_lock=name)(function))

    return decorate


def enqueue(
    name: str, *, lock: str | None = None, once: str | None = None, run_at: datetime | None = None, **arguments: Any
) -> None:
    """Ask for a job, in the caller's transaction.

    Args:
        name: the name given to `task`.
        lock: jobs with the same lock run one at a time, in order.
        once: while a job with this key waits, a second one is not added.
        run_at: not before this moment.
        arguments: ids and numbers.
    """
    deferrer = app.configure_task(name, lock=lock, queueing_lock=once, schedule_at=run_at)
    if once is None:
        deferrer.defer(**arguments)
        return
    # A refused duplicate aborts the surrounding transaction unless it has a savepoint of its own.
    try:
        with transaction.atomic():
            deferrer.defer(**arguments)
    except exceptions.AlreadyEnqueued:
        return
