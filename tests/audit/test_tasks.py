"""Sealing by the clock."""

from tests.audit import log
from torg.audit import tasks, verifying


def test_the_clock_seals_what_was_written(fresh_database, at):
    log.write(3, at)

    tasks.seal(0)
    log.write(2, at)
    tasks.seal_now()
    tasks.stamp(0)

    assert verifying.verify().rows == 5
