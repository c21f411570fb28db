"""What binds several enquiries together: one matter, or one known issue."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from torg.core import ids
from torg.inbox.models.answers import Answer
from torg.inbox.models.enquiries import Enquiry
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet


class Matter(models.Model):
    """One and the same thing that is written about in several threads or channels (sak på tvers)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    title = models.CharField(max_length=120)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class MatterLink(models.Model):
    """That an enquiry belongs to a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="matter_links")
    scope_id = models.UUIDField(db_index=True)
    linked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_enquiry_once_in_a_matter", fields=["matter", "enquiry"]),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} in {self.matter_id}"


class KnownIssue(models.Model):
    """Something that many ask about now (kjent hendelse), such as water gone in a street, with one answer to all.

    An enquiry on any page matches when one of `words` occurs in it, in any inflection.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    title = models.CharField(max_length=120)
    words = ArrayField(models.CharField(max_length=60))
    answer_text = models.TextField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class KnownIssueAnswer(models.Model):
    """That an enquiry got a known issue's answer; once for each."""

    issue = models.ForeignKey(KnownIssue, on_delete=models.PROTECT, related_name="answers")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_answer_for_each_known_issue", fields=["issue", "enquiry"]),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.issue_id}"
