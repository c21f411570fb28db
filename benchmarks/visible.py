"""How long from a delivery until an open browser shows it?

Real processes: signed deliveries come at a steady pace; a signed-in client holds the live stream open and fetches the
queue anew at each notice, as the page does. Measured from the first byte of a delivery to the fetched queue. The limit,
in turn with the product: a bare NOTIFY in the database until the same client has it. Should be under 1 s (p95) at 50
deliveries a second.

    PYTHONPATH=src:. python -m benchmarks.visible --seconds 5
"""

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks import measuring

MOST_SECONDS = 1.0
SETTLING_SECONDS = 30.0
LIMIT_CALLS = 40


class Watcher:
    """An open browser: a live stream, and the queue fetched after each notice."""

    def __init__(self, staff: Any) -> None:
        self._staff = staff
        self.sent: dict[str, float] = {}
        self.shown: dict[str, float] = {}
        self.notices: dict[str, float] = {}
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _watch(self) -> None:
        from torg.dialogue.models import Item

        with self._staff.client.stream("GET", "/events") as stream:
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    self.notices[line] = time.perf_counter()
                if not line.startswith("event: enquir"):
                    continue
                there = set(Item.objects.filter(external_id__in=list(self.sent)).values_list("external_id", flat=True))
                # What an earlier fetch has shown needs no other: a browser that lags behind fetches once for many.
                if there <= self.shown.keys():
                    continue
                self._fetch()
                now = time.perf_counter()
                self.shown |= dict.fromkeys(there - self.shown.keys(), now)

    def _fetch(self) -> None:
        import httpx

        cookies = {one.name: one.value for one in self._staff.client.cookies.jar}
        client = getattr(self, "_client", None) or httpx.Client(
            base_url=self._staff.client.base_url, cookies=cookies, trust_env=False, timeout=30
        )
        self._client = client
        client.get("/desk/queue/", headers={"HX-Request": "true"}).raise_for_status()


def one_round(house: Any, watcher: Watcher, *, number: int, pace: int, seconds: float) -> float:
    """The 95th percentile of a round, in seconds."""
    import httpx
    from tests.whole.signing import PATH, comment, delivery, signature

    secret = house.standin.settings.app_secret
    names = [f"{number}_{count}" for count in range(int(pace * seconds))]
    began = time.perf_counter()
    with httpx.Client(base_url=house.address, trust_env=False) as client:
        for count, name in enumerate(names):
            time.sleep(max(0.0, began + count / pace - time.perf_counter()))
            body = delivery(comment(name, "Når åpner det?"))
            watcher.sent[f"1_{name}"] = time.perf_counter()
            assert client.post(PATH, content=body, headers=signature(body, secret)).status_code == 200
    wanted = {f"1_{name}" for name in names}
    given_up_at = time.monotonic() + SETTLING_SECONDS
    while not wanted <= watcher.shown.keys() and time.monotonic() < given_up_at:
        time.sleep(0.05)
    assert wanted <= watcher.shown.keys(), "some never showed"
    return statistics.quantiles([watcher.shown[name] - watcher.sent[name] for name in wanted], n=20)[-1]


def limit(house: Any, watcher: Watcher, *, number: int) -> float:
    """The 95th percentile from a bare NOTIFY to the open stream, in seconds."""
    from django.db import connection

    took = []
    for count in range(LIMIT_CALLS):
        told = {"id": f"limit-{number}-{count}"}
        payload = json.dumps({"scope": str(house.presence.scope_id), "kind": "benchmark", **told})
        line = f"data: {json.dumps(told)}"
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('torg_live', %s)", [payload])
        while line not in watcher.notices and time.perf_counter() < began + SETTLING_SECONDS:
            time.sleep(0.001)
        took.append(watcher.notices[line] - began)
    return statistics.quantiles(took, n=20)[-1]


def run(stack: Any, *, rounds: int, pace: int, seconds: float) -> int:
    """Product and limit in turn; prints the figures."""
    from tests.whole.house import connect

    from torg.core import clock

    house = connect(stack.standin(), stack.address, at=clock.now())
    watcher = Watcher(house.staff())
    watcher.start()
    time.sleep(1)
    ours, theirs = [], []
    for number in range(rounds):
        ours.append(one_round(house, watcher, number=number, pace=pace, seconds=seconds) * 1000)
        theirs.append(limit(house, watcher, number=number) * 1000)
        print(f"  round {number + 1}: p95 {ours[-1]:,.0f} ms, bare notice {theirs[-1]:,.0f} ms")
    print(measuring.told(f"delivery to visible, p95 at {pace}/s", ours, "ms"))
    print(measuring.told("bare notice, p95", theirs, "ms"))
    print(measuring.ratio(ours, theirs))
    return 0 if statistics.median(ours) < MOST_SECONDS * 1000 else 1


def main() -> int:
    """Exit status 1 when it takes too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pace", type=int, default=50, help="deliveries a second")
    parser.add_argument("--seconds", type=float, default=10, help="length of a round")
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "torg.config.settings.test"
    import django

    django.setup()
    from django.conf import settings
    from tests.conftest import point_to
    from tests.whole.processes import stack_in

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        stack = stack_in(Path(folder), first="prepare")
        settings.GRAPH_ADDRESS = stack.stand_in_address
        with stack.running():
            point_to(stack.postgres, "torg")
            return run(stack, rounds=given.rounds, pace=given.pace, seconds=given.seconds)


if __name__ == "__main__":
    raise SystemExit(main())
