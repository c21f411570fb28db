"""What the worker does for an incident: sends approved answers, and notes what became of acts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.core.actors import Actor
from torg.crisis import answering, audit, correcting, events
from torg.crisis.models import Question, SandboxPost
from torg.crisis.types import PLAYER, SENDER, QuestionState
from torg.outbox.models import ActState
from torg.outbox.types import Sent


@transaction.atomic
def send_answers(*, question_id: UUID, limit: int = 25, by: Actor = SENDER, at: datetime) -> int:
    """Send the answer that holds now to the next who asked, by whoever approved it, and what is corrected to the rest.

    The question is locked, so that nothing is sent that is corrected at the same moment. Returns how many.
    """
    rows = Question.objects.select_for_update(no_key=True, of=("self",))
    question = rows.select_related("incident", "answer__made_by").get(public_id=question_id)
    if question.state != QuestionState.ANSWERED:
        return 0
    sent = answering.send(question, limit=limit, at=at)
    told = correcting.send(question, limit=limit - sent, at=at)
    if sent or told:
        facts: dict[str, int | str] = {"people": sent, "corrected": told}
        audit.record(events.SENT, question.incident, by=by, at=at, question=str(question.public_id), **facts)
    return sent + told


@transaction.atomic
def note_sandbox_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = PLAYER) -> None:
    """The sandbox has taken a post of an exercise."""
    post = SandboxPost.objects.select_for_update().select_related("statement").get(public_id=subject_id)
    if act.state != ActState.CONFIRMED or post.arrived_at is not None:
        return
    post.arrived_at = at
    post.save(update_fields=["arrived_at"])
    statement = post.statement
    audit.record(events.ARRIVED, statement, by=by, at=at, number=statement.number or 0)
