"""Jobs on people: each loads ids and sends what is to be told."""

from uuid import UUID

from torg.core import clock, jobs
from torg.people import letters, upkeep


@jobs.task("people.announce_role")
def announce_role(assignment_id: str) -> None:
    """Tell everyone who may agree to deletions that somebody gets, or has got, that right."""
    letters.announce_role(UUID(assignment_id), at=clock.now())


@jobs.task("people.announce_stand_in")
def announce_stand_in(stand_in_id: str) -> None:
    """Tell everyone who may agree to deletions that a stand-in is to get, or has got, that right."""
    letters.announce_stand_in(UUID(stand_in_id), at=clock.now())


@jobs.periodic("people.forget_attempts", cron="20 3 * * *")
def forget_attempts(timestamp: int) -> None:
    """Delete addresses of those who signed in or tried to, at night."""
    upkeep.forget_attempts(at=clock.now())
