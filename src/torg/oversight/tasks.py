"""Jobs of oversight: by the clock, and after an act."""

from uuid import UUID

from torg.core import clock, jobs
from torg.oversight import commands, letters
from torg.oversight.models import EmergencyAccess


@jobs.periodic("oversight.watch_duties", cron="*/20 * * * *")
def watch_duties(timestamp: int) -> None:
    """Give notice of duties that are soon or already too late."""
    commands.watch_duties(at=clock.now())


@jobs.periodic("oversight.note_leavers", cron="*/10 * * * *")
def note_leavers(timestamp: int) -> None:
    """Make the list of what must end for those who have left, and tell where access differs from the register."""
    at = clock.now()
    commands.note_leavers(at=at)
    letters.tell_of_differences(at=at)


@jobs.periodic("oversight.settle_emergencies", cron="* * * * *")
def settle_emergencies(timestamp: int) -> None:
    """Note emergency access that has ended by itself."""
    commands.settle_emergencies(at=clock.now())


@jobs.task("oversight.announce_emergency")
def announce_emergency(access_id: str) -> None:
    """Tell the others that somebody asks for, or has got, emergency access."""
    access = EmergencyAccess.objects.select_related("person").get(public_id=UUID(access_id))
    letters.tell_of_emergency(access, at=clock.now())
