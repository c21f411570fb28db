"""An enquiry, its labels and its notes."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.dialogue.models import Thread
from torg.inbox.types import Band, Change, ClosedBecause, EnquiryState, WaitingFor
from torg.people.models import Person, Unit
from torg.people.scoping import ScopedQuerySet

NEXT_STATES = {
    EnquiryState.OPEN: {EnquiryState.SNOOZED, EnquiryState.CLOSED},
    EnquiryState.SNOOZED: {EnquiryState.OPEN, EnquiryState.CLOSED},
    EnquiryState.CLOSED: {EnquiryState.OPEN},
}

_OPEN = Q(state=EnquiryState.OPEN)


class Label(models.Model):
    """A word to sort by (merkelapp); the municipality's own list."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=40, unique=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Enquiry(models.Model):
    """A thread that somebody must see through (henvendelse), with whose turn it is and by when.

    `version` rises with every change and is what the collision stop compares. `band` and `rank_at` are the place
    in the queue; they, `due_at` and `first_unanswered_at` follow from facts and are recomputed, never typed in.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField()
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="enquiry")
    state = models.CharField(max_length=10, choices=EnquiryState, default=EnquiryState.OPEN)
    waiting_for = models.CharField(max_length=10, choices=WaitingFor, default=WaitingFor.US)
    assignee = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries")
    first_unanswered_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(default=0)
    is_sensitive = models.BooleanField(default=False)
    is_danger = models.BooleanField(default=False)
    is_question = models.BooleanField(default=False)
    is_complex = models.BooleanField(default=False)
    needs_case_handling = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    platform = models.CharField(max_length=20, blank=True)
    band = models.CharField(max_length=1, choices=Band, default=Band.REST)
    rank_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_because = models.CharField(max_length=16, choices=ClosedBecause, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    labels = models.ManyToManyField(Label, through="Labelling", related_name="enquiries")
    opened_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    # Why no deadline could be worked out (no answering hours are set), to be shown; never a silent wall clock.
    deadline_problem = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    # The last few changes as "version:what", so that the collision stop can say what happened meanwhile.
    changes = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="closed_enquiry_says_when_and_why",
                condition=Q(state=EnquiryState.CLOSED, closed_at__isnull=False) & ~Q(closed_because="")
                | ~Q(state=EnquiryState.CLOSED) & Q(closed_at=None, closed_because="", closed_by=None),
            ),
            models.CheckConstraint(
                name="snoozed_enquiry_has_an_end",
                condition=Q(state=EnquiryState.SNOOZED, snoozed_until__isnull=False)
                | ~Q(state=EnquiryState.SNOOZED) & Q(snoozed_until=None),
            ),
            models.CheckConstraint(name="enquiry_is_not_merged_into_itself", condition=~Q(merged_into=F("id"))),
        ]
        # One narrow index for each view of the queue: closed enquiries, the many, are in none but the last.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="queue_open", fields=["scope_id", "band", "rank_at", "id"], condition=_OPEN),
            models.Index(
                name="queue_unanswered",
                fields=["scope_id", "band", "rank_at", "id"],
                condition=_OPEN & Q(waiting_for=WaitingFor.US, is_question=True),
            ),
            models.Index(
                name="queue_due", fields=["scope_id", "due_at", "id"], condition=_OPEN & Q(due_at__isnull=False)
            ),
            models.Index(
                name="queue_sensitive",
                fields=["scope_id", "band", "rank_at", "id"],
                condition=_OPEN & Q(is_sensitive=True),
            ),
            models.Index(
                name="queue_approval",
                fields=["scope_id", "band", "rank_at", "id"],
                condition=_OPEN & Q(waiting_for=WaitingFor.APPROVAL),
            ),
            models.Index(name="queue_mine", fields=["assignee", "band", "rank_at", "id"], condition=_OPEN),
            models.Index(name="queue_unit", fields=["unit", "band", "rank_at", "id"], condition=_OPEN),
            models.Index(name="queue_snoozed", fields=["snoozed_until", "id"], condition=Q(state=EnquiryState.SNOOZED)),
            models.Index(name="queue_all", fields=["scope_id", "-last_activity_at", "-id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def close(self, because: ClosedBecause, *, by: Person | None, at: datetime) -> None:
        """Close it: a new question from the author opens it again."""
        self._move_to(EnquiryState.CLOSED)
        self.closed_at, self.closed_by, self.closed_because = at, by, because
        self.snoozed_until = None

    def snooze(self, until: datetime) -> None:
        """Put it aside until a moment; the deadline keeps running."""
        self._move_to(EnquiryState.SNOOZED)
        self.snoozed_until = until

    def open(self) -> None:
        """Take it up again."""
        self._move_to(EnquiryState.OPEN)
        self.closed_at, self.closed_by, self.closed_because = None, None, ""
        self.snoozed_until = None

    def place(self) -> None:
        """Find its place in the queue from what is known of it."""
        if self.is_danger:
            self.band = Band.DANGER
        elif self.urgency >= URGENT_FROM:
            self.band = Band.URGENT
        else:
            self.band = Band.DEADLINE if self.due_at else Band.REST
        # All that comes in while nobody answers is due at the same minute: within it, the more urgent goes first.
        waits = self.due_at or self.first_unanswered_at or self.last_activity_at
        self.rank_at = waits - timedelta(seconds=self.urgency) if self.due_at else waits

    def mark(self, change: Change) -> None:
        """Count a change, so that whoever saw an earlier version is stopped before sending."""
        self.version += 1
        kept = self.changes.split()[1 - KEPT_CHANGES :]
        self.changes = " ".join([*kept, f"{self.version}:{change}"])

    def changes_since(self, version: int) -> list[Change]:
        """What has changed after `version`, oldest first, each kind once."""
        marks = [mark.split(":") for mark in self.changes.split()]
        return list(dict.fromkeys(Change(what) for number, what in marks if int(number) > version))

    def _move_to(self, state: EnquiryState) -> None:
        now = EnquiryState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("An enquiry that is “%(now)s” cannot become “%(then)s”. Load the page again to see what happened.")
                % {"now": now.label, "then": state.label}
            )
        self.state = state


KEPT_CHANGES = 10
# From this urgency (0–100) an enquiry goes before those with a deadline.
URGENT_FROM = 80


class Labelling(models.Model):
    """That a label sits on an enquiry."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="labellings")
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="labellings")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_label_once", fields=["enquiry", "label"]),
        ]

    def __str__(self) -> str:
        return f"{self.label_id} on {self.enquiry_id}"


class Note(models.Model):
    """A remark among colleagues (internt notat); never leaves the house and never stops a clock."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)
