"""The deadline clock: the rule, the facts, the clocks that follow from them, and the warnings given."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.core.calendar import CalendarProblem, parse_span
from torg.inbox.models.enquiries import Enquiry
from torg.inbox.types import ClockReason, FactKind, Outcome
from torg.people.models import InForce, Unit


def check_span(text: str) -> None:
    """Refuse a span that cannot be read, or one below nothing; nothing at all means no deadline."""
    try:
        parse_span(text)
    except CalendarProblem as problem:
        raise ValidationError(str(problem)) from problem


class DeadlineRule(models.Model):
    """How fast questions are answered (svarfrist), for one page, one unit or all, from and until a date.

    The narrowest rule in force when the question was asked is the one that counts: page before unit before all.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(null=True, blank=True, db_index=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="deadline_rules")
    within = models.CharField(max_length=12, validators=[check_span])
    # By default what came and was answered while we were closed used no working time; some bodies count all of it.
    counts_closed_time = models.BooleanField(default=False)
    applies_to_all = models.BooleanField(
        default=False, help_text=_("Also what is not a question; otherwise only questions and messages.")
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="rule_is_for_a_page_or_a_unit_or_all", condition=Q(scope_id=None) | Q(unit=None)
            ),
            models.CheckConstraint(
                name="deadline_rule_ends_after_it_begins", condition=Q(until_at=None) | Q(until_at__gt=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.within


class ClockFact(models.Model):
    """One thing that happened and that moves a clock. Append-only; everything else is computed from these.

    `at` is when it happened (the platform's time for what came in, the send time for answers), `known_at` when we
    knew it. `start_at` is the earliest open question that a merge brought along; `due_at` the new date of an
    interim answer.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=12, choices=FactKind)
    at = models.DateTimeField()
    known_at = models.DateTimeField()
    item_id = models.BigIntegerField(null=True)
    answer_id = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    start_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_fact_for_an_item", fields=["enquiry", "kind", "item_id"], condition=Q(item_id__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_fact_for_an_answer",
                fields=["enquiry", "kind", "answer_id"],
                condition=Q(answer_id__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(name="facts_in_order", fields=["enquiry", "at", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Clock(models.Model):
    """One running or ended wait (svarfrist i løp), with the rule and hours it was counted by.

    Ended clocks keep `definition`, the hours as they were: a later change of hours does not change the past.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="clocks")
    scope_id = models.UUIDField(db_index=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=10, choices=ClockReason)
    rule = models.ForeignKey(DeadlineRule, null=True, on_delete=models.PROTECT, related_name="clocks")
    within = models.CharField(max_length=12)
    definition = models.JSONField(null=True)
    started_at = models.DateTimeField()
    known_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=12, choices=FactKind, blank=True)
    used_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="clocks_are_numbered", fields=["enquiry", "number"]),
            models.UniqueConstraint(name="one_running_clock", fields=["enquiry"], condition=Q(outcome=Outcome.RUNNING)),
            models.CheckConstraint(
                name="ended_clock_says_when",
                condition=Q(outcome=Outcome.RUNNING, stopped_at=None)
                | ~Q(outcome=Outcome.RUNNING) & Q(stopped_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="running_clocks_by_due", fields=["due_at"], condition=Q(outcome=Outcome.RUNNING)),
            models.Index(name="clocks_by_unit_and_end", fields=["scope_id", "stopped_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} number {self.number}"


class ClockWarning(models.Model):
    """That a warning was given for a clock at a step; the key keeps it to once (inbox lesson: own table)."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="warnings")
    step = models.CharField(max_length=12)
    warned_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_warning_for_each_step", fields=["clock", "step"]),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.step}"
