"""How close does the intake of signed deliveries come to what PostgreSQL can commit?

The limit, measured in turn with the product on the same server with the same settings: `pgbench`, one row of the same
size for each commit, at its best number of clients. The product: bare ASGI in uvicorn, one process, each delivery
signed, checked, and on disk before its answer. Both share the machine with their load generator, which is `wrk` where
it is installed.

    PYTHONPATH=src:. python -m benchmarks.intake --seconds 5
"""

import argparse
import asyncio
import hashlib
import hmac
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import measuring
from benchmarks.processing import body

PORT = 8899
SECRET = "benchmark-secret"
URL = f"http://127.0.0.1:{PORT}/webhooks/facebook"
CLIENTS = (8, 32, 64)
TARGET, TARGET_MS = 0.6, 50
UNITS = {"us": 0.001, "ms": 1, "s": 1000}
LUA = """
wrk.method, wrk.body = "POST", [==[{body}]==]
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-Hub-Signature-256"] = "{signature}"
if {pause} > 0 then function delay() return math.random(0, {pause}) end end
"""
SERVE = (
    "import django; django.setup(); import logging, structlog, uvicorn; "
    "from torg.config import memory; from torg.channels import intake; memory.settle(); "
    "structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)); "
    f"uvicorn.run('torg.channels.intake:application', port={PORT}, log_level='error', access_log=False)"
)


def limit(server: object, content: bytes, seconds: int) -> float:
    """Commits per second of one row each, with as many clients as serve it best."""
    from torg.config.processes.postgres import APP, find_binaries

    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"INSERT INTO bench_row (body) VALUES (decode('{content.hex()}', 'hex'));")
        script.flush()
        Path(script.name).chmod(0o644)
        found = []
        for clients in CLIENTS:
            command = [str(find_binaries() / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1"]
            command += ["-T", str(seconds), "-f", script.name, server.dsn(measuring.DATABASE, role=APP)]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            found.append(float(re.search(r"tps = ([\d.]+)", told).group(1)))
    return max(found)


@dataclass(frozen=True)
class Load:
    """What a load generator saw: answers in a second, and how long 99 of 100 took at most, in ms."""

    rate: float
    at_99: float


def load(content: bytes, connections: int, seconds: int, *, pause: float = 0) -> Load:
    """Signed deliveries over kept connections that each wait for their answer, and `pause` ms before the next."""
    if shutil.which("wrk") is None:
        return asyncio.run(_load_in_python(content, connections, seconds, pause))
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.format(body=content.decode(), signature=_signature(content), pause=round(pause)))
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script.name, URL]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", told).groups()
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1)), float(number) * UNITS[unit])


async def _load_in_python(content: bytes, connections: int, seconds: int, pause: float) -> Load:
    """The same without wrk; costs several times as much for each request, so the product gets less of the machine."""
    head = (
        f"POST /webhooks/facebook HTTP/1.1\r\nHost: x\r\nContent-Length: {len(content)}\r\n"
        f"Content-Type: application/json\r\nX-Hub-Signature-256: {_signature(content)}\r\n\r\n"
    )
    request, took = head.encode() + content, []
    ends_at = time.perf_counter() + seconds

    async def send() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        while (began := time.perf_counter()) < ends_at:
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(re.search(rb"content-length: (\d+)", answer).group(1)))
            if not answer.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(answer.decode())
            took.append(time.perf_counter() - began)
            await asyncio.sleep(pause / 1000)
        writer.close()

    await asyncio.gather(*[send() for _ in range(connections)])
    return Load(len(took) / seconds, sorted(took)[int(0.99 * len(took))] * 1000)


def _signature(content: bytes) -> str:
    return "sha256=" + hmac.new(SECRET.encode(), content, hashlib.sha256).hexdigest()


def prepare() -> None:
    """A table for the limit, a connected page for the product."""
    from django.db import connection

    from torg.channels.credentials import Credentials, seal
    from torg.channels.models import Connection
    from torg.people.models import Scope
    from torg.registry.models import Presence, PresenceKind

    at = datetime(2026, 3, 10, tzinfo=UTC)
    scope = Scope.objects.create()
    page = Presence.objects.create(scope=scope, kind=PresenceKind.MAIN_PAGE, name="Eksempelvik", opened_at=at)
    Connection.objects.create(
        scope_id=scope.id,
        presence=page,
        platform="facebook",
        external_id="100",
        secrets=seal(Credentials(app_secret=SECRET)),
        opened_at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM bench_row")


def make_table(server: object) -> None:
    """As the owner: what the application may not do."""
    import psycopg

    from torg.config.processes.postgres import OWNER

    with psycopg.connect(server.dsn(measuring.DATABASE, role=OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE bench_row (id bigserial PRIMARY KEY, body bytea)")


def serve() -> subprocess.Popen[bytes]:
    """The product in a process of its own; returns when it answers."""
    server = subprocess.Popen([sys.executable, "-c", SERVE], env=os.environ)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", PORT)).close()
            return server
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the intake does not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each measurement")
    parser.add_argument("--connections", type=int, default=128)
    given = parser.parse_args()
    content = body(1).ljust(1200)
    ours, theirs, halves, costs = [], [], [], []
    with measuring.database() as server:
        make_table(server)
        prepare()
        product = serve()
        try:
            for _ in range(given.rounds):
                theirs.append(limit(server, content, given.seconds))
                before = measuring.used_by(product.pid)
                ours.append(load(content, given.connections, given.seconds).rate)
                costs.append((measuring.used_by(product.pid) - before) / given.seconds / ours[-1] * 1e6)
                # Half the load: each connection waits as long again as its answer takes at full load.
                pause = 2 * given.connections / ours[-1] * 1000
                halves.append(load(content, given.connections, given.seconds, pause=pause))
                half = halves[-1]
                told = f"product {ours[-1]:,.0f}/s, limit {theirs[-1]:,.0f}/s, {costs[-1]:.0f} µs/delivery"
                print(f"  {told}, at {half.rate:,.0f}/s p99 {half.at_99:.1f} ms")
        finally:
            product.terminate()
            product.wait(10)
    print(measuring.told("product", ours, "deliveries/s"))
    print(measuring.told("limit", theirs, "commits/s"))
    print(f"{measuring.ratio(ours, theirs)}; target {TARGET}")
    print(measuring.told("processor time of the intake's process", costs, "µs/delivery"))
    print(measuring.told("half load", [half.rate for half in halves], "deliveries/s"))
    print(f"{measuring.told('half load, p99', [half.at_99 for half in halves], 'ms')}; target {TARGET_MS} ms")


if __name__ == "__main__":
    main()
