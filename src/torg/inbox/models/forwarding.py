"""What is handed on: to a unit, to case handling, to a colleague at the end of the day."""

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.inbox.models.enquiries import Enquiry
from torg.inbox.types import ForwardingKind, ForwardingState
from torg.people.models import Person, Unit
from torg.people.scoping import ScopedQuerySet


class Forwarding(models.Model):
    """A factual error, claim or question that a unit is asked to look at (videresending), with its answer."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="forwardings")
    kind = models.CharField(max_length=15, choices=ForwardingKind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forwardings")
    question = models.TextField()
    state = models.CharField(max_length=10, choices=ForwardingState, default=ForwardingState.SENT)
    follow_up_at = models.DateTimeField()
    forwarded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    forwarded_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_forwarding_has_a_reply",
                condition=Q(state=ForwardingState.SENT, replied_at=None)
                | Q(state=ForwardingState.ANSWERED, replied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class CaseGuide(models.Model):
    """Where to apply or complain for one kind of matter, with a ready answer (strategy F8)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    title = models.CharField(max_length=80)
    language = models.CharField(max_length=2, default="nb")
    text = models.TextField()
    link = models.URLField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class CaseReferral(models.Model):
    """That somebody was shown the way to case handling, and where."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="referrals")
    guide = models.ForeignKey(CaseGuide, on_delete=models.PROTECT, related_name="referrals")
    referred_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)


class HandOver(models.Model):
    """The end of somebody's day (overlevering): what is open, who takes it, and what they should know."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="hand_overs")
    to_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="hand_overs")
    note = models.TextField(blank=True)
    handed_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hand_over_has_one_receiver",
                condition=Q(to_person__isnull=False, to_unit=None) | Q(to_person=None, to_unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class HandOverLine(models.Model):
    """One enquiry that was open at a hand-over."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="lines")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    scope_id = models.UUIDField(db_index=True)
    due_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.enquiry_id} in {self.hand_over_id}"
