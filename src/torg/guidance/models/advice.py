"""Questions to the information unit, and what is written back and forth."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.guidance.types import AdviceState, Topic
from torg.people.models import InForce, Person, Unit

_S = AdviceState
NEXT_STATES: dict[AdviceState, set[AdviceState]] = {
    _S.WAITING: {_S.TAKEN},
    _S.TAKEN: {_S.WAITING, _S.ANSWERED},
    _S.ANSWERED: {_S.WAITING},
}


class AdviceQuestion(models.Model):
    """A colleague asks the information unit (spørsmål om råd): “in doubt, ask” (strategy E1)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    topic = models.CharField(max_length=14, choices=Topic, default=Topic.OTHER)
    state = models.CharField(max_length=10, choices=AdviceState, default=AdviceState.WAITING)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="advice_asked")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # Empty where nobody has set answering hours: then nobody can say when an answer is due.
    due_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="advice_taken")
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="advice_is_taken_by_somebody",
                condition=Q(state=AdviceState.WAITING, taken_by=None, taken_at=None)
                | (~Q(state=AdviceState.WAITING) & Q(taken_by__isnull=False, taken_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="advice_is_answered_at_a_time",
                condition=~Q(state=AdviceState.ANSWERED) | Q(answered_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="advice_that_waits", fields=["due_at"], condition=~Q(state=AdviceState.ANSWERED)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: AdviceState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = AdviceState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("A question that is “%(now)s” cannot become “%(then)s”. Load the page again to see what happened.")
                % {"now": now.label, "then": state.label}
            )
        self.state = state


class AdviceMessage(models.Model):
    """One text of a question for advice: the question, an answer, or what was asked again. Never changed."""

    question = models.ForeignKey(AdviceQuestion, on_delete=models.PROTECT, related_name="messages")
    is_answer = models.BooleanField(default=False)
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.question_id} {self.written_at:%Y-%m-%d %H:%M}"


class AdviceTerm(models.Model):
    """How fast questions for advice are answered, in working time, from a moment on."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    within = models.CharField(max_length=12)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = InForce.as_manager()

    def __str__(self) -> str:
        return f"{self.within} from {self.from_at:%Y-%m-%d}"
