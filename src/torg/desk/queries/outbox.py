"""What is on its way out, and what has stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Q, When

from torg.channels.models import Connection
from torg.inbox.models import Answer
from torg.outbox import queries as outbox
from torg.outbox.models import LIVE, ActState, OutboxAct
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An act, how it stands, and the conversation that it belongs to."""

    act: OutboxAct
    standing: outbox.Standing
    presence: str
    thread_id: UUID | None
    may_act: bool

    @property
    def can_retry(self) -> bool:
        """Whether trying again makes sense: refused, failed, unsure, or put off."""
        put_off = self.act.state == ActState.PLANNED and self.act.attempts > 0
        return put_off or self.act.state in {ActState.UNCONFIRMED, ActState.REFUSED, ActState.FAILED}

    @property
    def can_settle(self) -> bool:
        """Whether a person should look and say what they found."""
        return self.act.state == ActState.UNCONFIRMED

    @property
    def can_withdraw(self) -> bool:
        """Whether it can still be taken back, or given up."""
        return self.act.state in {ActState.PLANNED, ActState.REFUSED, ActState.FAILED}


def lines(person: Person, *, at: datetime) -> Sequence[Line]:
    """What is under way or has stopped on the pages that `person` sees: what waits for a person first."""
    scopes = people.scope_ids_for(person, Permission.READ, at=at)
    answering = set(people.scope_ids_for(person, Permission.ANSWER, at=at))
    stuck = outbox.stuck(scopes).values("pk")
    rows = OutboxAct.objects.filter(Q(state__in=LIVE, scope_id__in=scopes) | Q(pk__in=stuck))
    weight = Case(When(pk__in=stuck, then=0), default=1, output_field=IntegerField())
    acts = list(rows.annotate(weight=weight).order_by("weight", "planned_at", "id")[:MOST])
    answers = Answer.objects.filter(public_id__in=[act.subject_id for act in acts])
    threads = dict(answers.values_list("public_id", "enquiry__thread__public_id"))
    names = dict(Connection.objects.filter(scope_id__in={act.scope_id for act in acts}).values_list("scope_id", "name"))
    return [
        Line(
            act,
            outbox.standing(act),
            names.get(act.scope_id, ""),
            threads.get(act.subject_id),
            act.scope_id in answering,
        )
        for act in acts
    ]
