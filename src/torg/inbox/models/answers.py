"""Answers, drafts of them, and the ready-made ones."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.dialogue.models import Item
from torg.inbox.models.enquiries import Enquiry
from torg.inbox.types import AnswerKind, AnswerState, OfflineMeans
from torg.people.models import Person, Unit
from torg.people.scoping import ScopedQuerySet

_S = AnswerState
NEXT_STATES: dict[AnswerState, set[AnswerState]] = {
    _S.WAITING: {_S.PLANNED, _S.REJECTED, _S.SUPERSEDED},
    _S.PLANNED: {_S.SENDING, _S.WITHDRAWN, _S.CONFIRMED, _S.UNCONFIRMED, _S.REFUSED, _S.FAILED},
    _S.SENDING: {_S.PLANNED, _S.CONFIRMED, _S.UNCONFIRMED, _S.REFUSED, _S.FAILED},
    _S.UNCONFIRMED: {_S.PLANNED, _S.SENDING, _S.CONFIRMED, _S.REFUSED, _S.FAILED},
    _S.REFUSED: {_S.PLANNED, _S.SENDING, _S.WITHDRAWN},
    _S.FAILED: {_S.PLANNED, _S.SENDING, _S.UNCONFIRMED, _S.WITHDRAWN},
    _S.CONFIRMED: set(),
    _S.REJECTED: set(),
    _S.SUPERSEDED: set(),
    _S.WITHDRAWN: set(),
}


class Answer(models.Model):
    """What we answered (svar), or mean to. Its text never changes: a rewritten answer is a new one.

    The database refuses another text, place or author; only its way through approval and outbox moves.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=14, choices=AnswerKind)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    means = models.CharField(max_length=10, choices=OfflineMeans, blank=True)
    state = models.CharField(max_length=12, choices=AnswerState)
    is_automatic = models.BooleanField(default=False)
    closes_enquiry = models.BooleanField(default=False)
    new_due_at = models.DateTimeField(null=True)
    confirmed_remarks = models.JSONField(default=list)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    rejected_because = models.TextField(blank=True)
    act_id = models.UUIDField(null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=200, blank=True)
    permalink = models.URLField(max_length=500, blank=True)
    error_reason = models.TextField(blank=True)
    next_step = models.CharField(max_length=20, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="nobody_approves_an_answer_of_their_own",
                condition=Q(decided_by=None) | ~Q(decided_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="a_rule_writes_only_automatic_answers",
                condition=Q(written_by__isnull=False) | Q(is_automatic=True),
            ),
            models.UniqueConstraint(
                name="one_answer_waits_at_a_time", fields=["enquiry"], condition=Q(state=AnswerState.WAITING)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="answers_of_an_enquiry", fields=["enquiry", "written_at"]),
            models.Index(name="answers_by_external_id", fields=["external_id"], condition=~Q(external_id="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: AnswerState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = AnswerState(self.state)
        if state != now and state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("An answer that is “%(now)s” cannot become “%(then)s”. Load the page again to see what happened.")
                % {"now": now.label, "then": state.label}
            )
        self.state = state


class Draft(models.Model):
    """What somebody is writing (kladd), saved as they write; `version` stops an older tab from winning."""

    scope_id = models.UUIDField(db_index=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=AnswerKind, default=AnswerKind.PUBLIC_REPLY)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_draft_for_each_person", fields=["enquiry", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} version {self.version}"


class CannedAnswer(models.Model):
    """A ready-made answer (standardsvar) with variables such as {{ first_name }}; for one unit or for all."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    title = models.CharField(max_length=80)
    language = models.CharField(max_length=2, default="nb")
    text = models.TextField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title
