"""Hiding for now, by one person, and what happens when nobody decides."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.moderation.models.cases import Case
from torg.moderation.words import STAYS_HIDDEN, Ground, HidingState
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models import Capture

_S = HidingState
NEXT_STATES: dict[HidingState, set[HidingState]] = {
    _S.PLANNED: {_S.ACTIVE, _S.REFUSED, _S.UPHELD, _S.LIFTED, _S.LAPSED},
    _S.ACTIVE: {_S.UPHELD, _S.LIFTED, _S.LAPSED},
    _S.REFUSED: {_S.PLANNED, _S.ACTIVE, _S.LIFTED},
    _S.UPHELD: set(),
    _S.LIFTED: set(),
    _S.LAPSED: set(),
}
STANDING = (HidingState.PLANNED, HidingState.ACTIVE)


class TemporaryHiding(models.Model):
    """An item hidden at once by one person, on a severe ground, until a decision is taken (midlertidig skjuling).

    `deadline_at` is when it lapses, or goes on to the next person where the ground stays hidden. `capture` is the
    evidence that was taken before.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hidings")
    state = models.CharField(max_length=10, choices=HidingState, default=HidingState.PLANNED)
    ground = models.CharField(max_length=20, choices=Ground)
    reason = models.TextField()
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    hidden_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="hidden_once_at_a_time", fields=["case"], condition=Q(state__in=STANDING)),
            models.CheckConstraint(name="hiding_says_why", condition=~Q(reason="")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="hidings_by_deadline", fields=["deadline_at"], condition=Q(state__in=STANDING)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def stays_hidden(self) -> bool:
        """Whether it stays hidden when nobody decides."""
        return self.ground in STAYS_HIDDEN

    def move_to(self, state: HidingState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = HidingState(self.state)
        if state != now and state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("What is “%(now)s” cannot become “%(next)s”.") % {"now": now.label, "next": state.label}
            )
        self.state = state


class Escalation(models.Model):
    """That somebody was called because a temporary hiding waited too long (varsling): one row a person and step."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    hiding = models.ForeignKey(TemporaryHiding, on_delete=models.PROTECT, related_name="escalations")
    step = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="called_once_at_each_step", fields=["hiding", "step", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.hiding_id} step {self.step}"
