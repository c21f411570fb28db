"""Jobs of the staff's screens."""

from torg.core import clock, jobs
from torg.desk import digests


@jobs.periodic("desk.send_digests", cron="*/30 6-9 * * 1")
def send_digests(timestamp: int) -> None:
    """Send last week's figures to leaders; what was sent is not sent again, what failed is tried again."""
    digests.send(at=clock.now())
