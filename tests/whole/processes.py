"""Web, worker, stand-in and a PostgreSQL of their own as real processes, kept up by the supervisor."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import httpx
from devtools.graph_standin.records import OUR_APP_ID, PAGE_ID, PAGE_TOKEN
from devtools.graph_standin.server import Controls
from devtools.graph_standin.world import Settings
from django.conf import settings

from torg.config.processes import surroundings
from torg.config.processes.parts import PostgresPart, Program, Step
from torg.config.processes.postgres import PrivatePostgres
from torg.config.processes.supervisor import Supervisor
from torg.config.processes.up import answers, torg

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Stack:
    """The processes and where they are; `with stack.running():` they are looked after."""

    data: Path
    postgres: PrivatePostgres
    port: int
    stand_in_port: int
    # `prepare` gathers the static files too, which pages need and deliveries do not.
    first: str = "migrate"
    told: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def stand_in_address(self) -> str:
        return f"http://127.0.0.1:{self.stand_in_port}"

    def standin(self) -> SimpleNamespace:
        """The stand-in as `house.connect` knows it."""
        client = httpx.Client(base_url=self.stand_in_address, trust_env=False, timeout=30)
        return SimpleNamespace(
            control=Controls(client), settings=Settings(), page_id=PAGE_ID, app_id=OUR_APP_ID, page_token=PAGE_TOKEN
        )

    @contextmanager
    def running(self) -> Iterator["Stack"]:
        """Start all, keep all up in a thread of its own, stop all."""
        supervisor = Supervisor(self._stages(), tell=self.told.append)
        done = threading.Event()
        supervisor.start()
        watching = threading.Thread(target=supervisor.watch, args=[done.is_set], daemon=True)
        watching.start()
        try:
            yield self
        finally:
            done.set()
            watching.join(30)
            supervisor.stop()

    def kill(self, name: str) -> None:
        """End one of them as a power cut would: `web`, `worker` or `postgres`."""
        if name == "postgres":
            os.kill(int((self.postgres.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        else:
            process = self._programs[name]._process
            if process is not None:
                os.kill(process.pid, signal.SIGKILL)

    def _stages(self) -> list[list[object]]:
        environment = self._environment()
        logs = self.data / "log"
        mark = self.data / "worker.ready"
        stand_in = [sys.executable, "-m", "devtools.graph_standin", "--port", str(self.stand_in_port)]
        web = torg("web", "--port", str(self.port))
        worker = torg("worker", "--ready-file", str(mark))

        def program(name: str, command: list[str], is_ready) -> Program:
            return Program(name, command, environment=environment, log=logs / f"{name}.log", is_ready=is_ready)

        self._programs = {
            "web": program("web", web, answers(self.port, "/readyz")),
            "worker": program("worker", worker, mark.exists),
        }
        return [
            [
                PostgresPart(self.postgres),
                program("stand-in", stand_in, answers(self.stand_in_port, "/_standin/state")),
            ],
            [Step("migration", torg(self.first), environment=environment)],
            [*self._programs.values()],
        ]

    def _environment(self) -> dict[str, str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TORG_", "DJANGO_"))}
        environment |= {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONUNBUFFERED": "1",
            "TORG_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "torg.config.settings.dev",
            "TORG_STAND_IN": self.stand_in_address,
            "TORG_SECRET_KEY": settings.SECRET_KEY,
            "TORG_CREDENTIAL_KEYS": ",".join(settings.CREDENTIAL_KEYS),
            "TORG_LOG_FORMAT": "json",
        }
        surroundings.use_keys(environment, self.data)
        surroundings.use_private(environment, self.postgres)
        return environment


def stack_in(data: Path, *, first: str = "migrate") -> Stack:
    """A stack that keeps everything in `data`, on free ports; `first` is the word that makes the database ready."""
    return Stack(data, PrivatePostgres(data / "postgres"), free_port(), free_port(), first)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
