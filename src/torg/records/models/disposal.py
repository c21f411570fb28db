"""Disposal by rule: the rule that two have approved, and each entry whose documents it takes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models.entries import JournalEntry
from torg.records.models.references import LegalReference
from torg.records.preservation_codes import Disposable, DisposalState, RuleState

NEXT_RULE_STATES = {
    RuleState.PROPOSED: {RuleState.APPROVED, RuleState.WITHDRAWN},
    RuleState.APPROVED: {RuleState.WITHDRAWN},
    RuleState.WITHDRAWN: set(),
}
NEXT_STATES = {
    DisposalState.PROPOSED: {DisposalState.DECIDED, DisposalState.KEPT},
    DisposalState.DECIDED: {DisposalState.DONE, DisposalState.KEPT},
    DisposalState.KEPT: set(),
    DisposalState.DONE: set(),
}


class DisposalRule(models.Model):
    """What is disposed of, after how long and on what ground (kassasjonsregel). Two people approve it; none is changed.

    `takes` with `classification` (a class and those below it; empty: any) and `channel` (empty: any) says what.
    `years` are whole years after the case file was finished.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=100)
    takes = models.CharField(max_length=10, choices=Disposable)
    classification = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=30, blank=True)
    years = models.PositiveSmallIntegerField()
    reference = models.ForeignKey(LegalReference, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    state = models.CharField(max_length=10, choices=RuleState, default=RuleState.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="disposal_rule_approved_by_two",
                condition=~Q(state=RuleState.APPROVED)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("proposed_by"))),
            ),
            models.CheckConstraint(name="disposal_waits_a_year", condition=Q(years__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: RuleState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = RuleState(self.state)
        if state not in NEXT_RULE_STATES[now]:
            raise InvalidTransition(_("The rule is “%(now)s”. Load the page again.") % {"now": now.label})
        self.state = state


class Disposal(models.Model):
    """That the documents of one entry are to go (kassasjon), and what became of it. The entry itself always stays.

    `due_on` is the first day on which the rule allows it; `files` were removed, `shared` are still needed elsewhere.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="disposals")
    rule = models.ForeignKey(DisposalRule, on_delete=models.PROTECT, related_name="disposals")
    state = models.CharField(max_length=10, choices=DisposalState, default=DisposalState.PROPOSED)
    due_on = models.DateField()
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)
    shared = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="proposed_once_by_each_rule", fields=["entry", "rule"]),
            models.UniqueConstraint(
                name="disposed_of_once", fields=["entry"], condition=Q(state__in=[DisposalState.DONE])
            ),
            models.CheckConstraint(
                name="a_person_decides_on_disposal",
                condition=Q(state=DisposalState.PROPOSED) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disposed_of_with_time",
                condition=Q(state=DisposalState.DONE, done_at__isnull=False)
                | (~Q(state=DisposalState.DONE) & Q(done_at=None)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="disposals_by_state", fields=["state", "due_on", "id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: DisposalState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = DisposalState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(_("This is “%(now)s” already. Load the page again.") % {"now": now.label})
        self.state = state
