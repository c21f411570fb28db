"""A real PostgreSQL for every test run: one migrated template, cloned for each worker, never flushed."""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from devtools.proofs import Proofs
from django.core.management import call_command
from django.db import connections

from torg.config import memory
from torg.config.processes.postgres import OWNER, SUPERUSER, PrivatePostgres
from torg.insight.clauses import clauses

ROOT = Path(__file__).resolve().parents[1]
LONGEST = ROOT / "tests" / "whole"
MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 2_000_000_000
KEPT_BY_NOBODY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "max_wal_size": "256MB",
}


def cluster() -> PrivatePostgres:
    return PrivatePostgres(cluster_folder(), options=KEPT_BY_NOBODY)


def cluster_folder() -> Path:
    """In memory where there is room: a copy of the template takes a sixth of the time that it takes on a disk.

    One for each working copy, so that two run side by side; a container with little shared memory uses the disk.
    """
    in_memory = MEMORY / f"torg-tests-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_IN_MEMORY
    return in_memory if in_memory.exists() or has_room else ROOT / "var" / "test-postgres"


def pytest_configure(config):
    config.pluginmanager.register(Proofs(clause.id for clause in clauses()))
    if not hasattr(config, "workerinput"):
        config.torg_cluster = cluster()
        config.torg_cluster.start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes longest comes first, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: LONGEST not in item.path.parents)


def pytest_collection_finish(session):
    memory.settle()


def pytest_unconfigure(config):
    if hasattr(config, "torg_cluster"):
        config.torg_cluster.stop()


@pytest.fixture(scope="session")
def postgres() -> PrivatePostgres:
    """The cluster that the run's first process has started."""
    return cluster()


@pytest.fixture(scope="session")
def template(postgres, django_db_blocker) -> str:
    """Name of a migrated database, made once for each state of the migrations."""
    name = f"template_{migrations_digest()}"
    with file_lock(ROOT / "var" / "test-template.lock"):
        if postgres.make_database(name):
            with django_db_blocker.unblock():
                point_to(postgres, name, role=OWNER)
                call_command("migrate", verbosity=0, interactive=False)
                connections["default"].close()
            drop_templates(postgres, but=name)
    return name


def drop_templates(postgres: PrivatePostgres, *, but: str) -> None:
    """Those of earlier states of the migrations."""
    with psycopg.connect(postgres.dsn("postgres", role=SUPERUSER), autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'").fetchall()
        for (name,) in rows:
            if name != but:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(postgres, template, worker_id, django_db_blocker):
    name = f"test_{worker_id}"
    clone(postgres, template, name)
    point_to(postgres, name)
    yield
    with django_db_blocker.unblock():
        connections["default"].close()


@pytest.fixture
def fresh_database(postgres, template, worker_id, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database of the test's own, for tests that commit or use several connections; yields its address."""
    with django_db_blocker.unblock(), own_database(postgres, template, worker_id) as address:
        yield address


@pytest.fixture(scope="module")
def shared_database(postgres, template, worker_id, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database for a file's tests, which only read what its own fixture has made; yields its address."""
    with django_db_blocker.unblock(), own_database(postgres, template, worker_id) as address:
        yield address


@contextmanager
def own_database(postgres: PrivatePostgres, template: str, worker_id: str) -> Iterator[str]:
    """A clone of the template, which everything in this process uses meanwhile."""
    name = f"fresh_{worker_id}"
    clone(postgres, template, name)
    connections["default"].close()
    point_to(postgres, name)
    yield postgres.dsn(name)
    connections.close_all()
    point_to(postgres, f"test_{worker_id}")


@pytest.fixture
def at() -> datetime:
    """A Tuesday in March, 10 o'clock in Norway."""
    return datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def point_to(postgres: PrivatePostgres, name: str, *, role: str = "torg_app") -> None:
    settings = {"NAME": name, "USER": role, "HOST": str(postgres.socket), "PORT": "", "PASSWORD": "", "CONN_MAX_AGE": 0}
    connections["default"].settings_dict.update(settings)
    connections.settings["default"].update(settings)


def clone(postgres: PrivatePostgres, template: str, name: str) -> None:
    with psycopg.connect(postgres.dsn("postgres", role=SUPERUSER), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # One at a time: two workers cannot copy the same template at once.
        with file_lock(ROOT / "var" / "test-template.lock"):
            connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE "{template}" STRATEGY FILE_COPY')


def migrations_digest() -> str:
    sources = sorted((ROOT / "src").glob("torg/*/migrations/*.py"))
    sources += [ROOT / "requirements.lock", ROOT / "src/torg/core/tables.py", ROOT / "src/torg/config/settings/base.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
