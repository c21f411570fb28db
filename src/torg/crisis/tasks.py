"""Jobs of the crisis room: each loads ids and calls one command."""

from uuid import UUID

from torg.core import clock, jobs
from torg.crisis import commands
from torg.crisis.models import Incident
from torg.crisis.types import IncidentState
from torg.inbox import commands as inbox

AT_A_TIME = 25


@jobs.periodic("crisis.gather", cron="* * * * * */15", queue="urgent")
def gather(timestamp: int) -> None:
    """Let scripted messages arrive, put new questions together, and call by the next way whoever is silent."""
    at = clock.now()
    commands.chase(at=at)
    for row in Incident.objects.exclude(state=IncidentState.CLOSED).only("public_id", "is_exercise"):
        if row.is_exercise:
            commands.play(incident_id=row.public_id, at=at)
        commands.group_questions(incident_id=row.public_id, at=at)


@jobs.task("crisis.send_answers", queue="urgent")
def send_answers(question_id: str) -> None:
    """Send an approved answer to those who wait for it, some at a time."""
    if commands.send_answers(question_id=UUID(question_id), limit=AT_A_TIME, at=clock.now()) == AT_A_TIME:
        jobs.enqueue("crisis.send_answers", question_id=question_id)


@jobs.task("crisis.count_deadlines")
def count_deadlines() -> None:
    """Bring running deadlines into step with hours that an incident has widened, or given back."""
    inbox.recompute(at=clock.now())
