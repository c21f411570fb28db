"""Jobs of the guidance."""

from torg.core import clock, jobs
from torg.guidance import reminding


@jobs.periodic("guidance.remind", cron="0 6 * * 1-5")
def remind(timestamp: int) -> None:
    """Remind those who have not confirmed the poster this year."""
    reminding.remind(at=clock.now())
