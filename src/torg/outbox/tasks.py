"""The worker's part: send at once when something is planned, and look after the rest by the clock."""

from torg.core import clock, jobs
from torg.outbox import sending

AT_A_TIME = 200


@jobs.task("outbox.send")
def send() -> None:
    """Send what is due now."""
    for _count in range(AT_A_TIME):
        if not sending.send_next(at=clock.now()):
            return
    jobs.enqueue("outbox.send", once="outbox.send")


@jobs.periodic("outbox.tick", cron="* * * * * */15")
def tick(timestamp: int) -> None:
    """Send what has become due, look for what is unsure, and take up what a dead worker left."""
    at = clock.now()
    sending.recover_sending(at=at)
    sending.look_due(at=at)
    sending.tell_owners(at=at)
    send()
