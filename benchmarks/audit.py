"""How near does the audit log come to what PostgreSQL gives at all? Record, seal and verify, each against a limit.

    python -m benchmarks.audit --rounds 5 --events 500 --rows 20000

The limits are measured in the same run, in turn with the product: one bare INSERT and commit for recording, one COPY
for sealing, one plain read of the same rows for verifying. Prints the median ratio and its spread.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def main() -> int:
    """Run the rounds; exit status 1 when the log does not verify."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--events", type=int, default=500, help="events recorded one at a time in each round")
    parser.add_argument("--rows", type=int, default=20_000, help="rows added in bulk, sealed and verified each round")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stop = prepare(Path(folder))
        try:
            return run(given.rounds, given.events, given.rows)
        finally:
            stop()


def prepare(folder: Path) -> Callable[[], None]:
    """A durable PostgreSQL of its own (fsync on), migrated by the owner and used as the application."""
    from torg.config.processes.postgres import OWNER, PrivatePostgres

    postgres = PrivatePostgres(folder / "postgres")
    postgres.start()
    postgres.make_database("bench")
    os.environ.update(DJANGO_SETTINGS_MODULE="torg.config.settings.test")
    os.environ["DATABASE_URL"] = postgres.dsn("bench", role=OWNER)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id uuid PRIMARY KEY, at timestamptz, name text, ref text, facts jsonb)")
        cursor.execute("CREATE TABLE bare_position (position bigint PRIMARY KEY, id uuid, leaf bytea)")
    connection.close()
    connection.settings_dict["USER"] = "torg_app"
    return postgres.stop


def run(rounds: int, events: int, rows: int) -> int:
    """Product and limit in turn, so that a slow minute hits both."""
    from torg.audit import verifying

    pairs: dict[str, tuple[Callable[[int], float], Callable[[int], float], int]] = {
        "record": (record, bare_insert, events),
        "seal": (seal, bare_copy, rows),
        "verify": (verify, bare_read, rows),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in pairs}
    for _round in range(rounds):
        for name, (product, limit, count) in pairs.items():
            found[name].append((product(count), limit(count)))
    for name, figures in found.items():
        ratios = sorted(product / limit for product, limit in figures)
        ours, theirs = (statistics.median(column) for column in zip(*figures, strict=True))
        sys.stdout.write(
            f"{name:<7} {ours:>9,.0f} rows/s   limit {theirs:>9,.0f} rows/s   "
            f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})\n"
        )
    return 0 if verifying.verify().is_whole else 1


def rate(count: int, work: Callable[[], object]) -> float:
    """Rows a second."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def record(count: int) -> float:
    """Events as commands write them: one transaction each."""
    from torg.audit import commands as audit
    from torg.audit.events import SEALED
    from torg.core import clock, ids
    from torg.core.actors import Operator

    by, scope = Operator("bench"), ids.new()

    def work() -> None:
        for number in range(count):
            audit.record(SEALED, actor=by, scope=scope, target=None, at=clock.now(), facts={"n": number})

    return rate(count, work)


def bare_insert(count: int) -> float:
    """The same through the same driver, into a table without trigger, partitions or further indexes."""
    from django.db import connection

    from torg.core import clock, ids

    def work() -> None:
        for number in range(count):
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO bare VALUES (%s, %s, %s, %s, %s::jsonb)",
                    [ids.new(), clock.now(), "audit.event.sealed", "bench", f'{{"n": {number}}}'],
                )

    return rate(count, work)


def seal(count: int) -> float:
    """All that waits, after so many rows were put in by one statement."""
    from django.db import connection

    from torg.audit import sealing
    from torg.core import clock

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, at, name, actor_kind, actor_ref, scope_id, target_kind, target_id, facts) "
            "SELECT gen_random_uuid(), now(), 'bench.row', 'operator', 'bench', gen_random_uuid(), '', '', "
            """'{"n": 1}' FROM generate_series(1, %s)""",
            [count],
        )
    waiting = waiting_rows()
    return rate(waiting, lambda: sealing.seal(at=clock.now()))


def waiting_rows() -> int:
    """Rows without a place."""
    from torg.audit.models import AuditEvent, LeafPosition

    return AuditEvent.objects.count() - LeafPosition.objects.count()


def bare_copy(count: int) -> float:
    """The same number of places by COPY, without a tree."""
    from django.db import connection, transaction

    from torg.core import ids

    def work() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(position), -1) FROM bare_position")
            start = cursor.fetchone()[0] + 1
            with cursor.copy("COPY bare_position FROM STDIN") as places:
                for number in range(count):
                    places.write_row((start + number, ids.new(), bytes(32)))

    return rate(count, work)


def verify(count: int) -> float:
    """The whole log, every leaf, place, root and signature."""
    from torg.audit import verifying
    from torg.audit.models import LeafPosition

    return rate(LeafPosition.objects.count(), verifying.verify)


def bare_read(count: int) -> float:
    """The same rows, only read."""
    from django.db import transaction

    from torg.audit import verifying
    from torg.audit.models import LeafPosition

    def work() -> None:
        with transaction.atomic():
            for _row in verifying.stream("bench", verifying.SEALED_ROWS):
                pass

    return rate(LeafPosition.objects.count(), work)


if __name__ == "__main__":
    raise SystemExit(main())
