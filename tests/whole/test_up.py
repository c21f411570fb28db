"""`torg up` as somebody types it: from an empty folder to a signed-in page, and away again without a trace."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import clone
from tests.whole.processes import ROOT, free_port
from torg.config.processes.postgres import APP, OWNER

pytestmark = pytest.mark.crash

SECONDS = 180
LINK = re.compile(r"http://localhost:\d+(/account/link/\S+/)")
BUILT = ROOT / "src/torg/ui/static/vendor"


class Terminal:
    """A running `torg up` and what it has said."""

    def __init__(self, data: Path, *options: str, **given: str) -> None:
        self.port = free_port()
        self.data = data
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TORG_", "DJANGO_"))}
        environment |= given
        environment |= {"TORG_DATA": str(data), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        ports = ["--port", str(self.port), "--stand-in-port", str(free_port())]
        self._log = data.parent / "terminal.log"
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "torg.cli", "up", *ports, *options],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._log.read_text()

    def wait(self) -> None:
        given_up_at = time.monotonic() + SECONDS
        while "Torg is running" not in self.said or "╯" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < given_up_at, self.said
            time.sleep(0.1)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def signed_in(self) -> httpx.Client:
        """A browser that has followed the link in the frame."""
        client = httpx.Client(
            base_url=f"http://localhost:{self.port}", follow_redirects=True, trust_env=False, timeout=60
        )
        [path] = LINK.findall(self.said)
        answer = client.get(path)
        form = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text)
        if form is not None:
            answer = client.post(path, data={"csrfmiddlewaretoken": form[1]})
        assert answer.status_code == 200, answer.text
        return client


@contextmanager
def up(data: Path, *options: str, **given: str) -> Iterator[Terminal]:
    """`torg up` with these options, and these variables in its environment."""
    terminal = Terminal(data, *options, **given)
    try:
        terminal.wait()
        yield terminal
    finally:
        if terminal.process.poll() is None:
            terminal.interrupt()


def children_of(data: Path) -> list[str]:
    """Processes that still belong to the data folder, by what they were started with."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if f"TORG_DATA={data}".encode() in environment.split(b"\0") or f"-D {data}" in command:
            found.append(command)
    return found


@pytest.fixture
def data(tmp_path) -> Path:
    if not BUILT.exists():
        pytest.skip("the static files are not built; ./torg builds them")
    return tmp_path / "var"


def test_a_cold_start_a_warm_start_and_an_end_without_orphans(data):
    with up(data) as cold:
        assert "ingrid@eksempelvik.example" in cold.said
        queue = cold.signed_in().get("/desk/queue/")
        assert queue.status_code == 200
        assert "Lekegata" in queue.text or "Regleli" in queue.text
        assert cold.interrupt() == 0
    assert children_of(data) == []

    began = time.monotonic()
    with up(data) as warm:
        took = time.monotonic() - began
        again = warm.signed_in().get("/desk/queue/")
        assert again.status_code == 200
        assert "Regleli" in again.text
    assert children_of(data) == []
    assert "Torg has stopped" in warm.said, took


def test_an_empty_start_in_a_database_that_is_there_leads_the_first_person_to_the_set_up(
    data, postgres, template, worker_id
):
    name = f"empty_{worker_id}"
    clone(postgres, template, name)
    owner, app = (postgres.dsn(name, role=role) for role in (OWNER, APP))
    with up(data, "--empty", DATABASE_URL=app, DATABASE_OWNER_URL=owner, TORG_APP_ROLE=APP) as empty:
        page = empty.signed_in().get("/desk/")

        assert page.status_code == 200
        assert "eksempelvik" not in empty.said
        assert "/people/municipality/" in str(page.url) + page.text
        assert "PostgreSQL" not in empty.said
        assert not (data / "postgres").exists()
