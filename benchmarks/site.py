"""How many stored pages does the product itself serve in a second, and how close is that to a static file?

The product: `torg web`, the very command, with a front page of news, a status page, and a style sheet from the same
server in the same run as the limit: it takes the same way out and is about as long. Asked by `wrk` over kept
connections, compressed as browsers ask. The last rounds go on with PostgreSQL stopped.

    PYTHONPATH=src:. python -m benchmarks.site --rounds 5 --seconds 5
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import measuring

PORT = 8898
ARTICLES = 30
FRONT, STATUS = "/", "/status/"
TARGET, TARGET_MS = 3_000, 50
UNITS = {"us": 0.001, "ms": 1, "s": 1000}
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
STYLE = re.compile(r'href="(/static/ui/torg\.[^"]+\.css)"')


@dataclass(frozen=True)
class Load:
    """What the load generator saw: answers in a second, and how long 99 of 100 took at most, in ms."""

    rate: float
    at_99: float


def load(path: str, connections: int, seconds: int) -> Load:
    """Ask for the same address over and over; every answer must be a 200."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip"]
    told = subprocess.run([*command, f"http://127.0.0.1:{PORT}{path}"], capture_output=True, text=True, check=True)
    if "Non-2xx" in told.stdout or "Socket errors" in told.stdout:
        raise RuntimeError(told.stdout)
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", told.stdout).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told.stdout).group(1))
    return Load(rate, float(number) * UNITS[unit])


def publish() -> None:
    """A site with news, and a status page as long as such pages are."""
    from torg.core.actors import Operator
    from torg.people.models import Municipality
    from torg.site import commands, identity, rendering
    from torg.site.models import Listing

    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    for number in range(ARTICLES):
        Listing.objects.create(
            path=f"/aktuelt/nyhet-{number:012x}/",
            language="nb",
            title=f"Nyhet nummer {number} fra kommunen",
            lead="Hva som skjer, hvor og når, og hva det betyr for deg som bor her.",
            article_id=f"00000000-0000-4000-8000-{number:012x}",
            published_at=AT - timedelta(days=number),
        )
    by = Operator("bench")
    page = rendering.draw(rendering.RULES, "nb", identity.current(), at=AT)
    commands.publish_page(path=STATUS, part=page, by=by, at=AT)


def serve(processes: int) -> subprocess.Popen[bytes]:
    """The product, when it answers with the front page."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "torg.config.settings.dev", "PYTHONPATH": "src:."}
    torg = [sys.executable, "-m", "torg.cli"]
    for words in (["static"], ["site", "publish"]):
        subprocess.run([*torg, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [*torg, "web", "--port", str(PORT), "--processes", str(processes)]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            if b"Nyhet nummer 0" in ask(FRONT):
                return server
        except OSError:
            pass
        time.sleep(0.1)
    server.terminate()
    raise RuntimeError("the site does not answer")


def ask(path: str) -> bytes:
    """The page as it stands."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=5) as answer:
        return answer.read()


def used(server: subprocess.Popen[bytes]) -> float:
    """Processor seconds of the server and those that it has started."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return sum(measuring.used_by(int(pid)) for pid in (server.pid, *children))


def measure(title: str, paths: dict[str, str], given: argparse.Namespace, cost: Callable[[], float]) -> None:
    """Rounds of each address in turn; prints rates, tails, and each page's ratio to the static file."""
    found: dict[str, list[Load]] = {name: [] for name in paths}
    costs: list[float] = []
    for _ in range(given.rounds):
        for name, path in paths.items():
            before = cost()
            found[name].append(load(path, given.connections, given.seconds))
            costs.append((cost() - before) / given.seconds / found[name][-1].rate * 1e6)
    print(f"{title}:")
    for name, rounds in found.items():
        print("  " + measuring.told(name, [one.rate for one in rounds], "answers/s") + f"; target {TARGET:,}")
        print("  " + measuring.told(f"{name}, p99", [one.at_99 for one in rounds], "ms") + f"; target {TARGET_MS} ms")
        limit = found["static file"]
        if name != "static file":
            print("    " + measuring.ratio([one.rate for one in rounds], [one.rate for one in limit]))
    print("  " + measuring.told("processor time of the server", costs, "µs/answer"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--processes", type=int, default=1, help="of the product")
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("This benchmark asks with `wrk`: install it first.")
    with measuring.database() as database:
        publish()
        server = serve(given.processes)
        try:
            style = STYLE.search(ask(FRONT).decode())[1]
            paths = {"front page": FRONT, "status page": STATUS, "static file": style}
            measure("with the database", paths, given, lambda: used(server))
            database.stop()
            measure("with PostgreSQL stopped", paths, given, lambda: used(server))
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main()
