"""`torg up`: the whole of Torg on one machine, from an empty folder to a page in the browser."""

import argparse
import http.client
import importlib.util
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from torg.config.processes import surroundings
from torg.config.processes.folder_lock import FolderLock
from torg.config.processes.parts import PostgresPart, Program, Step
from torg.config.processes.postgres import PostgresProblem
from torg.config.processes.supervisor import Part, PartProblem, Supervisor

LOOPBACK = "127.0.0.1"
STAND_IN = "devtools.graph_standin"
TRICKLE_SECONDS = "20"
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What to start, and where."""

    data: Path
    port: int
    stand_in_port: int | None
    is_empty: bool

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


def main(arguments: list[str]) -> int:
    """Start everything, keep it up, stop it on Ctrl-C; returns the exit status."""
    plan = read_plan(arguments)
    lock = FolderLock(plan.data)
    if not lock.take(address=plan.address):
        process, address = lock.holder()
        say(f"Torg already runs on this data folder, at {address} (process {process}). It is left as it is.")
        return 0
    # A shell starts what runs in the background with Ctrl-C ignored; `kill -INT` must stop it all the same.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        return run(plan)
    finally:
        lock.release()


def read_plan(arguments: list[str]) -> Plan:
    """The plan that the command line asks for."""
    parser = argparse.ArgumentParser(prog="torg up", description="Start Torg on this machine; Ctrl-C stops it.")
    parser.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")
    parser.add_argument("--stand-in-port", type=int, default=8001, help="port of the Facebook stand-in (8001)")
    parser.add_argument("--empty", action="store_true", help="no demonstration data: set up your own municipality")
    given = parser.parse_args(arguments)
    # The stand-in is a tool of the checkout; an installed wheel does not carry it.
    has_stand_in = not given.empty and importlib.util.find_spec("devtools") and importlib.util.find_spec(STAND_IN)
    return Plan(
        data=surroundings.data_folder(os.environ),
        port=given.port,
        stand_in_port=given.stand_in_port if has_stand_in else None,
        is_empty=given.empty,
    )


def run(plan: Plan) -> int:
    """Start the parts of the plan and keep them up until Ctrl-C."""
    try:
        check_ports(plan)
        stages, welcome = prepare(plan)
    except (PartProblem, PostgresProblem) as problem:
        say(f"Torg cannot start: {problem}")
        return 1
    supervisor = Supervisor(stages, tell=say)
    try:
        supervisor.start()
        say(greeting(plan, welcome.said))
        supervisor.watch(until=lambda: False)
    except PartProblem as problem:
        say(f"Torg cannot start: {problem}")
        return 1
    except KeyboardInterrupt:
        say("\nStopping …")
    finally:
        # A second Ctrl-C must not leave half of it running.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()
    say("Torg has stopped. The data is kept.")
    return 0


def prepare(plan: Plan) -> tuple[list[list[Part]], Step]:
    """The stages in which to start, and the one step among them whose words a person wants to see."""
    environment = surrounding(plan)
    stages: list[list[Part]] = []
    if "DATABASE_URL" not in environment:
        postgres = surroundings.private_postgres(plan.data)
        surroundings.use_private(environment, postgres)
        stages.append([Told(PostgresPart(postgres))])
    stages.append([Told(Step("Migration", torg("prepare"), environment=environment))])
    if plan.stand_in_port:
        stages.append([Told(stand_in(plan, environment))])
    # The demonstration is played when the stand-in answers and nobody serves yet.
    words = ["welcome", "--empty"] if plan.is_empty else ["welcome"]
    welcome = Step("First person" if plan.is_empty else "Demonstration data", torg(*words), environment=environment)
    return [*stages, [Told(welcome)], [Told(web(plan, environment)), *workers(plan, environment)]], welcome


def surrounding(plan: Plan) -> dict[str, str]:
    """The environment that the parts share."""
    environment = {**os.environ, "TORG_DATA": str(plan.data), "PYTHONUNBUFFERED": "1"}
    environment.setdefault("TORG_ADDRESS", plan.address)
    if plan.stand_in_port:
        environment["TORG_STAND_IN"] = f"http://{LOOPBACK}:{plan.stand_in_port}"
    environment.setdefault("DJANGO_SETTINGS_MODULE", "torg.config.settings.dev")
    surroundings.use_keys(environment, plan.data)
    return environment


def stand_in(plan: Plan, environment: dict[str, str]) -> Program:
    """The platform that does not run here."""
    command = [sys.executable, "-m", STAND_IN, "--port", str(plan.stand_in_port)]
    command += ["--webhook-url", f"http://{LOOPBACK}:{plan.port}/webhooks/facebook"]
    command += ["--state", str(plan.data / "stand-in.json"), "--seed", "demo", "--trickle", TRICKLE_SECONDS]
    is_ready = answers(plan.stand_in_port or 0, "/")
    log = plan.data / "log" / "stand-in.log"
    return Program("Facebook stand-in", command, environment=environment, log=log, is_ready=is_ready)


def web(plan: Plan, environment: dict[str, str]) -> Program:
    """What serves pages, webhooks and the live stream."""
    command = torg("web", "--port", str(plan.port))
    is_ready = answers(plan.port, "/readyz")
    return Program("Web", command, environment=environment, log=plan.data / "log" / "web.log", is_ready=is_ready)


def workers(plan: Plan, environment: dict[str, str]) -> list[Part]:
    """As many as there is use for: while one writes under a page's lock, the other reads the next batch's texts."""
    made: list[Part] = []
    for number in range(1, WORKERS + 1):
        mark = plan.data / "run" / f"worker-{number}"
        mark.unlink(missing_ok=True)
        command = torg("worker", "--ready-file", str(mark))
        log = plan.data / "log" / f"worker-{number}.log"
        program = Program(f"Worker {number}", command, environment=environment, log=log, is_ready=mark.exists)
        made.append(Told(program))
    return made


class Told:
    """A part that is announced when it is up."""

    def __init__(self, part: Part) -> None:
        self.name = part.name
        self._part = part
        self.start = part.start
        self.restart = part.restart
        self.is_running = part.is_running
        self.stop = part.stop

    def wait(self) -> None:
        self._part.wait()
        say(f"  ✓ {self.name}")


def torg(*words: str) -> list[str]:
    """The command that runs one of our own words in a process of its own."""
    return [sys.executable, "-m", "torg.cli", *words]


def answers(port: int, path: str) -> Callable[[], bool]:
    """A question: does the server at `port` answer 200 on `path`?"""

    def ask() -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return ask


def check_ports(plan: Plan) -> None:
    """Raises PartProblem when another program has a port that we need."""
    wanted = {"--port": plan.port}
    if plan.stand_in_port:
        wanted["--stand-in-port"] = plan.stand_in_port
    for option, port in wanted.items():
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((LOOPBACK, port))
            except OSError as error:
                raise PartProblem(
                    f"another program uses port {port}. Choose another with {option}, such as {option} {port + 10}."
                ) from error


def greeting(plan: Plan, welcome: str) -> str:
    """What a person needs to go on, in a frame; `welcome` is a sign-in link, and a line for each who can sign in."""
    link, *others = welcome.splitlines()
    lines = ["Torg is running.", "", f"Public pages   {plan.address}/", f"Staff          {plan.address}/desk/"]
    if plan.stand_in_port:
        lines.append(
            f"Facebook       http://localhost:{plan.stand_in_port}/   (a stand-in; nothing leaves this machine)"
        )
    lines += ["", "Sign in here, once, within an hour:", f"  {link}"]
    lines += ["For somebody else: ./torg sign-in-link EMAIL", *(f"  {other}" for other in others)]
    return framed([*lines, "", f"Data and logs  {plan.data}", "Ctrl-C stops all of it; the data is kept."])


def framed(lines: Sequence[str]) -> str:
    """The lines in a box. A link is never broken, so the box is as wide as its longest line."""
    width = max(map(len, lines))
    body = [f"│ {line:<{width}} │" for line in lines]
    return "\n".join([f"╭{'─' * (width + 2)}╮", *body, f"╰{'─' * (width + 2)}╯"])


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
