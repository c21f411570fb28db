"""What the benchmarks share: a PostgreSQL of their own with ordinary durability, and honest figures."""

import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DATABASE = "bench"


@contextmanager
def database() -> Iterator["object"]:
    """A private PostgreSQL with its default settings (every commit on disk), migrated; Django points to it."""
    os.environ.setdefault("TORG_SECRET_KEY", "benchmark")
    os.environ["DJANGO_SETTINGS_MODULE"] = "torg.config.settings.test"
    os.environ["TORG_LOG_LEVEL"] = "ERROR"
    from torg.config.processes.postgres import APP, OWNER, PrivatePostgres

    folder = Path(tempfile.mkdtemp(prefix="torg-bench-"))
    folder.chmod(0o755)
    server = PrivatePostgres(folder / "data", options={"max_connections": "100", "shared_buffers": "256MB"})
    server.start()
    try:
        server.make_database(DATABASE)
        os.environ["DATABASE_URL"] = server.dsn(DATABASE, role=OWNER)
        os.environ["TORG_DATA"] = str(folder / "torg")
        prepare()
        os.environ["DATABASE_URL"] = server.dsn(DATABASE, role=APP)
        use(server.dsn(DATABASE, role=APP))
        yield server
    finally:
        from django.db import connections

        connections.close_all()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def prepare() -> None:
    """Set Django up and migrate, quietly."""
    import logging

    import django
    import structlog
    from django.core.management import call_command

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    django.setup()
    call_command("migrate", verbosity=0)


def use(dsn: str) -> None:
    """Go on as the role that serves."""
    from django.db import connections
    from psycopg.conninfo import conninfo_to_dict

    connections.close_all()
    parts = conninfo_to_dict(dsn)
    connections["default"].settings_dict.update(USER=parts["user"], HOST=parts["host"], NAME=parts["dbname"])


class Backend:
    """The database's process that serves a connection, and the processor time that it has used."""

    def __init__(self, connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._file = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def seconds(self) -> float:
        """So far, in nanosecond steps."""
        return int(self._file.read_text().split()[0]) / 1e9


def used_by(pid: int) -> float:
    """Processor seconds that a process has used so far, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def at_95(figures: Sequence[float]) -> float:
    """The figure that 95 of 100 are not above."""
    return sorted(figures)[min(int(0.95 * len(figures)), len(figures) - 1)]


def told(name: str, figures: Sequence[float], unit: str) -> str:
    """Median and spread of some rounds."""
    middle = statistics.median(figures)
    spread = (max(figures) - min(figures)) / middle * 100 if middle else 0
    return f"{name}: median {middle:,.0f} {unit} (spread {spread:.0f} %, {len(figures)} rounds)"


def ratio(product: Sequence[float], limit: Sequence[float]) -> str:
    """The median of the rounds' ratios, and their spread."""
    found = [ours / theirs for ours, theirs in zip(product, limit, strict=True)]
    return f"ratio to the limit: median {statistics.median(found):.3f} (from {min(found):.3f} to {max(found):.3f})"
