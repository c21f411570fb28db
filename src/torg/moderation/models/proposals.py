"""What one person proposes, the cases that it concerns, and what a second person answers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.moderation.models.cases import Case, Passage
from torg.moderation.models.rules import RuleVersion
from torg.moderation.types import Basis
from torg.moderation.words import BANS, PROPOSABLE, Answered, Ground, Measure, NoNotice, ProposalState, Step
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models import Capture

_S = ProposalState
NEXT_STATES: dict[ProposalState, set[ProposalState]] = {
    _S.WAITING: {_S.AGREED, _S.RETURNED, _S.WITHDRAWN, _S.REVISED},
    _S.AGREED: set(),
    _S.RETURNED: set(),
    _S.WITHDRAWN: set(),
    _S.REVISED: set(),
}


class Proposal(models.Model):
    """A proposal to moderate (forslag), for one case or for many of the same kind; nothing follows until a second
    person agrees. What it says never changes: a new version takes its place, so that what is agreed to is what was
    seen. `number` counts the versions, and `revises` is the one before.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    basis = models.CharField(max_length=5, choices=Basis)
    ground = models.CharField(max_length=20, choices=Ground)
    measure = models.CharField(max_length=12, choices=Measure)
    considered = models.JSONField()
    reason = models.TextField()
    sanction = models.CharField(max_length=13, choices=Step, blank=True)
    ends_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    no_notice = models.CharField(max_length=13, choices=NoNotice, blank=True)
    no_notice_detail = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    is_impartial = models.BooleanField()
    number = models.PositiveSmallIntegerField(default=1)
    revises = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="revised_by")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="proposal_ground_is_known", condition=Q(ground__in=Ground.values)),
            models.CheckConstraint(name="proposal_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="proposal_weighs_milder_measures", condition=~Q(considered=[])),
            models.CheckConstraint(name="proposal_measure_is_known", condition=Q(measure__in=PROPOSABLE)),
            models.CheckConstraint(
                name="proposal_does_something", condition=~Q(measure=Measure.NOTHING) | ~Q(sanction="")
            ),
            models.CheckConstraint(name="nobody_partial_proposes", condition=Q(is_impartial=True)),
            models.CheckConstraint(
                name="later_versions_of_a_proposal_follow_another",
                condition=Q(number=1, revises=None) | Q(number__gt=1, revises__isnull=False),
            ),
            models.CheckConstraint(
                name="a_ban_ends_or_is_reviewed",
                condition=~Q(sanction__in=BANS) | Q(ends_on__isnull=False) | Q(review_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: ProposalState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = ProposalState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("This proposal is “%(now)s” already. Load the page again.") % {"now": now.label}
            )
        self.state = state


class Target(models.Model):
    """One case that a proposal concerns: its own evidence, version and passage.

    `wording_when_posted` is the rule as it read when that version was posted, in the municipality's language; the
    text is judged by it. Empty only where the law is the ground. `is_left_out` when the text was changed or gone
    before the second person answered.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="targets")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="targets")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    version_number = models.PositiveSmallIntegerField()
    rule_when_posted = models.ForeignKey(RuleVersion, null=True, on_delete=models.PROTECT, related_name="+")
    wording_when_posted = models.TextField(blank=True)
    is_waiting = models.BooleanField(default=True)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="case_once_in_a_proposal", fields=["proposal", "case"]),
            models.UniqueConstraint(name="one_proposal_waits_at_a_time", fields=["case"], condition=Q(is_waiting=True)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Agreement(models.Model):
    """What the second person answered (samtykke), for all the cases of a proposal at once. Never changed.

    `proposed_by` repeats the proposal's, so that the database can refuse one person in both places.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="agreement")
    answered = models.CharField(max_length=8, choices=Answered)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    role = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    is_impartial = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="two_people_decide", condition=~Q(agreed_by=F("proposed_by"))),
            models.CheckConstraint(name="nobody_partial_agrees", condition=Q(is_impartial=True)),
            models.CheckConstraint(
                name="sent_back_with_a_reason", condition=~Q(answered=Answered.RETURNED) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
