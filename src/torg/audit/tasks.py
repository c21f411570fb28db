"""Seal the log and have it time-stamped, by the clock."""

from torg.audit import sealing, stamping
from torg.core import clock, jobs


@jobs.periodic("audit.seal", cron="* * * * *")
def seal(timestamp: int) -> None:
    """Seal what has been committed."""
    sealing.seal(at=clock.now())


@jobs.task("audit.seal_now")
def seal_now() -> None:
    """Seal on demand, before something leaves the house that refers to the log."""
    sealing.seal(at=clock.now())


@jobs.periodic("audit.stamp", cron="7 * * * *")
def stamp(timestamp: int) -> None:
    """Have the newest checkpoint time-stamped, where an authority is named."""
    stamping.stamp_newest(at=clock.now())
