"""Moderation cases, the passages that they are about, who reported them, and who must stay out of them."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.dialogue.models import Attachment, Author, Item
from torg.moderation.models.rules import Rule
from torg.moderation.words import CaseState, Dismissal, Gravity, Ground, Involvement, Source
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models import Capture

_S = CaseState
NEXT_STATES: dict[CaseState, set[CaseState]] = {
    _S.OPEN: {_S.PROPOSED, _S.DISMISSED},
    # Back to OPEN when sent back, withdrawn, or when the author has changed the text meanwhile.
    _S.PROPOSED: {_S.OPEN, _S.DECIDED},
    _S.DECIDED: {_S.CLOSED},
    _S.CLOSED: set(),
    _S.DISMISSED: set(),
}
ENDED = (CaseState.CLOSED, CaseState.DISMISSED)


class Case(models.Model):
    """One item that may break a rule, from the first suspicion to the record (moderasjonssak).

    `ground`, `severity` and `rule` are what is suspected until a decision says more. `reach` counts reactions and
    answers when it was opened. `version` goes up with every change, so that two browsers cannot both win.
    `private_way_until` is when the platform's way to tell the author closes. `record` is the capture that holds
    the whole case when it is closed.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="moderation_cases")
    author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="moderation_cases")
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="+")
    severity = models.PositiveSmallIntegerField(choices=Gravity, default=Gravity.MILD)
    reach = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=10, choices=Source)
    is_sensitive = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decide_by = models.DateTimeField(null=True)
    private_way_until = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    dismissed_because = models.CharField(max_length=10, choices=Dismissal, blank=True)
    dismissal_note = models.TextField(blank=True)
    record = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_case_at_a_time_for_an_item", fields=["item"], condition=~Q(state__in=ENDED)
            ),
            models.CheckConstraint(name="case_ground_is_known", condition=Q(ground__in=["", *Ground.values])),
            models.CheckConstraint(
                name="case_claimed_with_an_end",
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
            ),
            models.CheckConstraint(
                name="case_ends_with_a_time", condition=~Q(state__in=ENDED) | Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="closed_case_has_its_record", condition=~Q(state=CaseState.CLOSED) | Q(record__isnull=False)
            ),
            models.CheckConstraint(
                name="dismissed_case_says_why", condition=~Q(state=CaseState.DISMISSED) | ~Q(dismissed_because="")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="moderation_queue",
                fields=["-severity", "-reach", "opened_at", "id"],
                condition=~Q(state__in=ENDED),
            ),
            models.Index(name="moderation_cases_of_author", fields=["author", "-opened_at"]),
            models.Index(name="moderation_cases_late", fields=["decide_by"], condition=~Q(state__in=ENDED)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: CaseState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = CaseState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("A case that is “%(now)s” cannot become “%(then)s”. Load the page again.")
                % {"now": now.label, "then": state.label}
            )
        self.state = state

    def held_by(self, at: datetime) -> Person | None:
        """Who has claimed it and still holds it."""
        return self.claimed_by if self.claimed_until is not None and self.claimed_until > at else None

    def bump(self) -> None:
        """Save it as changed: whoever saw it before this has seen another version."""
        self.version += 1
        self.save()


class Passage(models.Model):
    """A place in one version of the text, and the rule that it touches (utsnitt).

    Python indices into the full text. `finding_kind`, `finding_code` and `finding_params` tell what the software saw; a
    person's mark has `marked_by`. What came with the text is marked as a whole, by `attachment`.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="passages")
    version_number = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=Ground)
    finding_kind = models.CharField(max_length=20, blank=True)
    finding_code = models.CharField(max_length=60, blank=True)
    finding_params = models.JSONField(default=dict)
    marked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="passage_points_at_something", condition=Q(end__gt=F("start")) | Q(attachment__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.start}–{self.end}"


class Report(models.Model):
    """That somebody pointed out an item (tips). Who it was stays inside, and may be unknown.

    `contact` is forgotten when its owner has been told how the case ended, at `told_at`.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    source = models.CharField(max_length=10, choices=Source)
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    text = models.TextField(blank=True)
    reported_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2, blank=True)
    reported_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)


class Involved(models.Model):
    """Somebody who must stay out of a case (inhabil): whom the text is about, or who says so of themselves."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involved")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Involvement)
    note = models.TextField(blank=True)
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="involved_once_in_a_case", fields=["case", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.why}"


class Reading(models.Model):
    """How far the room has read in a table below it; one row for each table."""

    name = models.CharField(max_length=40, primary_key=True)
    read_to = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.read_to}"
