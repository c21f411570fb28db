"""Numbered statements, their versions, and where each went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.channels.models import Connection
from torg.core import ids
from torg.crisis.models.incidents import Incident, PartQuerySet
from torg.crisis.types import StatementState
from torg.people.models import Person


class Statement(models.Model):
    """One message from the municipality in an incident (kunngjøring): approved once, the same everywhere.

    `number` counts within the incident and is given when it is published, so that the public sees no gaps.
    `article_id` is its article on our own site; empty in an exercise, which never reaches the site.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="statements")
    state = models.CharField(max_length=10, choices=StatementState, default=StatementState.DRAFT)
    # The one that it was written in first, and that stands in for a language that it lacks.
    language = models.CharField(max_length=2, default="nb")
    number = models.PositiveIntegerField(null=True, blank=True)
    newest_version = models.PositiveIntegerField(default=1)
    published_version = models.PositiveIntegerField(null=True, blank=True)
    article_id = models.UUIDField(null=True, blank=True, unique=True)
    targets = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_statement_per_number_in_an_incident", fields=["incident", "number"]),
            models.CheckConstraint(
                name="nothing_unapproved_is_stated",
                condition=~Q(state__in=("PUBLISHED", "WITHDRAWN"))
                | Q(
                    approved_by__isnull=False,
                    published_at__isnull=False,
                    number__isnull=False,
                    published_version__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class StatementVersion(models.Model):
    """What a statement says, version by version; never changed. `told` says, by language, what was corrected."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # By language: title and body.
    texts = models.JSONField()
    told = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_version_per_number_in_a_statement", fields=["statement", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} version {self.number}"


class StatementWithdrawal(models.Model):
    """That a statement was taken back (tilbaketrekking), and what the public is told of it, by language; never changed.

    `told` is empty where nobody approves their own words: then the page says no more than that, and when.
    """

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="withdrawal")
    told = models.JSONField(default=dict)
    reason = models.TextField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="statement_withdrawal_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} withdrawn"


class SandboxPost(models.Model):
    """What a channel would have got in an exercise; the sandbox says at once that it arrived, and nothing leaves."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="sandbox_posts")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_sandbox_post_per_channel", fields=["statement", "connection"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
