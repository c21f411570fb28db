"""Jobs that care for channels: one for each connection or batch, never one for a message."""

from datetime import timedelta

from torg.channels import commands, polling, processing, telling
from torg.channels.models import BY_HAND, Connection, ConnectionState
from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.core.errors import InvalidTransition

WATCH = Rule("channels.watch", "1")


@jobs.task("channels.process", queue="intake")
def process() -> None:
    """Take in everything that waits."""
    while processing.process_pending(at=clock.now()):
        continue


@jobs.periodic("channels.process_leftovers", cron="*/2 * * * *", queue="intake")
def process_leftovers(timestamp: int) -> None:
    """A net below the notifications, which are lost while nobody listens."""
    process()


@jobs.task("channels.poll")
def poll(connection_id: int) -> None:
    """Read one connection on."""
    connection = Connection.objects.get(pk=connection_id)
    if not polling.poll(connection, at=clock.now()):
        jobs.enqueue("channels.poll", once=f"channels.poll.{connection_id}", connection_id=connection_id)


@jobs.task("channels.fetch_history")
def fetch_history(connection_id: int) -> None:
    """Read one connection's past on, a piece at a time, so that replies are never short of the allowance."""
    connection = Connection.objects.get(pk=connection_id)
    if not polling.poll(connection, at=clock.now(), is_history=True):
        jobs.enqueue(
            "channels.fetch_history",
            once=f"channels.history.{connection_id}",
            run_at=clock.now() + timedelta(minutes=5),
            connection_id=connection_id,
        )


@jobs.task("channels.check")
def check(connection_id: int) -> None:
    """Read access and subscription of one connection back."""
    connection = Connection.objects.get(pk=connection_id)
    try:
        commands.check_connection(connection_id=connection.public_id, by=WATCH, at=clock.now())
    except InvalidTransition:
        return  # closed since the job was asked for


@jobs.task("channels.read_account")
def read_account(connection_id: int) -> None:
    """Read what the platform tells of one account, and who can act on it there."""
    connection = Connection.objects.select_related("presence").get(pk=connection_id)
    telling.read_account(connection, by=WATCH, at=clock.now())
    telling.read_access(connection, by=WATCH, at=clock.now())


@jobs.periodic("channels.read_accounts", cron="40 4 * * *")
def read_accounts(timestamp: int) -> None:
    """Every night, each channel that works."""
    active = Connection.objects.filter(state=ConnectionState.ACTIVE).exclude(platform=BY_HAND)
    for number in active.values_list("id", flat=True):
        jobs.enqueue("channels.read_account", once=f"channels.account.{number}", connection_id=number)


@jobs.periodic("channels.poll_all", cron="*/10 * * * *")
def poll_all(timestamp: int) -> None:
    """Every ten minutes, each channel that works."""
    active = Connection.objects.filter(state=ConnectionState.ACTIVE).exclude(platform=BY_HAND)
    for number in active.values_list("id", flat=True):
        jobs.enqueue("channels.poll", once=f"channels.poll.{number}", connection_id=number)


@jobs.periodic("channels.check_all", cron="17 * * * *")
def check_all(timestamp: int) -> None:
    """Every hour, each channel that is not closed: Messenger unsubscribes a page after an hour of failures."""
    standing = Connection.objects.exclude(state=ConnectionState.CLOSED).exclude(platform=BY_HAND)
    for number in standing.values_list("id", flat=True):
        jobs.enqueue("channels.check", once=f"channels.check.{number}", connection_id=number)
