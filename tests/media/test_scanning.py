"""No file with a virus, and none that waits for its verdict, is published."""

import pytest

from tests.media import pictures
from tests.media.scanner import EICAR, Scanner
from torg.connectors.services import clamav
from torg.core.errors import NotFound
from torg.files import commands as files
from torg.media import queries, scanning, tasks
from torg.media.models import TakeDown
from torg.media.types import MediumState, ObstacleCode, ScanState, TakeDownReason


def codes(medium, at):
    return [found.code for found in queries.obstacles(medium, at=at)]


@pytest.fixture
def scanner(settings):
    with Scanner() as running:
        settings.CLAMD = running.address
        yield running


def test_the_scanner_hears_every_byte_and_its_word_counts():
    data = bytes(200_000) + EICAR

    with Scanner() as running:
        assert clamav.scan(b"fred", address=running.address) == clamav.Verdict(is_clean=True)
        found = clamav.scan(data, address=running.address)

    assert found == clamav.Verdict(is_clean=False, signature="Eicar-Test-Signature")
    assert running.heard == [b"fred", data]


def test_no_answer_in_time_a_refusal_or_nobody_there_is_no_verdict():
    with Scanner(is_silent=True) as silent, pytest.raises(clamav.ScanProblem):
        clamav.scan(b"x", address=silent.address, seconds=0.2)
    with Scanner(says=b"INSTREAM size limit exceeded. ERROR") as full, pytest.raises(clamav.ScanProblem):
        clamav.scan(b"x", address=full.address)
    with pytest.raises(clamav.ScanProblem):
        clamav.scan(b"x", address=full.address, seconds=1)
    with pytest.raises(clamav.ScanProblem):
        clamav.scan(b"x", address="/nowhere/clamd.ctl", seconds=1)


def test_without_a_scanner_it_is_said_plainly(library):
    medium = library.added()

    assert medium.scan_state == ScanState.NO_SCANNER
    assert codes(medium, library.at) == []
    assert len(queries.concerns(medium)) == 1


def test_an_upload_waits_until_it_is_searched(library, scanner):
    medium = library.added()
    assert codes(medium, library.at) == [ObstacleCode.NOT_SCANNED]

    tasks.search_for_viruses(medium_id=medium.pk)

    medium.refresh_from_db()
    assert (medium.scan_state, codes(medium, library.at)) == (ScanState.CLEAN, [])


def test_without_a_verdict_it_goes_on_waiting(library, settings, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    with Scanner(is_silent=True) as silent:
        settings.CLAMD = silent.address
        medium = library.added()
        tasks.search_for_viruses(medium_id=medium.pk)

    medium.refresh_from_db()
    assert codes(medium, library.at) == [ObstacleCode.NOT_SCANNED]


def test_a_file_with_a_virus_goes_and_comes_down_where_it_stands(library, settings):
    # Added before there was a scanner, and used since; the night's round finds it.
    medium = library.added(pictures.png(Note=EICAR.decode()))
    library.used(medium)
    with Scanner() as running:
        settings.CLAMD = running.address
        assert codes(medium, library.at) == [ObstacleCode.NOT_SCANNED]
        tasks.search_leftovers(timestamp=0)

    medium.refresh_from_db()
    assert (medium.state, medium.scan_state) == (MediumState.INFECTED, ScanState.INFECTED)
    assert codes(medium, library.at) == [ObstacleCode.INFECTED]
    assert set(TakeDown.objects.values_list("reason", flat=True)) == {TakeDownReason.INFECTED}
    with pytest.raises(NotFound):
        files.read(medium.sha256)
