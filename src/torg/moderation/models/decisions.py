"""What was decided, what the author was told, and what follows for the author."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from torg.channels.models import Connection
from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.dialogue.models import Author
from torg.moderation.models.cases import Case
from torg.moderation.models.proposals import Agreement, Target
from torg.moderation.models.rules import RuleVersion
from torg.moderation.models.wordings import NoticeWording
from torg.moderation.types import Basis
from torg.moderation.words import (
    BANS,
    CarryState,
    Ground,
    Measure,
    NoNotice,
    NoticeState,
    SanctionState,
    Step,
)
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models import Capture

_C, _N, _S = CarryState, NoticeState, SanctionState
CARRYING_NEXT_STATES: dict[CarryState, set[CarryState]] = {
    _C.CARRYING_OUT: {_C.BY_HAND, _C.STOPPED, _C.DONE, _C.MOOT},
    _C.BY_HAND: {_C.STOPPED, _C.DONE, _C.MOOT, _C.GIVEN_UP},
    _C.STOPPED: {_C.CARRYING_OUT, _C.BY_HAND, _C.DONE, _C.MOOT, _C.GIVEN_UP},
    # Back to STOPPED when the platform shows that it was undone outside.
    _C.DONE: {_C.STOPPED},
    _C.MOOT: set(),
    _C.GIVEN_UP: set(),
}
NOTICE_NEXT_STATES: dict[NoticeState, set[NoticeState]] = {
    _N.PLANNED: {_N.SENT, _N.STOPPED, _N.NOT_SENT},
    _N.STOPPED: {_N.PLANNED, _N.SENT, _N.NOT_SENT},
    _N.SENT: set(),
    _N.NOT_SENT: set(),
}
SANCTION_NEXT_STATES: dict[SanctionState, set[SanctionState]] = {
    _S.PLANNED: {_S.IN_FORCE, _S.NOT_MADE},
    _S.IN_FORCE: {_S.LIFTING, _S.ENDED},
    # Back to IN_FORCE when the platform will not lift it: it is tried again.
    _S.LIFTING: {_S.ENDED, _S.IN_FORCE},
    _S.ENDED: set(),
    _S.NOT_MADE: set(),
}
FINISHED = (CarryState.DONE, CarryState.MOOT, CarryState.GIVEN_UP)


class Decision(models.Model):
    """What was decided for one case (avgjørelse). Its substance never changes; only the carrying out moves.

    Holds the rule's wording when the text was posted and when it was decided. Acts in the outbox point here
    (`moderation.decision`), and the database lets none that deletes or bans stand without it.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    target = models.OneToOneField(Target, on_delete=models.PROTECT, related_name="decision")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="decisions")
    basis = models.CharField(max_length=5, choices=Basis)
    ground = models.CharField(max_length=20, choices=Ground)
    measure = models.CharField(max_length=12, choices=Measure)
    sanction = models.CharField(max_length=13, choices=Step, blank=True)
    rule_at_decision = models.ForeignKey(RuleVersion, null=True, on_delete=models.PROTECT, related_name="+")
    wording_when_posted = models.TextField(blank=True)
    wording_at_decision = models.TextField(blank=True)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=CarryState, default=CarryState.CARRYING_OUT)
    # Codes of what the channel's interface cannot do, and somebody does in the app.
    by_hand = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)
    done_by_hand_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    given_up_because = models.TextField(blank=True)
    platform_state = models.CharField(max_length=20, blank=True)
    platform_state_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="decision_ground_is_known", condition=Q(ground__in=Ground.values)),
            models.CheckConstraint(
                name="decision_finished_with_a_time", condition=~Q(state__in=FINISHED) | Q(done_at__isnull=False)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="decisions_to_look_at", fields=["state"], condition=~Q(state__in=FINISHED)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: CarryState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = CarryState(self.state)
        if state != now and state not in CARRYING_NEXT_STATES[now]:
            raise InvalidTransition(_cannot(now.label, state.label))
        self.state = state


class Notice(models.Model):
    """What the author is told, with the reasons and how to complain (underretning med begrunnelse).

    `text` is what was sent, with the link to complain left out: the link holds a secret, of which only the digest
    `complaint_token` (SHA-256, hex) is kept. `edited_by` put it in their own words; `wording` where
    they did so for many. Where no notice could be sent, `no_notice` says why.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="notice")
    state = models.CharField(max_length=8, choices=NoticeState)
    language = models.CharField(max_length=2)
    text = models.TextField(blank=True)
    way = models.CharField(max_length=14, blank=True)
    act_id = models.UUIDField(null=True)
    complaint_token = models.CharField(max_length=64, unique=True)
    complain_by = models.DateField()
    no_notice = models.CharField(max_length=13, choices=NoNotice, blank=True)
    no_notice_detail = models.TextField(blank=True)
    written_at = models.DateTimeField()
    edited_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    wording = models.ForeignKey(NoticeWording, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="notice_or_a_reason_for_none",
                condition=(~Q(text="") & Q(act_id__isnull=False) & ~Q(state=NoticeState.NOT_SENT))
                | (Q(state=NoticeState.NOT_SENT) & ~Q(no_notice="")),
            ),
            models.CheckConstraint(
                name="notice_sent_with_a_time", condition=~Q(state=NoticeState.SENT) | Q(sent_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: NoticeState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = NoticeState(self.state)
        if state != now and state not in NOTICE_NEXT_STATES[now]:
            raise InvalidTransition(_cannot(now.label, state.label))
        self.state = state


class Sanction(models.Model):
    """What follows for an author (reaksjon): a step on the ladder, from guidance to being shut out.

    A ban ends or is reviewed on a date, always. A breach counts against the author until `counts_until`.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="sanctions")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="author_sanction")
    step = models.CharField(max_length=13, choices=Step)
    state = models.CharField(max_length=8, choices=SanctionState)
    begins_at = models.DateTimeField()
    ends_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    counts_until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_ban_in_force_ends_or_is_reviewed",
                condition=~Q(step__in=BANS) | Q(ends_on__isnull=False) | Q(review_on__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="sanctions_of_author", fields=["author", "-begins_at"]),
            models.Index(name="sanctions_that_end", fields=["ends_on"], condition=Q(state="IN_FORCE")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: SanctionState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = SanctionState(self.state)
        if state != now and state not in SANCTION_NEXT_STATES[now]:
            raise InvalidTransition(_cannot(now.label, state.label))
        self.state = state


def _cannot(now: object, then: object) -> str:
    return gettext("What is “%(now)s” cannot become “%(next)s”.") % {"now": now, "next": then}
