"""Jobs of dialogue."""

from torg.channels.models import BY_HAND, Connection, ConnectionState
from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.dialogue import following

FETCHER = Rule("dialogue.fetcher", "1")
# Few in one round: each may take twenty seconds.
AT_ONCE = 5


@jobs.task("dialogue.fetch_attachments", queue="media")
def fetch_attachments() -> None:
    """Fetch everything that waits, at once: the platforms' addresses die within hours or weeks."""
    while following.fetch_attachments(limit=AT_ONCE, by=FETCHER, at=clock.now()):
        continue


@jobs.periodic("dialogue.fetch_leftovers", cron="*/5 * * * *", queue="media")
def fetch_leftovers(timestamp: int) -> None:
    """What a job that died has left."""
    fetch_attachments()


@jobs.task("dialogue.ask_for_names")
def ask_for_names(connection_id: int) -> None:
    """Ask for some of the names that are missing on one channel."""
    following.ask_for_names(Connection.objects.get(pk=connection_id), by=FETCHER, at=clock.now())


@jobs.periodic("dialogue.ask_for_all_names", cron="*/15 * * * *")
def ask_for_all_names(timestamp: int) -> None:
    """Every quarter of an hour, each channel that works."""
    active = Connection.objects.filter(state=ConnectionState.ACTIVE).exclude(platform=BY_HAND)
    for number in active.values_list("id", flat=True):
        jobs.enqueue("dialogue.ask_for_names", once=f"dialogue.ask_for_names.{number}", connection_id=number)
