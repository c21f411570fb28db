"""What of the guidance somebody who goes away leaves to a stand-in: questions for advice that they have taken."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from torg.guidance import commands, queries
from torg.guidance.models import AdviceQuestion
from torg.guidance.types import AdviceState
from torg.people.models import Person
from torg.people.types import OpenWork

KIND = "advice"


class Advice:
    """Questions for advice that somebody has taken and not answered."""

    def held_by(self, holder: Person, *, seen_by: Person, at: datetime) -> list[OpenWork]:
        if seen_by != holder and not queries.advises(seen_by, at=at):
            return []
        rows = AdviceQuestion.objects.filter(taken_by=holder, state=AdviceState.TAKEN).order_by("due_at", "id")
        return [
            OpenWork(
                KIND,
                row.public_id,
                str(row.get_topic_display()),
                reverse("guidance:question", args=[row.public_id]),
                due_at=row.due_at,
            )
            for row in rows
        ]

    def pass_on(self, *, ref: UUID, holder: Person, to: Person, by: Person, at: datetime) -> bool:
        commands.pass_on_advice(question_id=ref, holder=holder, to=to, by=by, at=at)
        return True


ADVICE = Advice()
