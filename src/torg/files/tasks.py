"""Look after the files by the clock."""

from torg.core import clock, jobs
from torg.files import upkeep


@jobs.periodic("files.verify", cron="*/10 * * * *")
def verify(timestamp: int) -> None:
    """Hash a slice of the files again, those first that were verified longest ago."""
    upkeep.verify_slice(at=clock.now())


@jobs.periodic("files.sweep", cron="40 3 * * *")
def sweep(timestamp: int) -> None:
    """Delete removed files and strays from disk, at night."""
    upkeep.sweep(at=clock.now())


@jobs.task("files.sweep_now")
def sweep_now() -> None:
    """Delete the bytes of what was just removed."""
    upkeep.sweep(at=clock.now())
