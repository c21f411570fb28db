"""Who may publish alone and what needs more people; how hard a text may be to read. Data, with dates."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.people.models import Person, Scope
from torg.people.models.dated import InForce
from torg.people.types import Role
from torg.publishing.models.topics import Topic


class ApprovalRule(models.Model):
    """How many others must approve before something is published (godkjenningsregel).

    For one presence, one topic, both, or (both empty) everything; the narrowest in force holds. Whoever has one of
    `alone_roles` needs nobody else. A rule is never changed: it ends, and a new one takes over.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope = models.ForeignKey(Scope, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="rules")
    approvals_needed = models.PositiveSmallIntegerField()
    alone_roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InForce.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="approval_by_two_at_most", condition=Q(approvals_needed__lte=2)),
            models.CheckConstraint(
                name="approval_rule_ends_after_it_begins", condition=Q(until_at=None) | Q(until_at__gte=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approvals_needed} from {self.from_at:%Y-%m-%d}"


class ReadingLimit(models.Model):
    """How hard a text may be by LIX (lesbarhetsindeks) from a moment on; newest first holds."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    warn_above = models.PositiveSmallIntegerField()
    refuse_above = models.PositiveSmallIntegerField()
    from_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="warned_before_refused", condition=Q(warn_above__lte=F("refuse_above"))),
        ]

    def __str__(self) -> str:
        return f"LIX {self.refuse_above}"
