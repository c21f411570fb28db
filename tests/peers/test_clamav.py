"""The real clamd, where it is installed, with a list of one virus: ours and its idea of INSTREAM are the same."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.media.scanner import EICAR
from torg.connectors.services import clamav

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin")
SECONDS = 30

pytestmark = pytest.mark.skipif(CLAMD is None, reason="clamd is not installed (apt-get install clamav-daemon)")


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "test.ndb").write_text(f"Eicar-Test:0:0:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"LocalSocket {folder}/socket\nDatabaseDirectory {folder}\nForeground yes\nStreamMaxLength 1M\n"
    )
    running = subprocess.Popen([CLAMD, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL)
    try:
        wait_for(folder / "socket", running)
        yield str(folder / "socket")
    finally:
        running.terminate()
        running.wait(SECONDS)


def wait_for(place: Path, running: subprocess.Popen[bytes]) -> None:
    given_up_at = time.monotonic() + SECONDS
    while not place.exists():
        assert running.poll() is None and time.monotonic() < given_up_at, "clamd did not start"
        time.sleep(0.05)


def test_it_finds_the_virus_and_lets_all_else_be(address):
    assert clamav.scan(b"Velkommen til biblioteket. " * 10_000, address=address) == clamav.Verdict(is_clean=True)
    assert clamav.scan(EICAR, address=address) == clamav.Verdict(is_clean=False, signature="Eicar-Test.UNOFFICIAL")


def test_what_is_larger_than_it_takes_has_no_verdict(address):
    with pytest.raises(clamav.ScanProblem):
        clamav.scan(bytes(3_000_000), address=address)
