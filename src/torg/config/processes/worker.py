"""`torg worker`: one process that runs jobs and the batch consumers named in the wiring."""

import argparse
import asyncio
import contextlib
import signal
import threading
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string
from procrastinate import App
from procrastinate.contrib.django import app as jobs

from torg.config import env, logs, memory
from torg.config.processes.consumers import Consumer, wake, wake_on_notification
from torg.core import clock

log = structlog.get_logger(__name__)

JOBS_AT_ONCE = 4
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STOP_SECONDS = 8.0


def main(arguments: list[str]) -> int:
    """Work until told to stop; what is begun is finished first. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="torg worker")
    parser.add_argument("--ready-file", type=Path, help="file to make once the worker works")
    given = parser.parse_args(arguments)
    logs.configure()
    stopping = threading.Event()
    consumers = make_consumers()
    memory.settle()
    threads = start_threads(consumers, stopping)
    try:
        asyncio.run(run_jobs(given.ready_file))
    finally:
        stopping.set()
        wake(consumers)
        for thread in threads:
            thread.join(STOP_SECONDS)
    return 0


def make_consumers() -> list[Consumer]:
    """The consumers that the wiring names. A path that leads nowhere stops the start, not a batch at night."""
    return [
        Consumer(name, import_string(path), now=clock.now, between=close_old_connections)
        for name, path in settings.BATCH_CONSUMERS.items()
    ]


def start_threads(consumers: list[Consumer], stopping: threading.Event) -> list[threading.Thread]:
    """One thread for each consumer and one that listens. Daemons: a stuck one does not hold up the end."""
    conninfo = env.conninfo(settings.DATABASES["default"])
    threads = [threading.Thread(target=one.run, args=[stopping], name=one.name, daemon=True) for one in consumers]
    listening = [conninfo, consumers, stopping]
    threads.append(threading.Thread(target=wake_on_notification, args=listening, name="listen", daemon=True))
    for thread in threads:
        thread.start()
    return threads


async def run_jobs(ready_file: Path | None) -> None:
    """Run jobs until SIGTERM or SIGINT, and begin again when the database was away."""
    stopping, pause = asyncio.Event(), FIRST_PAUSE
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    if ready_file is not None:
        ready_file.parent.mkdir(parents=True, exist_ok=True)
        ready_file.touch()
    while not stopping.is_set():
        began = asyncio.get_running_loop().time()
        await run_jobs_once(stopping)
        if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def run_jobs_once(stopping: asyncio.Event) -> None:
    """Run jobs until told to stop, or until the connection is lost."""
    connector: Any = jobs.connector
    working = asyncio.create_task(work(jobs.with_connector(connector.get_worker_connector())))
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    for task in (working, told):
        task.cancel()
    for result in await asyncio.gather(working, told, return_exceptions=True):
        if isinstance(result, Exception):
            log.warning("worker.jobs.lost", kind=type(result).__name__)


async def work(app: App) -> None:
    """One run of the job worker, on connections of its own."""
    async with app.open_async():
        await app.run_worker_async(
            concurrency=JOBS_AT_ONCE,
            install_signal_handlers=False,
            listen_notify=True,
            delete_jobs="successful",
            shutdown_graceful_timeout=STOP_SECONDS,
        )
