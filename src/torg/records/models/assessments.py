"""Assessments, the rules that may decide them, and how each channel is treated."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.codes import AssessmentState, ChannelTreatment, Outcome
from torg.records.models.captures import Capture
from torg.records.models.references import LegalReference

NEXT_STATES = {
    AssessmentState.OPEN: {AssessmentState.DECIDED},
    AssessmentState.DECIDED: {AssessmentState.SUPERSEDED},
    AssessmentState.SUPERSEDED: set(),
}


class ChannelDefault(models.Model):
    """How a channel is treated unless a person finds otherwise, and within how many working days it is assessed."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    channel = models.CharField(max_length=30, unique=True)
    treatment = models.CharField(max_length=15, choices=ChannelTreatment)
    days = models.PositiveSmallIntegerField(default=5)
    source = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="channel_is_assessed_within_a_month", condition=Q(days__gte=1, days__lte=30)),
        ]

    def __str__(self) -> str:
        return self.channel


class AssessmentRule(models.Model):
    """A named rule that decides without a person, once a person has switched it on (avgjerd etter regel).

    Applies where the channel is among `channels` (empty: any), all of `needs` and none of `stops` are among the
    facts. A changed rule is a new version of the same name.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    description_nb = models.CharField(max_length=300)
    description_nn = models.CharField(max_length=300)
    channels = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    stops = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=Outcome)
    switched_on_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    switched_on_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_rule_per_name_and_version", fields=["name", "version"]),
            models.CheckConstraint(
                name="a_person_switches_a_rule_on",
                condition=Q(switched_on_by=None, switched_on_at=None)
                | Q(switched_on_by__isnull=False, switched_on_at__isnull=False),
            ),
            # What is journaled needs titles and parties that a rule cannot judge.
            models.CheckConstraint(name="a_rule_never_journals", condition=~Q(outcome=Outcome.JOURNAL)),
        ]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


class Assessment(models.Model):
    """Whether a subject is archive and is journaled (arkivvurdering). When something new comes, a new row takes over.

    `title` is what lists call it, with sensitive passages masked. `mark` is how far the subject had come when it was
    gathered, by its source's own count; `state_mark` the same of what others hid or deleted. `answers` hold the codes
    of the questions answered with yes.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    channel = models.CharField(max_length=30)
    title = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.OPEN)
    mark = models.BigIntegerField(default=0)
    state_mark = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    suggested = models.CharField(max_length=12, choices=Outcome)
    facts = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    reference = models.ForeignKey(LegalReference, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by_rule = models.ForeignKey(AssessmentRule, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    capture = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_assessment_in_force",
                fields=["subject_kind", "subject_id"],
                condition=~Q(state=AssessmentState.SUPERSEDED),
            ),
            models.CheckConstraint(
                name="assessed_by_a_person_or_a_rule",
                condition=Q(state=AssessmentState.OPEN, decided_at=None, outcome="")
                | (
                    ~Q(state=AssessmentState.OPEN)
                    & ~Q(outcome="")
                    & Q(decided_at__isnull=False, reference__isnull=False)
                    & (
                        Q(decided_by__isnull=False, decided_by_rule=None)
                        | Q(decided_by=None, decided_by_rule__isnull=False)
                    )
                ),
            ),
            models.CheckConstraint(name="assessed_before_deadline_begins", condition=Q(due_at__gte=F("opened_at"))),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="assessments_waiting", fields=["due_at", "id"], condition=Q(state=AssessmentState.OPEN)),
            models.Index(name="assessments_of_subject", fields=["subject_kind", "subject_id", "-opened_at"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: AssessmentState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = AssessmentState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("Somebody has assessed this already. Load the page again to see what was decided.")
            )
        self.state = state


class GatheringMark(models.Model):
    """How far one gathering of subjects of one kind has read, by the source's own count (vannmerke)."""

    subject_kind = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject_kind} up to {self.position}"
