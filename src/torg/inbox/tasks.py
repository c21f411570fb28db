"""Jobs of the inbox: each loads ids and calls one command."""

from torg.core import clock, jobs
from torg.inbox import alarms, attendance, commands
from torg.inbox.models import Alarm


@jobs.periodic("inbox.warnings", cron="* * * * *")
def warn(timestamp: int) -> None:
    """Warn of deadlines that are near or past."""
    commands.warn(at=clock.now())


@jobs.periodic("inbox.waking", cron="* * * * *")
def wake(timestamp: int) -> None:
    """Take up what was put aside until now."""
    commands.wake_snoozed(at=clock.now())


@jobs.periodic("inbox.promises", cron="*/5 * * * *")
def remind(timestamp: int) -> None:
    """Remind of promises that fall due."""
    commands.remind_of_promises(at=clock.now())


@jobs.periodic("inbox.attendance", cron="* * * * *")
def forget(timestamp: int) -> None:
    """Forget who was here."""
    attendance.forget_expired(at=clock.now())


@jobs.periodic("inbox.escalation", cron="* * * * *")
def escalate(timestamp: int) -> None:
    """Call the next on duty where nobody has taken an alarm over."""
    commands.escalate_alarms(at=clock.now())


@jobs.periodic("inbox.recomputing", cron="17 * * * *")
def recompute(timestamp: int) -> None:
    """Bring open deadlines into step with hours and rules that have been changed."""
    commands.recompute(at=clock.now())


@jobs.task("inbox.receipts")
def send_receipts(enquiry_ids: list[int]) -> None:
    """Send the automatic receipts that a batch of intake has called for."""
    commands.send_receipts(enquiry_ids=enquiry_ids, at=clock.now())


@jobs.task("inbox.mail_alarms", queue="urgent")
def mail_alarms() -> None:
    """Mail the alarms that have not been mailed; a mail that fails is tried again, since only a sent one is marked."""
    for alarm in Alarm.objects.filter(mailed_at=None, acknowledged_at=None).select_related("person", "enquiry"):
        alarms.mail(alarm)
        Alarm.objects.filter(pk=alarm.pk).update(mailed_at=clock.now())
