"""Jobs of dialogue."""

from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.dialogue import commands

FETCHER = Rule("dialogue.fetcher", "1")
# Few in one transaction: each may take twenty seconds.
AT_ONCE = 5


@jobs.task("dialogue.fetch_attachments", queue="media")
def fetch_attachments() -> None:
    """Fetch everything that waits, at once: the platforms' addresses die within hours or weeks."""
    while commands.fetch_attachments(limit=AT_ONCE, by=FETCHER, at=clock.now()):
        continue


@jobs.periodic("dialogue.fetch_leftovers", cron="*/5 * * * *", queue="media")
def fetch_leftovers(timestamp: int) -> None:
    """What a job that died has left."""
    fetch_attachments()
