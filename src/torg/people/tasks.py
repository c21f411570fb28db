"""Jobs on people: each loads ids and sends what is to be told."""

from uuid import UUID

from torg.core import clock, jobs
from torg.people import commands, letters, mailing, upkeep
from torg.people.commands.entrusting import HANDING

AT_ONCE = 200


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


@jobs.periodic("people.hand_over_due", cron="*/5 * * * *")
def hand_over_due(timestamp: int) -> None:
    """Hand over to stand-ins what was chosen for absences that have begun."""
    commands.hand_over_due(limit=AT_ONCE, by=HANDING, at=clock.now())


@jobs.periodic("people.send_letters", cron="2-59/5 * * * *")
def send_letters(timestamp: int) -> None:
    """Tell colleagues by e-mail what waits for them, as each has chosen."""
    mailing.send_due(at=clock.now())


@jobs.periodic("people.forget_lists", cron="25 * * * *")
def forget_lists(timestamp: int) -> None:
    """Erase lists of employees that nobody took over."""
    upkeep.forget_lists(at=clock.now())
