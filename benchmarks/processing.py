"""How many items per second go from stored deliveries through the whole inbound handler?

The limit, measured in turn with the product in the same database: the same deliveries parsed with `json`, one row
for each put into a plain table with a unique key, and marked done, in batches of the same size.

    PYTHONPATH=src:. python -m benchmarks.processing --items 20000
    PYTHONPATH=src:. python -m benchmarks.processing --items 20000 --already 1000000   # flat as the tables grow?
    PYTHONPATH=src:. python -m benchmarks.processing --handler absorb              # dialogue alone
"""

import argparse
import json
import multiprocessing
import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks import filling, measuring

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
BATCH = 500
TARGET = 2_000
WEEK = {day: [["08:00", "15:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOURS = {"time_zone": "Europe/Oslo", "holidays": "NO", "week": WEEK}
WORDS = """
kommunen åpner svømmehallen igjen når blir det brøytet ved skolen takk for svar dette er ikke godt nok jeg
har ventet på dere i tre uker og ingen tar telefonen hvorfor skal vi betale så mye i avgifter når vegen til
barnehagen fortsatt er full av hull barna mine går der hver dag og det er bare flaks at ingen er blitt
påkjørt hvem kan jeg snakke med om søppelhentingen i Fjordgata containeren har ikke vært tømt siden jul så
fint konsert på torget i går veldig bra jobba alle sammen håper dere gjentar det neste år hilsen en fornøyd
innbygger bygda trenger flere leiligheter for unge folk ordføreren lovet gratis parkering hva skjedde med
den planen eg lurer på kor lenge biblioteket er ope i ferien og om ein kan levere bøker om kvelden
""".split()  # noqa: SIM905
ENDINGS = ("", "", "", "!", "?", "?", " :)", " 😀", ". Ring meg på 987 65 432.", " https://www.example.org/vei?id=3")


def body(number: int) -> bytes:
    """A delivery of one comment, as Facebook sends them; every fifth answers another."""
    drawn = random.Random(number)
    text = " ".join(drawn.choices(WORDS, k=drawn.randint(5, 35))).capitalize() + drawn.choice(ENDINGS)
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": f"1_{number}",
        "post_id": f"100_{number // 50}",
        "parent_id": f"1_{number - 1}" if number % 5 == 4 else f"100_{number // 50}",
        "from": {"id": str(number % 5000), "name": f"Person {number % 5000}"},
        "message": text,
        "created_time": int(AT.timestamp()),
    }
    entry = {"id": "100", "time": int(AT.timestamp()), "changes": [{"field": "feed", "value": value}]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def fill(first: int, count: int) -> None:
    """Store deliveries as the intake would."""
    from django.db import connection

    from torg.core import ids

    with connection.cursor() as cursor:
        rows = [
            (ids.new(), AT + timedelta(milliseconds=number), body(number)) for number in range(first, first + count)
        ]
        delivery = "id, platform, source, received_at, body, signature_ok, headers_digest, delivery_key"
        with cursor.copy(f"COPY channels_rawdelivery ({delivery}) FROM STDIN") as copy:
            for number, at, content in rows:
                copy.write_row((number, "facebook", "WEBHOOK", at, content, True, b"", number.bytes))
        with cursor.copy(
            "COPY channels_rawdeliverystate (delivery_id, received_at, state, attempts, error) FROM STDIN"
        ) as copy:
            for number, at, _ in rows:
                copy.write_row((number, at, "PENDING", 0, ""))
        cursor.execute("ANALYZE")


def warm_up() -> None:
    """One batch in this process loads word lists and models, which a worker does once; the forked ones inherit them."""
    from torg.channels import processing

    fill(0, BATCH)
    processing.process_pending(limit=BATCH, at=AT + timedelta(days=1))


def product(first: int, count: int, workers: int) -> tuple[float, float]:
    """Items per second by several processes, and the processor time for each item, theirs and the database's, in µs.

    The second figure tells what two free cores could do also when others load the machine.
    """
    from django.db import connections

    fill(first, count)
    connections.close_all()
    # Forked: each starts from what is loaded, as a worker that has run for a while.
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(workers + 1)
    told = context.SimpleQueue()
    processes = [context.Process(target=work, args=[ready, told]) for _ in range(workers)]
    for process in processes:
        process.start()
    ready.wait()
    began = time.perf_counter()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - began
    check(count, failed=[process for process in processes if process.exitcode])
    return count / seconds, sum(told.get() for _ in processes) / count * 1e6


def work(ready: Any, told: Any) -> None:
    """One worker: connect, wait for the others, take in until nothing waits; tells the processor seconds used."""
    from django.db import connection

    from torg.channels import processing

    backend = measuring.Backend(connection)
    ready.wait()
    began = time.process_time() + backend.seconds()
    while processing.process_pending(limit=BATCH, at=AT + timedelta(days=1)):
        continue
    told.put(time.process_time() + backend.seconds() - began)


def check(count: int, *, failed: list[Any]) -> None:
    """A fast worker that leaves something behind is none: all deliveries are taken in, each as one item."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM channels_rawdeliverystate WHERE state <> 'PROCESSED'")
        left = cursor.fetchone()[0]
    if failed or left:
        raise SystemExit(f"{len(failed)} workers failed, {left} of {count} deliveries were not taken in")


def limit(first: int, count: int) -> float:
    """Items per second through the least that could be done."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS waiting (id bigint PRIMARY KEY, body bytea, done boolean DEFAULT false);"
            "CREATE TEMP TABLE IF NOT EXISTS kept (external_id text UNIQUE, author text, text text)"
        )
        with cursor.copy("COPY waiting (id, body) FROM STDIN") as copy:
            for number in range(first, first + count):
                copy.write_row((number, body(number)))
        began = time.perf_counter()
        for start in range(first, first + count, BATCH):
            with transaction.atomic():
                cursor.execute("SELECT id, body FROM waiting WHERE id >= %s ORDER BY id LIMIT %s", [start, BATCH])
                found = [(row[0], json.loads(bytes(row[1]))["entry"][0]["changes"][0]["value"]) for row in cursor]
                columns = [[value[name] for _, value in found] for name in ("comment_id", "message")]
                authors = [value["from"]["name"] for _, value in found]
                cursor.execute(
                    "INSERT INTO kept SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]) "
                    "ON CONFLICT (external_id) DO NOTHING",
                    [columns[0], authors, columns[1]],
                )
                cursor.execute("UPDATE waiting SET done = true WHERE id = ANY(%s)", [[number for number, _ in found]])
        return count / (time.perf_counter() - began)


def absorb_only(*, batch: object, at: datetime) -> None:
    """The handler of `--handler absorb`."""
    from torg.core.actors import Rule
    from torg.dialogue import commands

    commands.absorb(batch=batch, by=Rule("benchmark", "1"), at=at)


def prepare(handler: str) -> None:
    """One connected page with hours and a deadline for questions."""
    from django.conf import settings

    from torg.channels.models import Connection
    from torg.inbox.models import DeadlineRule
    from torg.people.models import CalendarKind, CalendarRow, Scope
    from torg.registry.models import Presence, PresenceKind

    if handler == "absorb":
        settings.INBOUND_HANDLER = "benchmarks.processing.absorb_only"
    scope = Scope.objects.create()
    page = Presence.objects.create(scope=scope, kind=PresenceKind.MAIN_PAGE, name="Eksempelvik", opened_at=AT)
    Connection.objects.create(scope_id=scope.id, presence=page, platform="facebook", external_id="100", opened_at=AT)
    CalendarRow.objects.create(kind=CalendarKind.ANSWERING, definition=HOURS, from_at=AT - timedelta(days=1))
    DeadlineRule.objects.create(within="1d", from_at=AT - timedelta(days=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000, help="items in all, divided among the rounds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2, help="processes that take in side by side")
    parser.add_argument("--already", type=int, default=0, help="items that are there before")
    parser.add_argument("--handler", choices=["inbound", "absorb"], default="inbound")
    given = parser.parse_args()
    share = max(given.items // given.rounds, BATCH)
    with measuring.database() as server:
        prepare(given.handler)
        if given.already:
            filling.fill(server, given.already)
        warm_up()
        ours, costs, theirs = [], [], []
        for first in range(BATCH, BATCH + share * given.rounds, share):
            speed, cost = product(first, share, given.workers)
            ours.append(speed)
            costs.append(cost)
            theirs.append(limit(first, share))
            total = given.already + first + share
            print(f"  {total:>9,} items: {speed:,.0f} items/s, {cost:,.0f} µs/item, limit {theirs[-1]:,.0f}")
    print(measuring.told(f"product, {given.workers} workers", ours, "items/s"))
    print(f"target: {TARGET:,} items/s on two cores")
    print(measuring.told("processor time, workers and database", costs, "µs/item"))
    print(f"two cores with nothing else to do: at most {2e6 / statistics.median(costs):,.0f} items/s")
    print(measuring.told("limit", theirs, "items/s"))
    print(measuring.ratio(ours, theirs))
    print(f"processor time, last round to first: {costs[-1] / costs[0]:.2f} (1 is flat)")


if __name__ == "__main__":
    main()
